import { OperationInput } from "../operationInput";
import type { Operation } from "../service";
import { invalidParameter, logsRefusals, notFound } from "./logsError";
import type { LogReading } from "./readOperations";
import type { LogSink } from "./logSink";

const MOST_EVENTS = 10_000;
const MOST_BYTES = 1_048_576;
/** Each event counts for 26 bytes beside its message. */
const EVENT_OVERHEAD_BYTES = 26;
const HOUR_MS = 3_600_000;

interface InputEvent {
  readonly timeMs: number;
  readonly message: string;
}

/**
 * PutLogEvents: at most 10,000 events and 1 MiB in the order of their times, within 24 hours. Events more
 * than two hours ahead or fourteen days old are left out and reported in `rejectedLogEventsInfo`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export function writeOperations(service: LogReading & LogSink): Readonly<Record<string, Operation>> {
  return {
    PutLogEvents: async (fields) => {
      const input = new OperationInput(fields, logsRefusals);
      // Sequence tokens are accepted and ignored by the service itself.
      input.only("logGroupName", "logStreamName", "logEvents", "sequenceToken");
      const group = service.groupOf(input);
      const stream = input.text("logStreamName");
      if (!group.streams.has(stream)) throw notFound("log stream");
      const events = eventsOf(input);
      const nowMs = service.clock.now();
      const tooOld = events.filter(({ timeMs }) => timeMs < nowMs - 14 * 24 * HOUR_MS).length;
      const inTime = events.filter(({ timeMs }) => timeMs <= nowMs + 2 * HOUR_MS).length;
      for (const { timeMs, message } of events.slice(tooOld, inTime)) service.put(group.name, stream, timeMs, message);
      return { nextSequenceToken: "0", ...rejected(tooOld, inTime, events.length) };
    },
  };
}

function eventsOf(input: OperationInput): readonly InputEvent[] {
  const events = input.structures("logEvents").map((event) => ({
    timeMs: event.only("timestamp", "message").integer("timestamp", { min: 0, max: Number.MAX_SAFE_INTEGER }),
    message: event.text("message"),
  }));
  const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES, 0);
  if (events.length < 1 || events.length > MOST_EVENTS) {
    throw invalidParameter(`logEvents must have from 1 to ${MOST_EVENTS} events, not ${events.length}.`);
  }
  if (bytes > MOST_BYTES) throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MOST_BYTES}`);
  if (events.some(({ message }) => message === "")) throw invalidParameter("A log event's message must not be empty.");
  checkOrder(events);
  return events;
}

function checkOrder(events: readonly InputEvent[]): void {
  const ordered = events.every(({ timeMs }, index) => index === 0 || (events[index - 1]?.timeMs ?? 0) <= timeMs);
  if (!ordered) throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
  const spanMs = (events.at(-1)?.timeMs ?? 0) - (events[0]?.timeMs ?? 0);
  if (spanMs > 24 * HOUR_MS) {
    throw invalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
}

function rejected(tooOld: number, inTime: number, total: number): object {
  if (tooOld === 0 && inTime === total) return {};
  return {
    rejectedLogEventsInfo: {
      ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
      ...(inTime < total ? { tooNewLogEventStartIndex: inTime } : {}),
    },
  };
}
