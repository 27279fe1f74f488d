/** The strong entity tag of a version (RFC 9110, 8.8.3), for the header `ETag`. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** One entity tag and what parts it from the next; the quoted part, which alone counts, is the first group. */
const NEXT_TAG = /[ \t]*(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?:,[ \t,]*|$)/y;

/**
 * Whether a caller that sends this `If-None-Match` has the representation of that tag already. Tags are compared
 * weakly, as RFC 9110, 13.1.2 wants it; `*` stands for any. A header that cannot be read says nothing, so the caller gets the
 * whole answer.
 */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return tagsOf(ifNoneMatch).includes(tag);
}

function tagsOf(header: string): readonly string[] {
  const tags: string[] = [];
  NEXT_TAG.lastIndex = 0;
  while (NEXT_TAG.lastIndex < header.length) {
    const tag = NEXT_TAG.exec(header)?.[1];
    if (tag === undefined) return [];
    tags.push(tag);
  }
  return tags;
}
