const read = new WeakMap<Buffer, unknown>();

/**
 * The JSON that a request's body holds, read once for all who look into it; undefined when it is none. Nobody may change
 * what he gets.
 */
export function requestJson<Shape>(body: Buffer): Shape | undefined {
  if (read.has(body)) return read.get(body) as Shape | undefined;
  const found = parsed(body);
  read.set(body, found);
  return found as Shape | undefined;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
