/** An order as a customer means it. */
export interface Wish {
  readonly userId: string;
  /** Names the undertaking and the tenant, so that every stored order can be traced back to who asked for it. */
  readonly customerEmail: string;
  readonly items: readonly { readonly productId: string; readonly qty: number }[];
  readonly amountMinor: number;
}

/** One POST /orders, which may take several attempts. */
export interface Sending {
  readonly tenant: string;
  /** Which API key goes along: the tenant's, none, or one that nobody has. */
  readonly credential: "own" | "none" | "unknown";
  readonly idempotencyKey?: string;
  readonly body: string;
  /** Absent when nobody could make an order of the body. */
  readonly wish?: Wish;
  /** `accepted` 201; `refused` one of `statuses`; `either` one of several different bodies under one key, of which one wins. */
  readonly expected: "accepted" | "refused" | "either";
  readonly statuses: readonly number[];
  /** The customer's first attempt hangs up so long after sending, in milliseconds of the wall. */
  readonly hangsUpAfterMs?: number;
}

export const UNDERTAKING_KINDS = [
  "plain",
  "keyless",
  "keylessTwice",
  "repeatedAtOnce",
  "repeatedLater",
  "otherBodyLater",
  "rivalBodies",
  "keyOfTwoTenants",
  "hangsUp",
  "malformed",
  "unknownProduct",
  "wrongTotal",
  "stranger",
] as const;
export type UndertakingKind = (typeof UNDERTAKING_KINDS)[number];

/** What a customer undertakes: waves of requests, each wave at once, one wave after the other. */
export interface Undertaking {
  readonly name: string;
  readonly kind: UndertakingKind;
  readonly waves: readonly Wave[];
  /** How the order that comes of it is repeated behind the API's back. */
  readonly echo?: Echo;
}

export interface Wave {
  /** `end`: when every customer has had the first word. */
  readonly when: "now" | "end";
  readonly sendings: readonly Sending[];
}

/** `messages` are copies of OrderCreated put into the order queue, `executions` are started at once, under one name. */
export interface Echo {
  readonly messages: number;
  readonly executions: number;
  /** After OrderCreated, in milliseconds of the runtime's clock. */
  readonly afterMs: number;
}
