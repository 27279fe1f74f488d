import { setTimeout as wait } from "node:timers/promises";
import { wallClockMs } from "./wallClock";

/** Does `count` things, `atOnce` of them at a time: the next begins when one is done. */
export async function closedLoop<Done>(
  { atOnce, count }: { readonly atOnce: number; readonly count: number },
  act: () => Promise<Done>,
): Promise<Done[]> {
  const done: Done[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      done.push(await act());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return done;
}

/**
 * Begins things at a steady rate, whether those before are done or not, and tells each when it was due. What is measured
 * from then on holds the time that a thing was kept waiting, as its caller would feel it; a loop that waits for answers
 * would leave out just the slow ones.
 */
export async function openLoop<Done>(
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  act: (dueMs: number) => Promise<Done>,
): Promise<Done[]> {
  const startMs = wallClockMs();
  const begun: Promise<Done>[] = [];
  for (let number = 0; number < perSecond * seconds; number++) {
    const dueMs = startMs + (number * 1000) / perSecond;
    const early = dueMs - wallClockMs();
    if (early > 0) await wait(early);
    begun.push(act(dueMs));
  }
  return Promise.all(begun);
}
