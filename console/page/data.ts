import { signal, useSignalEffect, type ReadonlySignal, type Signal } from "@preact/signals";
import { useState } from "preact/hooks";

/** Something that is read from the console's server. */
export interface Reading<Value> {
  readonly value?: Value;
  readonly problem?: string;
  readonly loading: boolean;
}

/** Asks the console's server. Rejects with the sentence that it gives. */
export async function ask<Value>(path: string, body?: object): Promise<Value> {
  const request =
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, request).catch(() => {
    throw new Error("The pipeline does not answer. It may have been stopped; npm start starts it again.");
  });
  const value = (await answer.json().catch(() => ({}))) as Value & { readonly problem?: string };
  if (!answer.ok) throw new Error(value.problem ?? `The console answered ${answer.status}.`);
  return value;
}

/**
 * Reads from the console's server, and again whenever a signal that `path` looks at changes. What was there stays until
 * the new is, so that nothing jumps.
 */
export function useReading<Value>(
  path: () => string | undefined,
): readonly [ReadonlySignal<Reading<Value>>, () => void] {
  const [reading] = useState<Signal<Reading<Value>>>(() => signal({ loading: true }));
  const [round] = useState(() => signal(0));
  useSignalEffect(() => {
    void round.value;
    const href = path();
    if (href === undefined) return;
    let left = false;
    reading.value = { ...reading.peek(), loading: true };
    ask<Value>(href).then(
      (value) => !left && (reading.value = { value, loading: false }),
      (error: Error) => !left && (reading.value = { ...reading.peek(), problem: error.message, loading: false }),
    );
    return () => (left = true);
  });
  return [reading, () => (round.value += 1)];
}
