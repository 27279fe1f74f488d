/** Named values of a resource, or of a part of it. */
export type Fields = Readonly<Record<string, unknown>>;

/** What stands at a path of names; undefined when there is nothing. Reading what a preview does not know yet throws. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isFields(inner) ? inner[name] : undefined), value);
}

/** The text at a path, or an empty one. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

/** The number at a path, or the given one. Numbers of map-typed inputs may come as texts. */
export function numberAt(value: unknown, path: readonly string[], fallback: number): number {
  const found = at(value, ...path);
  if (typeof found === "number") return found;
  return typeof found === "string" && found.trim() !== "" ? Number(found) : fallback;
}

/** The list at a path, one value as a list of one, or an empty one. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? (found as readonly unknown[]) : [found];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** What a JSON text holds, or the value itself when it is none. A broken text throws, as AWS would refuse it. */
export function parsed(value: unknown): unknown {
  return typeof value === "string" ? JSON.parse(value) : value;
}
