import { S3Error } from "./s3Error";

/** A body that was sent in chunks, put together, with the headers that came after it. */
export interface DecodedBody {
  readonly body: Buffer;
  /** Names in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Takes the content encoding `aws-chunked` off: chunks of `size[;chunk-signature=…]`, an empty one, then trailers such
 * as `x-amz-checksum-crc32:…` (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html).
 *
 * @throws S3Error IncompleteBody, MalformedTrailerError
 */
export function decodeAwsChunked(encoded: Buffer): DecodedBody {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const header = lineAt(encoded, at);
    const size = /^([\da-fA-F]{1,8})(?:;.*)?$/.exec(header ?? "")?.[1];
    if (header === undefined || size === undefined) throw incomplete();
    at += header.length + 2;
    const end = at + Number.parseInt(size, 16);
    if (end === at) return { body: Buffer.concat(chunks), trailers: trailersOf(encoded.subarray(at)) };
    if (encoded.toString("latin1", end, end + 2) !== "\r\n") throw incomplete();
    chunks.push(encoded.subarray(at, end));
    at = end + 2;
  }
}

function lineAt(encoded: Buffer, at: number): string | undefined {
  const end = encoded.indexOf("\r\n", at);
  return end === -1 ? undefined : encoded.toString("latin1", at, end);
}

function trailersOf(rest: Buffer): Readonly<Record<string, string>> {
  const lines = rest
    .toString("latin1")
    .split(/\r?\n/)
    .filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      if (colon < 1) throw malformedTrailer();
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

/** The trailing headers are not the ones that were announced. */
export function malformedTrailer(): S3Error {
  const message =
    "The request contained trailing data that was not well-formed or did not conform to our published schema.";
  return new S3Error("MalformedTrailerError", message, 400);
}

/** The body is not as long as was announced. */
export function incomplete(): S3Error {
  const message = "You did not provide the number of bytes specified by the Content-Length HTTP header";
  return new S3Error("IncompleteBody", message, 400);
}
