import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { EVENT_SOURCE, type OrderEvent } from "../../contracts/events";
import type { Bus } from "../publishEvents";
import { log } from "../telemetry";
import { CLIENT_SETTINGS } from "./clientSettings";
import { cutIntoRequests } from "./requestCuts";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html; the quota of the bytes is 1 MB. */
const REQUEST_LIMITS = { mostEntries: 10, mostBytes: 1_000_000, sizeOf };

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
      const entries = events.map((event) => entryOf(event, busName));
      let sent = 0;
      for (const batch of cutIntoRequests(entries, REQUEST_LIMITS)) {
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

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html: 14 bytes for the time, and the UTF-8 of the rest. */
function sizeOf({ Source = "", DetailType = "", Detail = "" }: PutEventsRequestEntry): number {
  return 14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
}
