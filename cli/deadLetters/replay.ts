import type { Desk } from "./desk";
import { find, missing } from "./finding";
import type { Letter, LetterKind } from "./letter";
import type { LetterBox } from "./letterBox";

/** What became of a replay. */
export interface Replayed {
  /** A line for each thing done. */
  readonly done: readonly string[];
  /** A line for each that could not be done; its message is where it was. */
  readonly failed: readonly string[];
}

const MOST_AT_ONCE = 1_000;

/** Replays messages by their ids. Ids that no queue has are among the failures. */
export async function replayIds(desk: Desk, kinds: readonly LetterKind[], ids: readonly string[]): Promise<Replayed> {
  const found = new Set<string>();
  const outcomes: Replayed[] = [];
  for (const kind of kinds) {
    const wanted = ids.filter((id) => !found.has(id));
    if (wanted.length === 0) break;
    const box = desk.boxOf(kind);
    const outcome = await find(box, wanted, (letters) => {
      for (const { id } of letters) found.add(id);
      return replayEach(box, kind, letters);
    });
    outcomes.push(outcome);
  }
  const nowhere = ids.filter((id) => !found.has(id));
  return together(nowhere.length === 0 ? outcomes : [...outcomes, { done: [], failed: [missing(nowhere).message] }]);
}

/**
 * Replays everything. What fails again comes back to its queue only later, so each message is taken once; of a queue
 * with more than a thousand, whose messages cannot be moved by SQS itself, the rest is left for the next time.
 */
export async function replayAll(desk: Desk, kinds: readonly LetterKind[]): Promise<Replayed> {
  const outcomes = await Promise.all(
    kinds.map((kind) => {
      if (kind.replayAll !== undefined) return attempt(kind.name, async () => kind.replayAll?.());
      const box = desk.boxOf(kind);
      return box.open({ most: MOST_AT_ONCE }, (letters) => replayEach(box, kind, letters));
    }),
  );
  return together(outcomes);
}

/** First the deed, then the deletion: a message may be replayed twice, and never be lost. */
async function replayEach(box: LetterBox, kind: LetterKind, letters: readonly Letter[]): Promise<Replayed> {
  const outcomes: Replayed[] = [];
  for (const letter of letters) {
    const outcome = await attempt(letter.id, async () => {
      const done = await kind.replay(letter);
      await box.delete(letter);
      return done;
    });
    outcomes.push(outcome);
  }
  return together(outcomes);
}

async function attempt(what: string, run: () => Promise<string | undefined>): Promise<Replayed> {
  try {
    const done = await run();
    return { done: done === undefined ? [] : [done], failed: [] };
  } catch (error) {
    return { done: [], failed: [`${what}: ${(error as Error).message}`] };
  }
}

function together(outcomes: readonly Replayed[]): Replayed {
  return { done: outcomes.flatMap(({ done }) => done), failed: outcomes.flatMap(({ failed }) => failed) };
}
