import type { Clock } from "../clock";
import { OperationInput } from "../operationInput";
import type { Operation } from "../service";
import { parseFilterPattern } from "./filterPattern";
import { FilterPatternError, type LineFilter } from "./filterPatternError";
import type { LogGroup, LogLine } from "./logGroup";
import { invalidParameter, logsRefusals, notFound } from "./logsError";
import { comparePlaces, readPageToken, writePageToken } from "./pageToken";

/** What the reading operations need of the service. */
export interface LogReading {
  readonly clock: Clock;
  /** The group that `logGroupName` or `logGroupIdentifier` of the input names; throws ResourceNotFoundException. */
  groupOf(input: OperationInput): LogGroup;
}

const ANY_TIME = { min: 0, max: Number.MAX_SAFE_INTEGER };
const LIMIT = { min: 1, max: 10_000 };
const RANGE_FIELDS = ["logGroupName", "logGroupIdentifier", "startTime", "endTime", "limit", "nextToken"];
// `interleaved` is deprecated: the answer is always interleaved. `unmask` has nothing to unmask here.
const FILTER_FIELDS = [
  ...RANGE_FIELDS,
  "logStreamNames",
  "logStreamNamePrefix",
  "filterPattern",
  "interleaved",
  "unmask",
];
const GET_FIELDS = [...RANGE_FIELDS, "logStreamName", "startFromHead", "unmask"];
const MOST_LINES = 10_000;
const MOST_BYTES = 1_048_576;

/** FilterLogEvents and GetLogEvents: pages of at most 10,000 lines and 1 MiB. */
export function readOperations(service: LogReading): Readonly<Record<string, Operation>> {
  return {
    FilterLogEvents: async (fields) => filterLogEvents(service, new OperationInput(fields, logsRefusals)),
    GetLogEvents: async (fields) => getLogEvents(service, new OperationInput(fields, logsRefusals)),
  };
}

function filterLogEvents(service: LogReading, input: OperationInput): object {
  input.only(...FILTER_FIELDS);
  const filter = filterOf(input.optionalText("filterPattern"));
  const limit = input.optionalInteger("limit", LIMIT) ?? MOST_LINES;
  const token = input.optionalText("nextToken");
  const start = token === undefined ? undefined : readPageToken(token);
  // FilterLogEvents includes endTime, GetLogEvents does not.
  const endTime = input.optionalInteger("endTime", ANY_TIME);
  const lines = service
    .groupOf(input)
    .read(
      {
        fromMs: input.optionalInteger("startTime", ANY_TIME),
        toMs: endTime === undefined ? undefined : endTime + 1,
        streams: streamsOf(input),
      },
      service.clock.now(),
    )
    .filter((line) => (start === undefined || comparePlaces(line, start) > 0) && filter(line.message));
  const page = firstPage(lines, limit);
  const last = page.at(-1);
  return {
    events: page.map((line) => ({
      logStreamName: line.stream,
      timestamp: Math.floor(line.timeMs),
      message: line.message,
      ingestionTime: Math.floor(line.ingestedMs),
      eventId: eventId(line),
    })),
    searchedLogStreams: [],
    ...(last !== undefined && page.length < lines.length ? { nextToken: writePageToken(last) } : {}),
  };
}

function getLogEvents(service: LogReading, input: OperationInput): object {
  input.only(...GET_FIELDS);
  const stream = input.text("logStreamName");
  const group = service.groupOf(input);
  if (!group.streams.has(stream)) throw notFound("log stream");
  const limit = input.optionalInteger("limit", LIMIT) ?? MOST_LINES;
  const token = input.optionalText("nextToken");
  const place = token === undefined ? undefined : readPageToken(token);
  const lines = group.read(
    {
      fromMs: input.optionalInteger("startTime", ANY_TIME),
      toMs: input.optionalInteger("endTime", ANY_TIME),
      streams: (name) => name === stream,
    },
    service.clock.now(),
  );
  const forward = place === undefined ? input.flag("startFromHead") : place.direction === "f";
  const rest =
    place === undefined ? lines : lines.filter((line) => comparePlaces(line, place) * (forward ? 1 : -1) > 0);
  const page = forward ? firstPage(rest, limit) : firstPage(rest.reverse(), limit).reverse();
  // At either end the service answers the token that it was given, which tells callers to stop.
  const here = place ?? { timeMs: 0, sequence: -1 };
  return {
    events: page.map(({ timeMs, message, ingestedMs }) => ({
      timestamp: Math.floor(timeMs),
      message,
      ingestionTime: Math.floor(ingestedMs),
    })),
    nextForwardToken: writePageToken(page.at(-1) ?? here, "f"),
    nextBackwardToken: writePageToken(page[0] ?? here, "b"),
  };
}

function filterOf(pattern: string | undefined): LineFilter {
  try {
    return parseFilterPattern(pattern ?? "");
  } catch (error) {
    if (error instanceof FilterPatternError) throw invalidParameter(error.message);
    throw error;
  }
}

function streamsOf(input: OperationInput): ((name: string) => boolean) | undefined {
  const names = new Set(input.texts("logStreamNames"));
  const prefix = input.optionalText("logStreamNamePrefix");
  if (prefix !== undefined && names.size > 0) {
    throw invalidParameter("logStreamNames and logStreamNamePrefix cannot both be given.");
  }
  if (prefix !== undefined) return (name) => name.startsWith(prefix);
  return names.size > 0 ? (name) => names.has(name) : undefined;
}

function firstPage(lines: readonly LogLine[], limit: number): LogLine[] {
  let bytes = 0;
  const tooMuch = lines.findIndex((line, index) => {
    bytes += Buffer.byteLength(line.message);
    return index >= limit || (bytes > MOST_BYTES && index > 0);
  });
  return lines.slice(0, tooMuch < 0 ? lines.length : tooMuch);
}

function eventId({ timeMs, sequence }: LogLine): string {
  return `${Math.floor(timeMs)}`.padStart(32, "0") + `${sequence}`.padStart(24, "0");
}
