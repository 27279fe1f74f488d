import assert from "node:assert/strict";
import { AwsError } from "../../../local/awsError";
import { Clock } from "../../../local/clock";
import { Feed } from "../../../local/feed";
import type { QueueMappingSettings } from "../../../local/lambda/mappingKind";
import { QueueMapping } from "../../../local/lambda/queueMapping";
import { FakeInvoker, until } from "./fakeInvoker";
import { FakeQueue } from "./fakeSources";

const settings: QueueMappingSettings = {
  kind: "queue",
  name: "mapping",
  uuid: "1",
  eventSourceArn: "arn:aws:sqs:eu-central-1:000000000000:orders",
  functionName: "consume",
  enabled: true,
  batchSize: 10,
  windowSeconds: 0,
  reportsItemFailures: true,
  maximumConcurrency: 5,
};

describe("Queue mapping", () => {
  let clock: Clock;
  let queue: FakeQueue;
  let mapping: QueueMapping | undefined;

  beforeEach(() => {
    clock = new Clock(Infinity);
    queue = new FakeQueue(clock);
  });

  afterEach(() => {
    mapping?.stop();
    clock.stop();
  });

  const run = (behave?: (ids: readonly string[]) => unknown, changes: Partial<QueueMappingSettings> = {}) => {
    const invoker = new FakeInvoker(clock, ({ messageId }) => messageId, behave);
    const parts = { settings: { ...settings, ...changes }, queue, invoker, region: "eu-central-1", clock };
    mapping = new QueueMapping({ ...parts, feed: new Feed() });
    mapping.start();
    return invoker;
  };

  const failures = (...ids: readonly unknown[]) => ({
    batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
  });

  it("sends messages as AWS does and deletes what was handled", async () => {
    const invoker = run();
    queue.put("a");
    await until(() => queue.ids.length === 0);
    assert.deepEqual(invoker.events, [
      {
        Records: [
          {
            messageId: "a",
            receiptHandle: "a/1",
            body: "body of a",
            attributes: { ApproximateReceiveCount: "1", SentTimestamp: "0" },
            messageAttributes: {
              kind: { dataType: "String", stringValue: "order", stringListValues: [], binaryListValues: [] },
            },
            md5OfBody: "md5",
            eventSource: "aws:sqs",
            eventSourceARN: queue.arn,
            awsRegion: "eu-central-1",
          },
        ],
      },
    ]);
  });

  it("fills batches with what is there, receiving ten at a time", async () => {
    queue.put(...Array.from({ length: 25 }, (_, index) => String(index)));
    const invoker = run(undefined, { batchSize: 20 });
    await until(() => queue.ids.length === 0);
    assert.deepEqual(
      invoker.calls.map(({ length }) => length),
      [20, 5],
    );
  });

  it("has no more batches in flight than its maximum concurrency", async () => {
    queue.put(...Array.from({ length: 9 }, (_, index) => String(index)));
    const invoker = run(() => clock.sleep(1), { batchSize: 1, maximumConcurrency: 2 });
    await until(() => queue.ids.length === 0);
    assert.equal(invoker.mostRunning, 2);
    assert.equal(invoker.calls.length, 9);
  });

  it("gathers a batch for as long as its window", async () => {
    const invoker = run(undefined, { windowSeconds: 20, batchSize: 3 });
    queue.put("a");
    queue.put("b");
    assert.deepEqual(invoker.calls, []);
    await until(() => queue.ids.length === 0);
    assert.deepEqual(invoker.calls, [["a", "b"]]);
    queue.put("c", "d", "e", "f");
    assert.deepEqual(invoker.calls[1], ["c", "d", "e"]);
  });

  it("keeps the messages that the function says have failed, until their visibility timeout ends", async () => {
    const invoker = run((ids) => (invoker.calls.length === 1 ? failures("b") : failures(...ids.slice(1))));
    const startedMs = clock.now();
    queue.put("a", "b", "c");
    await until(() => invoker.calls.length === 1 && queue.ids.length === 1);
    assert.deepEqual(queue.ids, ["b"]);
    await until(() => queue.ids.length === 0);
    assert.deepEqual(invoker.calls, [["a", "b", "c"], ["b"]]);
    assert.ok(clock.now() - startedMs >= 30_000);
  });

  it("keeps the whole batch when the function throws", async () => {
    const invoker = run(() => {
      if (invoker.calls.length === 1) throw new Error("broken");
    });
    queue.put("a", "b");
    await until(() => queue.ids.length === 0);
    assert.deepEqual(invoker.calls[0], ["a", "b"]);
    assert.deepEqual(invoker.calls.slice(1).flat(), ["a", "b"]);
  });

  for (const [what, response] of [
    ["names no message of the batch", failures("z")],
    ["has an empty identifier", failures("")],
    ["has no identifier", { batchItemFailures: [{ id: "a" }] }],
    ["lists null", { batchItemFailures: [null] }],
    ["has no list", { batchItemFailures: "a" }],
    ["is a text", "ok"],
  ] as const) {
    it(`keeps the whole batch when the response ${what}`, async () => {
      const invoker = run(() => (invoker.calls.length === 1 ? response : null));
      queue.put("a", "b");
      await until(() => queue.ids.length === 0);
      assert.deepEqual(invoker.calls.slice(1).flat(), ["a", "b"]);
    });
  }

  for (const response of [null, {}, { batchItemFailures: null }, { batchItemFailures: [] }]) {
    it(`takes ${JSON.stringify(response)} as success`, async () => {
      const invoker = run(() => response);
      queue.put("a");
      await until(() => queue.ids.length === 0);
      assert.equal(invoker.calls.length, 1);
    });
  }

  it("takes no notice of item failures unless it is told to", async () => {
    const invoker = run(() => failures("a"), { reportsItemFailures: false });
    queue.put("a");
    await until(() => queue.ids.length === 0);
    assert.equal(invoker.calls.length, 1);
  });

  it("returns a batch that could not be delivered for want of concurrency", async () => {
    const invoker = run(() => {
      if (invoker.calls.length === 1) throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
    });
    queue.put("a");
    await until(() => queue.ids.length === 0);
    assert.deepEqual(invoker.calls, [["a"], ["a"]]);
  });

  it("splits a batch that is too large for one call", async () => {
    const invoker = run();
    queue.kept.push(
      ...["a", "b", "c"].map((id) => ({ id, body: "x".repeat(3_000_000), receives: 0, handle: "", visible: true })),
    );
    queue.put("d");
    await until(() => queue.ids.length === 0);
    assert.deepEqual(invoker.calls, [
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("receives nothing while it is stopped", async () => {
    const invoker = run();
    mapping?.stop();
    queue.put("a");
    await clock.sleep(1_000);
    assert.deepEqual(invoker.calls, []);
    mapping?.start();
    await until(() => queue.ids.length === 0);
  });
});
