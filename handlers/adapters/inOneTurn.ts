/** What somebody asked for, and where he waits for the answer. */
export interface Asked<In, Out> {
  readonly what: In;
  readonly settle: (answer: Out) => void;
  readonly fail: (error: Error) => void;
}

/** Gathers what is asked for in the same turn of the event loop, so that one request can bring the answers of all. */
export function inOneTurn<In, Out>(answer: (all: readonly Asked<In, Out>[]) => void): (what: In) => Promise<Out> {
  let asked: Asked<In, Out>[] = [];
  const answerAll = (): void => {
    const all = asked;
    asked = [];
    answer(all);
  };
  return (what) =>
    new Promise((settle, fail) => {
      if (asked.length === 0) setImmediate(answerAll);
      asked.push({ what, settle, fail });
    });
}
