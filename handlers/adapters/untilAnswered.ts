import { setTimeout as wait } from "node:timers/promises";

const TRIES = 5;
const FIRST_PAUSE_MS = 25;

/**
 * Sends a batch to a table, and sends again what the answer left out, as a table does that is asked too much: with growing
 * pauses and jitter, as https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html#Programming.Errors.BatchOperations
 * asks for.
 *
 * @param send answers what is left
 * @throws UnansweredKeys when something is still left after about a second
 */
export async function untilAnswered<Requests extends object>(
  table: string,
  requests: Requests,
  send: (requests: Requests) => Promise<Requests | undefined>,
): Promise<void> {
  let left: Requests | undefined = requests;
  for (let tried = 1; left !== undefined && Object.keys(left).length > 0; tried++) {
    if (tried > TRIES) throw new UnansweredKeys(table);
    if (tried > 1) await wait(Math.random() * FIRST_PAUSE_MS * 2 ** tried);
    left = await send(left);
  }
}

/** Says what DynamoDB says of a single request that it has no capacity for, and goes by the same name. */
export class UnansweredKeys extends Error {
  override readonly name = "ProvisionedThroughputExceededException";

  constructor(table: string) {
    super(`The table ${table} did not answer for all keys.`);
  }
}
