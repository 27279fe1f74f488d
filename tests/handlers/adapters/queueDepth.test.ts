import assert from "node:assert/strict";
import { queueDepth } from "../../../handlers/adapters/queueDepth";

describe("queueDepth", () => {
  let asked: any[];
  let nowMs: number;
  let answer: () => Promise<object>;
  const counts = (waiting: string, worked: string) => ({
    Attributes: { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: worked },
  });
  const depth = () => {
    const send = ({ input }: any): Promise<object> => (asked.push(input), answer());
    return queueDepth("https://queue", () => new Date(nowMs), { send });
  };
  beforeEach(() => {
    asked = [];
    nowMs = 0;
    answer = async () => counts("40", "2");
  });

  it("counts messages that wait and messages that are worked on", async () => {
    assert.equal(await depth().read(), 42);
    const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
    assert.deepEqual(asked, [{ QueueUrl: "https://queue", AttributeNames }]);
  });

  it("asks once a second, and once for all that ask at the same time", async () => {
    const queue = depth();
    assert.deepEqual(await Promise.all([queue.read(), queue.read()]), [42, 42]);
    nowMs = 999;
    answer = async () => counts("7", "0");
    assert.deepEqual([await queue.read(), asked.length], [42, 1]);
    nowMs = 1000;
    assert.deepEqual([await queue.read(), asked.length], [7, 2]);
  });

  it("does not ask again while it waits for an answer", async () => {
    const queue = depth();
    let settle = (_: object): void => undefined;
    answer = () => new Promise((resolve) => (settle = resolve));
    const first = queue.read();
    nowMs = 5000;
    const second = queue.read();
    settle(counts("1", "0"));
    assert.deepEqual([await first, await second, asked.length], [1, 1, 1]);
  });

  it("rejects for a second when the queue is away, and then asks again", async () => {
    const queue = depth();
    answer = () => Promise.reject(new Error("away"));
    await assert.rejects(queue.read(), /away/);
    answer = async () => counts("3", "0");
    nowMs = 999;
    await assert.rejects(queue.read(), /away/);
    assert.equal(asked.length, 1);
    nowMs = 1000;
    assert.equal(await queue.read(), 3);
  });

  it("does not take silence for an empty queue", async () => {
    answer = async () => ({});
    await assert.rejects(depth().read(), /does not say how many messages/);
  });
});
