import { byBytes } from "./bucket";
import { invalidArgument } from "./s3Error";
import type { S3Request } from "./s3Request";

/** S3 answers at most so many keys and common prefixes at a time. */
const MAX_KEYS = 1000;

/** What a listing asks for, whatever it lists. */
export interface ListQuery {
  readonly prefix: string;
  /** Keys that go on past the first delimiter after the prefix are told as one common prefix; empty: none are. */
  readonly delimiter: string;
  readonly maxKeys: number;
  /** Writes a key as the document shall hold it. */
  readonly encode: (key: string) => string;
  readonly encodingType: string | undefined;
}

/** One page of a listing. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** What stands last on the page: an item, or else a common prefix. */
  readonly lastItem?: Item;
  readonly lastPrefix?: string;
}

/** @throws S3Error InvalidArgument */
export function listQueryOf(request: S3Request): ListQuery {
  const encodingType = request.parameter("encoding-type");
  if (encodingType !== undefined && encodingType !== "url") {
    throw invalidArgument("encoding-type", encodingType, "Invalid Encoding Method specified in Request");
  }
  return {
    prefix: request.parameter("prefix") ?? "",
    delimiter: request.parameter("delimiter") ?? "",
    maxKeys: Math.min(maxKeysOf(request.parameter("max-keys")), MAX_KEYS),
    encode: encodingType === undefined ? (key) => key : (key) => encodeURIComponent(key).replaceAll("%2F", "/"),
    encodingType,
  };
}

function maxKeysOf(text: string | undefined): number {
  if (text === undefined || text === "") return MAX_KEYS;
  if (/^\d{1,10}$/.test(text) && Number(text) <= 2_147_483_647) return Number(text);
  throw invalidArgument("max-keys", text, "Argument maxKeys must be an integer between 0 and 2147483647");
}

/** Takes items, in the order of their keys, until the page is full. */
export function pageOf<Item extends { readonly key: string }>(items: Iterable<Item>, query: ListQuery): ListPage<Item> {
  const { prefix, delimiter, maxKeys } = query;
  const taken: Item[] = [];
  const commonPrefixes: string[] = [];
  let last: Pick<ListPage<Item>, "lastItem" | "lastPrefix"> = {};
  for (const item of items) {
    if (!item.key.startsWith(prefix)) continue;
    const common = commonPrefixOf(item.key, prefix, delimiter);
    if (common !== undefined && common === commonPrefixes.at(-1)) continue;
    if (taken.length + commonPrefixes.length >= maxKeys) {
      return { items: taken, commonPrefixes, isTruncated: maxKeys > 0, ...last };
    }
    if (common === undefined) {
      taken.push(item);
      last = { lastItem: item };
    } else {
      commonPrefixes.push(common);
      last = { lastPrefix: common };
    }
  }
  return { items: taken, commonPrefixes, isTruncated: false, ...last };
}

function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** The keys that come after one, of keys in order; all of them after an empty one. */
export function keysAfter(keys: readonly string[], after: string): readonly string[] {
  if (after === "") return keys;
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (byBytes(keys[middle] ?? "", after) <= 0) low = middle + 1;
    else high = middle;
  }
  return keys.slice(low);
}

/** The keys that come after a common prefix and everything in it. */
export function keysAfterPrefix(keys: readonly string[], prefix: string): readonly string[] {
  return keysAfter(keys, prefix).filter((key) => !key.startsWith(prefix));
}

/** The elements that every listing begins with. */
export function listElements(bucket: string, { prefix, delimiter, maxKeys, encode, encodingType }: ListQuery): object {
  return {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === "" ? undefined : encode(delimiter),
    MaxKeys: maxKeys,
    EncodingType: encodingType,
  };
}
