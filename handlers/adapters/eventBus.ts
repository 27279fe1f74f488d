import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { EVENT_SOURCE, type OrderEvent } from "../../contracts/events";
import type { Bus } from "../publishEvents";
import { log } from "../telemetry";
import { CLIENT_SETTINGS } from "./clientSettings";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MOST_ENTRIES = 10;
/** Of all entries of a request together; the quota is 1 MB. */
const MOST_BYTES = 1_000_000;

/**
 * An EventBridge bus. A request that is answered may still hold refused entries (`FailedEntryCount`), so each entry's own
 * answer is read. After a batch with a failure nothing more is sent, as the caller repeats from there.
 */
export function eventBus(busName: string, client: EventBridgeClient = new EventBridgeClient(CLIENT_SETTINGS)): Bus {
  /** Positions within the batch that did not get onto the bus. */
  const send = async (entries: readonly PutEventsRequestEntry[]): Promise<number[]> => {
    try {
      const { FailedEntryCount, Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
      if ((FailedEntryCount ?? 0) === 0) return [];
      const failed = [...entries.keys()].filter((position) => Entries[position]?.EventId === undefined);
      log("error", "The bus refused events.", {
        codes: failed.map((position) => Entries[position]?.ErrorCode).join(", "),
      });
      return failed;
    } catch (error) {
      log("error", "The bus cannot be reached.", { error });
      return [...entries.keys()];
    }
  };

  return {
    async publish(events) {
      let sent = 0;
      for (const batch of batches(events.map((event) => entryOf(event, busName)))) {
        const failed = await send(batch);
        if (failed.length > 0) {
          const after = events.length - sent - batch.length;
          return new Set(
            [...failed, ...Array.from({ length: after }, (_, at) => batch.length + at)].map((at) => sent + at),
          );
        }
        sent += batch.length;
      }
      return new Set();
    },
  };
}

function entryOf({ type, detail }: OrderEvent, busName: string): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: EVENT_SOURCE,
    DetailType: type,
    Detail: JSON.stringify(detail),
    Time: new Date(detail.occurredAt),
  };
}

/** Cuts into requests that the bus takes, in order. An entry above the limit by itself is left for the bus to refuse. */
export function batches(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const cut: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = cut.at(-1);
    const size = sizeOf(entry);
    if (last === undefined || last.length === MOST_ENTRIES || bytes + size > MOST_BYTES) {
      cut.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return cut;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html: 14 bytes for the time, and the UTF-8 of the rest. */
function sizeOf({ Source = "", DetailType = "", Detail = "" }: PutEventsRequestEntry): number {
  return 14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}
