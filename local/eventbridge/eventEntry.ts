import { isFields, type OperationInput } from "../operationInput";

/** An entry of PutEvents that is not accepted: its code and message stand in the entry's result. */
export class EntryRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** An entry of PutEvents as its sender gives it. */
export interface EventEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources: readonly string[];
  readonly timeMs: number | undefined;
  readonly busNameOrArn: string | undefined;
  readonly traceHeader: string | undefined;
}

const FIELDS = ["Time", "Source", "Resources", "DetailType", "Detail", "EventBusName", "TraceHeader"];
const LONGEST_DETAIL_TYPE = 128;
const LONGEST_SOURCE = 256;

/**
 * Reads and checks one entry.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
 * @throws EntryRefusal
 */
export function readEntry(input: OperationInput): EventEntry {
  input.only(...FIELDS);
  const required = (field: string): string => {
    const value = input.optionalText(field);
    if (value === undefined || value === "") {
      throw new EntryRefusal(
        "InvalidArgument",
        `Parameter ${field} is not valid. Reason: ${field} is a required argument.`,
      );
    }
    return value;
  };
  const source = required("Source");
  const detailType = required("DetailType");
  const detail = parseDetail(required("Detail"));
  if (source.length > LONGEST_SOURCE) throw tooLong("Source", LONGEST_SOURCE);
  if (detailType.length > LONGEST_DETAIL_TYPE) throw tooLong("DetailType", LONGEST_DETAIL_TYPE);
  if (source.startsWith("aws.")) {
    throw new EntryRefusal("NotAuthorizedForSourceException", "Not authorized for the source.");
  }
  const seconds = input.optionalNumber("Time");
  return {
    source,
    detailType,
    detail,
    resources: input.texts("Resources"),
    timeMs: seconds === undefined ? undefined : seconds * 1000,
    busNameOrArn: input.optionalText("EventBusName"),
    traceHeader: input.optionalText("TraceHeader"),
  };
}

/**
 * Bytes that an entry counts: 14 for a time, and its texts in UTF-8.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevents-event-size
 */
export function entryBytes(input: OperationInput): number {
  const texts = ["Source", "DetailType", "Detail"].map((field) => input.optionalText(field) ?? "");
  const bytes = [...texts, ...input.texts("Resources")].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes + (input.has("Time") ? 14 : 0);
}

function tooLong(field: string, most: number): EntryRefusal {
  return new EntryRefusal(
    "InvalidArgument",
    `Parameter ${field} is not valid. Reason: It has more than ${most} characters.`,
  );
}

function parseDetail(text: string): unknown {
  try {
    const detail: unknown = JSON.parse(text);
    if (isFields(detail)) return detail;
  } catch {
    // Falls through to the same refusal as JSON of another type.
  }
  throw new EntryRefusal("MalformedDetail", "Detail is malformed.");
}
