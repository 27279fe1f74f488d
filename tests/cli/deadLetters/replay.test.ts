import assert from "node:assert/strict";
import type { Desk } from "../../../cli/deadLetters/desk";
import type { Letter, LetterKind } from "../../../cli/deadLetters/letter";
import { replayAll, replayIds } from "../../../cli/deadLetters/replay";

const letter = (id: string): Letter => ({
  ...{ id, body: "{}", attributes: {}, sentMs: 0, firstReceivedMs: 0, receives: 1, receiptHandle: id },
});

/** A desk with two queues of letters; `bad` ones cannot be replayed. Says in which order things were done. */
function aDesk(queues: Record<string, string[]>, bad: string[] = []) {
  const done: string[] = [];
  const kinds = Object.keys(queues).map((name): LetterKind => ({
    name,
    queueUrl: name,
    describe: async () => [],
    details: async () => undefined,
    async replay({ id }) {
      if (bad.includes(id)) throw new Error("refused");
      done.push(`replay ${id}`);
      return `${id} done`;
    },
  }));
  const boxOf = ({ name }: LetterKind) => ({
    open: (_: unknown, use: (letters: Letter[]) => unknown) => use((queues[name] ?? []).map(letter)),
    delete: async ({ id }: Letter) => void done.push(`delete ${id}`),
  });
  return { desk: { kinds, boxOf, close: () => undefined } as unknown as Desk, kinds, done };
}

describe("a replay", () => {
  it("does first and deletes second", async () => {
    const { desk, kinds, done } = aDesk({ orders: ["a", "b"], relay: ["c"] });
    assert.deepEqual(await replayIds(desk, kinds, ["b", "c"]), { done: ["b done", "c done"], failed: [] });
    assert.deepEqual(done, ["replay b", "delete b", "replay c", "delete c"]);
  });

  it("keeps what could not be done, does the others, and says which", async () => {
    const { desk, kinds, done } = aDesk({ orders: ["a", "b", "c"] }, ["b"]);
    const { failed } = await replayAll(desk, kinds);
    assert.deepEqual(failed, ["b: refused"]);
    assert.deepEqual(done, ["replay a", "delete a", "replay c", "delete c"]);
  });

  it("names ids that no queue has", async () => {
    const { desk, kinds } = aDesk({ orders: ["a"] });
    const { done, failed } = await replayIds(desk, kinds, ["a", "x", "y"]);
    assert.deepEqual(done, ["a done"]);
    assert.match(failed[0] ?? "", /^No queue has the messages x, y/);
  });

  it("leaves it to SQS where SQS can, and tells when SQS could not", async () => {
    const { desk, kinds, done } = aDesk({ orders: ["a"], relay: ["c"] });
    Object.assign(kinds[0]!, { replayAll: () => Promise.reject(new Error("a task is running")) });
    assert.deepEqual(await replayAll(desk, kinds), { done: ["c done"], failed: ["orders: a task is running"] });
    assert.deepEqual(done, ["replay c", "delete c"]);
  });
});
