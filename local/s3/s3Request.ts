import type { RawRequest } from "../endpoint/endpointParts";
import { S3Error } from "./s3Error";

/** A request with its path taken apart: `/bucket/key`, path style, the key decoded as it was meant. */
export class S3Request {
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;

  /** @throws S3Error InvalidURI for a path that is not percent-encoded UTF-8 */
  constructor(readonly raw: RawRequest) {
    const at = raw.url.indexOf("?");
    const path = at === -1 ? raw.url : raw.url.slice(0, at);
    this.query = new URLSearchParams(at === -1 ? "" : raw.url.slice(at));
    const slash = path.indexOf("/", 1);
    // The key is not run through a URL parser: `a/../b` and `a//b` are keys of their own.
    this.bucket = decode(slash === -1 ? path.slice(1) : path.slice(1, slash));
    this.key = slash === -1 ? "" : decode(path.slice(slash + 1));
  }

  get method(): string {
    return this.raw.method;
  }

  get body(): Buffer {
    return this.raw.body;
  }

  /** The value of a header, several joined by ", ". The name is in lower case. */
  header(name: string): string | undefined {
    const value = this.raw.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }

  /** The names of the headers that begin so, in lower case. */
  headerNames(prefix: string): readonly string[] {
    return Object.keys(this.raw.headers).filter((name) => name.startsWith(prefix));
  }

  parameter(name: string): string | undefined {
    return this.query.get(name) ?? undefined;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error("InvalidURI", "Couldn't parse the specified URI.", 400, { URI: text });
  }
}
