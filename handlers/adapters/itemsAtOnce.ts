import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { batchRead } from "./batchRead";
import { type Asked, inOneTurn } from "./inOneTurn";

export interface ItemsAtOnceOptions {
  readonly table: string;
  /** Names of the table's key attributes; texts. */
  readonly key: readonly string[];
  readonly database: DynamoDBDocumentClient;
}

type Item = Readonly<Record<string, unknown>>;
type Key = Readonly<Record<string, string>>;
type Waiting = Asked<Key, Item | undefined>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MOST_KEYS = 100;

/** Finds items of one table by their keys, consistently; those that are looked for at the same time come with one request. */
export function itemsAtOnce({ table, key, database }: ItemsAtOnceOptions): (key: Key) => Promise<Item | undefined> {
  const idOf = (fields: Item): string => JSON.stringify(key.map((name) => fields[name]));

  const answer = async (keys: readonly Key[], waiting: readonly Waiting[]): Promise<void> => {
    try {
      const items = await batchRead(database, table, keys);
      const found = new Map(items.map((item) => [idOf(item), item]));
      for (const { what, settle } of waiting) settle(found.get(idOf(what)));
    } catch (error) {
      // One text that no key can be must not hide the others.
      if (keys.length > 1 && (error as Error).name === "ValidationException") {
        for (const one of keys) {
          void answer(
            [one],
            waiting.filter(({ what }) => idOf(what) === idOf(one)),
          );
        }
        return;
      }
      for (const { fail } of waiting) fail(error as Error);
    }
  };

  return inOneTurn((all) => {
    const byId = new Map(all.map(({ what }) => [idOf(what), what]));
    const ids = [...byId.keys()];
    for (let at = 0; at < ids.length; at += MOST_KEYS) {
      const some = new Set(ids.slice(at, at + MOST_KEYS));
      void answer(
        [...byId].filter(([id]) => some.has(id)).map(([, one]) => one),
        all.filter(({ what }) => some.has(idOf(what))),
      );
    }
  });
}
