import { setTimeout as wait } from "node:timers/promises";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";

/** Reasons that say "not now" and nothing about the items. */
const CONTENTION = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);
const UNDECIDED = new Set(["None", "ConditionalCheckFailed", ...CONTENTION]);

/**
 * Whether an error only says that another transaction had the items at the time. The SDK does not retry a cancelled
 * transaction; its reasons stand in the order of its actions
 * (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html). A caller that can
 * read a decision out of the failed conditions does so before it asks this.
 */
export function isContention(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) {
    const codes = reasonCodes(error);
    return codes.some((code) => CONTENTION.has(code)) && codes.every((code) => UNDECIDED.has(code));
  }
  return (
    error instanceof Error && ["TransactionConflictException", "TransactionInProgressException"].includes(error.name)
  );
}

/** The reason for each action of a cancelled transaction; `None` where the action itself was fine. */
export function reasonCodes({ CancellationReasons = [] }: TransactionCanceledException): string[] {
  return CancellationReasons.map(({ Code }) => Code ?? "None");
}

export interface ContentionSettings {
  /** Tries in all. @default 6 */
  readonly tries?: number;
  /** From 0 up to 1. @default Math.random */
  readonly random?: () => number;
  /** @default a timer */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 400;

/** Runs again what met contention, after a pause between nothing and a bound that doubles (full jitter). */
export async function retryContention<Out>(
  run: () => Promise<Out>,
  { tries = 6, random = Math.random, pause = wait }: ContentionSettings = {},
): Promise<Out> {
  for (let tried = 1; ; tried++) {
    try {
      return await run();
    } catch (error) {
      if (tried >= tries || !isContention(error)) throw error;
      await pause(random() * Math.min(FIRST_PAUSE_MS * 2 ** (tried - 1), LONGEST_PAUSE_MS));
    }
  }
}
