/**
 * What AWS counts for its bill, one unit of each:
 * an API request; a call of a function, and a millisecond of a megabyte of its memory; an Express execution, and a
 * millisecond of a megabyte of its memory; a write unit (1 KB) and a read unit (4 KB, consistent) of a table; a request to a
 * queue (64 KB); an event on a custom bus (64 KB), and a byte of it in an archive; a byte of a log line; a request to
 * publish on a topic, however many messages it brings (64 KB), and a mail from one; a mail through SES; a request to a bucket, of the dear kind (put, list) and of the cheap one;
 * and a trace that may be recorded, if it is sampled.
 */
export type BilledUnit =
  | "apiRequest"
  | "lambdaRequest"
  | "lambdaMbMs"
  | "expressRequest"
  | "expressMbMs"
  | "writeUnit"
  | "readUnit"
  | "sqsRequest"
  | "event"
  | "archiveByte"
  | "logByte"
  | "snsRequest"
  | "snsMail"
  | "sesMail"
  | "s3Write"
  | "s3Read"
  | "traceStart";

/** Something that AWS would put on the bill. */
export interface Charge {
  readonly unit: BilledUnit;
  /** What it is billed for: name of the function, table, `TABLE/INDEX`, queue, log group, … */
  readonly resource: string;
  readonly quantity: number;
  /** The invocation of a function within which it came about: its trace header, or the stream of its log lines. */
  readonly within?: string | undefined;
  /** The text that it was about, in which it can be looked up on whose behalf it was. */
  readonly about?: () => string;
}

/** SQS, SNS and EventBridge bill a payload in pieces of so many bytes, and each begun one whole. */
const CHUNK_BYTES = 65_536;

/** Pieces of 64 KB; a request without a body is one. */
export function chunks(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / CHUNK_BYTES));
}
