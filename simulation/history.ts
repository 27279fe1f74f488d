import type { Books } from "./books";
import type { Attempt } from "./journal";
import type { SeenEvent, SeenMessage } from "./observations";

/** Everything that a finished run leaves behind, for the checkers to judge. */
export interface History {
  /** Units by product, before the first request. */
  readonly initialStock: ReadonlyMap<string, number>;
  readonly books: Books;
  /** In the order in which the bus took them, copies included. */
  readonly events: readonly SeenEvent[];
  readonly attempts: readonly Attempt[];
  /** What customers were told, copies included. */
  readonly messages: readonly SeenMessage[];
}

export const PROMISES = ["stock", "money", "receipts", "orders", "trail", "told", "liveness"] as const;
export type PromiseName = (typeof PROMISES)[number];

/** A promise that was not kept. */
export interface Violation {
  readonly promise: PromiseName;
  /** For people: what is wrong, with both sides of the sum. */
  readonly sentence: string;
  readonly orderId?: string;
}

/** Judges a history by one promise. It knows the contracts, and nothing of how the pipeline keeps them. */
export type Checker = (history: History) => Violation[];
