import { specialSecretSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";

/** What stands on the wire for a value that only an update will know. */
export const UNKNOWN = unknownValue;

/** The places, as `a.b.0`, of all texts of a value for which `is` holds. */
export function placesOf(value: unknown, is: (text: string) => boolean, place = ""): string[] {
  if (typeof value === "string") return is(value) ? [place] : [];
  return childrenOf(value).flatMap(([key, child]) => placesOf(child, is, place === "" ? key : `${place}.${key}`));
}

/** Where a preview says something else than the update: every value must be the update's, or unknown. */
export function contradictions(previewed: unknown, updated: unknown, place = ""): string[] {
  const [before, after] = [withoutSecret(previewed), withoutSecret(updated)];
  if (before === UNKNOWN) return [];
  if (typeof before !== "object" || before === null || typeof after !== "object" || after === null) {
    return before === after ? [] : [`${place}: ${JSON.stringify(before)} became ${JSON.stringify(after)}`];
  }
  const [old, now] = [new Map(childrenOf(before)), new Map(childrenOf(after))];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    contradictions(old.get(key), now.get(key), place === "" ? key : `${place}.${key}`),
  );
}

/** How many texts, numbers and flags a value holds. */
export function leaves(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return childrenOf(value).reduce((sum, [, child]) => sum + leaves(child), 0);
}

/** Whether a value is marked as secret. */
export function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && Reflect.get(value, specialSigKey) === specialSecretSig;
}

function withoutSecret(value: unknown): unknown {
  return isSecret(value) ? (value as { value: unknown }).value : value;
}

function childrenOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
