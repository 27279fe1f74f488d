/** A message in a queue of failures, held while it is looked at. */
export interface Letter {
  readonly id: string;
  readonly body: string;
  /** Attributes that the sender gave, as texts. */
  readonly attributes: Readonly<Record<string, string>>;
  /** When the message was first sent, which is what its expiry counts from; ms since 1970. */
  readonly sentMs: number;
  /** When it was first received from the queue that it lies in now, by the queue's own clock. */
  readonly firstReceivedMs: number;
  /** How often it was received, before and after it failed; looking at it counts as well. */
  readonly receives: number;
  readonly receiptHandle: string;
}

/** What a message is about. */
export interface Description {
  readonly orderId?: string;
  /** Why the message is there, in one line. */
  readonly reason: string;
}

/** One queue of failures: what its messages mean, and how what they stand for is done again. */
export interface LetterKind {
  /** What people call the queue. */
  readonly name: string;
  readonly queueUrl: string;
  /** One answer for each letter, in their order. */
  describe(letters: readonly Letter[]): Promise<readonly Description[]>;
  /** More about one letter, such as its order; JSON. */
  details(letter: Letter): Promise<unknown>;
  /**
   * Does again what the letter stands for, and answers in one line what was done. Doing it twice must be harmless: the
   * letter is deleted afterwards, and may be left when that fails. Throws when it cannot be done; the letter stays.
   */
  replay(letter: Letter): Promise<string>;
  /** Does it for all letters at once, where SQS can. Answers in one line what was done; undefined when there was nothing. */
  replayAll?(): Promise<string | undefined>;
}

/** The JSON of a body, when it is an object. */
export function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** A field, when it is a text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
