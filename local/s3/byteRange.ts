import { S3Error } from "./s3Error";

/** First and last byte of a part, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a Range header: `bytes=0-99`, `bytes=100-` or `bytes=-100`. Undefined, and so the whole object, for none and
 * for one that is not a single range of bytes, as S3 does not answer several.
 *
 * @throws S3Error InvalidRange (416) when the range lies outside
 */
export function byteRangeOf(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (header === undefined || match === null) return undefined;
  const [, from = "", to = ""] = match;
  if (from === "") return to === "" ? undefined : inside({ first: size - Number(to), last: size - 1 }, header, size);
  const last = to === "" ? size - 1 : Number(to);
  if (to !== "" && last < Number(from)) return undefined;
  return inside({ first: Number(from), last }, header, size);
}

function inside({ first, last }: ByteRange, header: string, size: number): ByteRange {
  const range = { first: Math.max(0, first), last: Math.min(last, size - 1) };
  if (range.first >= size) throw invalidRange(header, size);
  return range;
}

function invalidRange(header: string, size: number): S3Error {
  const fields = { RangeRequested: header, ActualObjectSize: String(size) };
  const headers = { "content-range": `bytes */${size}` };
  return new S3Error("InvalidRange", "The requested range is not satisfiable", 416, fields).withHeaders(headers);
}
