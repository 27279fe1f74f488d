import type { Desk } from "./desk";
import { fieldsOf, type Letter, type LetterKind } from "./letter";
import { find, missing } from "./finding";

/** Everything about one message. */
export interface Shown {
  readonly queue: string;
  readonly id: string;
  readonly sentAt: string;
  readonly receives: number;
  readonly reason: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Parsed, when it is an object. */
  readonly body: unknown;
  /** What the kind of message has to say beside: its order, or its changes. */
  readonly details?: unknown;
}

/** Throws when no queue has the message. */
export async function show(desk: Desk, kinds: readonly LetterKind[], id: string): Promise<Shown> {
  for (const kind of kinds) {
    const shown = await find(desk.boxOf(kind), [id], async ([letter]) =>
      letter === undefined ? undefined : shownAs(kind, letter),
    );
    if (shown !== undefined) return shown;
  }
  throw missing([id]);
}

async function shownAs(kind: LetterKind, letter: Letter): Promise<Shown> {
  const { id, sentMs, receives, attributes, body } = letter;
  const [description] = await kind.describe([letter]);
  const details = await kind.details(letter);
  const fields = fieldsOf(body);
  return {
    queue: kind.name,
    id,
    sentAt: new Date(sentMs).toISOString(),
    receives,
    reason: description?.reason ?? "",
    attributes,
    body: Object.keys(fields).length > 0 ? fields : body,
    ...(details !== undefined && { details }),
  };
}
