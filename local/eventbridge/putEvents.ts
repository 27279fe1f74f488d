import type { Clock } from "../clock";
import type { BusEvent, Feed } from "../feed";
import type { OperationInput } from "../operationInput";
import { randomUuid } from "../randomUuid";
import type { Cloud } from "../resource";
import { validation } from "./eventBridgeError";
import { busName } from "./eventBus";
import type { EventBuses } from "./eventBuses";
import { entryBytes, EntryRefusal, readEntry, type EventEntry } from "./eventEntry";

const MOST_ENTRIES = 10;
const MOST_BYTES = 1_048_576;

export interface PutEventsSurroundings {
  readonly buses: EventBuses;
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly random?: (() => number) | undefined;
  /** Whether an entry is throttled now, whose call is not. @default never */
  readonly throttles?: ((entry: EventEntry) => boolean) | undefined;
}

/**
 * Takes 1 to 10 entries of at most 1 MiB together; each is accepted or refused by itself. An entry for a
 * bus that does not exist is accepted and lost, as by EventBridge, and told as trouble.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function putEvents(input: OperationInput, around: PutEventsSurroundings): object {
  const entries = input.only("Entries").structures("Entries");
  if (entries.length < 1 || entries.length > MOST_ENTRIES) {
    const constraint = entries.length < 1 ? "greater than or equal to 1" : `less than or equal to ${MOST_ENTRIES}`;
    throw validation(
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${constraint}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + entryBytes(entry), 0) > MOST_BYTES) {
    throw validation("Total size of the entries in the request is over the limit.");
  }
  const results = entries.map((entry) => putEntry(entry, around));
  return { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
}

function putEntry(input: OperationInput, around: PutEventsSurroundings): object {
  try {
    const entry = readEntry(input);
    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: an answer of 200 can hold refusals.
    if (around.throttles?.(entry) === true) throw new EntryRefusal("ThrottlingException", "Rate exceeded.");
    const event = eventOf(entry, around);
    const bus = around.buses.find(entry.busNameOrArn);
    if (bus === undefined) {
      const name = busName(entry.busNameOrArn);
      around.feed.emit("trouble", { where: `event bus ${name}`, message: `does not exist; lost event ${event.id}.` });
    } else {
      const { traceHeader } = entry;
      around.buses.publish(bus, { event, receivedMs: around.clock.now(), forwarded: false, traceHeader });
    }
    return { EventId: event.id };
  } catch (error) {
    if (error instanceof EntryRefusal) return { ErrorCode: error.code, ErrorMessage: error.message };
    throw error;
  }
}

function eventOf(entry: EventEntry, around: PutEventsSurroundings): BusEvent {
  return newEvent(around, entry.timeMs, {
    "detail-type": entry.detailType,
    source: entry.source,
    resources: entry.resources,
    detail: entry.detail,
  });
}

/** An event in the envelope that EventBridge gives it; its time has whole seconds. */
export function newEvent(
  { cloud, clock, random }: Pick<PutEventsSurroundings, "cloud" | "clock" | "random">,
  timeMs: number | undefined,
  content: Pick<BusEvent, "detail-type" | "source" | "resources" | "detail">,
): BusEvent {
  return {
    version: "0",
    id: randomUuid(random),
    "detail-type": content["detail-type"],
    source: content.source,
    account: cloud.accountId,
    time: new Date(timeMs ?? clock.now()).toISOString().replace(/\.\d+Z$/, "Z"),
    region: cloud.region,
    resources: content.resources,
    detail: content.detail,
  };
}
