import type { Letter } from "./letter";
import type { LetterBox } from "./letterBox";

/** SQS lets 120,000 messages be hidden at once; a queue of failures that holds a tenth of that has other troubles. */
const MOST_LOOKED_THROUGH = 10_000;

/** Looks through a queue for messages with these ids, and runs `use` with those that it has while they are held. */
export function find<Answer>(
  box: LetterBox,
  ids: readonly string[],
  use: (letters: readonly Letter[]) => Promise<Answer>,
): Promise<Answer> {
  const enough = (letters: ReadonlyMap<string, Letter>): boolean => ids.every((id) => letters.has(id));
  return box.open({ most: MOST_LOOKED_THROUGH, enough }, (letters) =>
    use(letters.filter(({ id }) => ids.includes(id))),
  );
}

/** Says that messages are nowhere. */
export function missing(ids: readonly string[]): Error {
  const which = ids.length === 1 ? `message ${ids[0]}` : `messages ${ids.join(", ")}`;
  return new Error(`No queue has the ${which}: replayed, expired, or held by somebody else this minute.`);
}
