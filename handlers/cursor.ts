import { createHash } from "node:crypto";

/** A list by everything that makes it another list: whose it is, of what, and with which filter. */
export type ListName = readonly string[];

/** Where a page ends: the key of its last entry, part by part. */
export type Place = readonly string[];

/**
 * The opaque cursor of a place in a list: base64url of a JSON array of the place and a short hash of the list.
 * The hash is no secret and protects nothing; it turns a cursor that was mixed up with another list's into an error.
 * What keeps tenants apart is that a cursor holds no partition: the list that it continues is always the caller's own.
 */
export function cursorOf(list: ListName, place: Place): string {
  return Buffer.from(JSON.stringify([...place, hashOf(list)])).toString("base64url");
}

/** The place that a cursor names; undefined when it is not one that {@link cursorOf} made for this list. */
export function placeOf(list: ListName, cursor: string): Place | undefined {
  const parts = partsOf(cursor);
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === "string")) return undefined;
  const place = parts.slice(0, -1);
  // Decoding base64url passes over what does not belong there; only the very text that we would make is a cursor.
  return cursorOf(list, place) === cursor ? place : undefined;
}

function partsOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

/** 48 bits: enough that no two lists are taken for one another by mistake. */
function hashOf(list: ListName): string {
  return createHash("sha256").update(JSON.stringify(list)).digest("base64url").slice(0, 8);
}
