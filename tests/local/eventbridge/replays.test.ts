import assert from "node:assert/strict";
import { BusFixture } from "./busFixture";

describe("an archive and its replay", () => {
  let bus: BusFixture;
  const busArn = "arn:aws:events:eu-central-1:123456789012:event-bus/shop";
  const archiveArn = "arn:aws:events:eu-central-1:123456789012:archive/kept";
  beforeEach(async () => {
    bus = new BusFixture();
    await bus.withTarget({ arn: bus.functionArn });
  });

  const archive = (inputs: object = {}): Promise<void> =>
    bus.realise("eventArchive:EventArchive", { name: "kept", eventSourceArn: busArn, ...inputs });
  const count = async (): Promise<number> => (await bus.run("DescribeArchive", { ArchiveName: "kept" })).EventCount;
  const seconds = (): number => bus.clock.now() / 1000;
  const replay = (input: object = {}): Promise<any> =>
    bus.run("StartReplay", {
      ReplayName: "again",
      EventSourceArn: archiveArn,
      EventStartTime: seconds() - 3600,
      EventEndTime: seconds(),
      Destination: { Arn: busArn },
      ...input,
    });

  it("keeps the events that match its pattern, for its retention", async () => {
    await archive({ eventPattern: JSON.stringify({ detail: { keep: [true] } }), retentionDays: 1 });
    await bus.put({ keep: true });
    await bus.put({ keep: false });
    assert.equal(await count(), 1);
    await bus.clock.advance(86_401);
    assert.equal(await count(), 0);
  });

  it("sends the events of the asked time again, marked, and does not archive them twice", async () => {
    await archive();
    await bus.put({ n: 1 });
    await bus.clock.advance(3600);
    await bus.put({ n: 2 });
    await bus.clock.advance(10);
    bus.invoked.length = 0;
    assert.equal((await replay({ EventStartTime: seconds() - 60 })).State, "STARTING");
    await bus.clock.advance(2);
    assert.equal((await bus.run("DescribeReplay", { ReplayName: "again" })).State, "COMPLETED");
    assert.deepEqual(
      bus.invoked.map(({ payload }) => [payload.detail.n, payload["replay-name"]]),
      [[2, "again"]],
    );
    assert.equal(await count(), 2);
    await assert.rejects(replay(), { code: "ResourceAlreadyExistsException" });
  });

  it("reaches the asked rules only", async () => {
    await archive();
    await bus.put();
    await bus.clock.advance(1);
    bus.invoked.length = 0;
    await replay({ Destination: { Arn: busArn, FilterArns: [`${bus.ruleArn}-other`] } });
    await bus.clock.advance(2);
    assert.equal(bus.invoked.length, 0);
  });

  it("ends when cancelled", async () => {
    await archive();
    await bus.put();
    await bus.clock.advance(1);
    bus.invoked.length = 0;
    await replay();
    assert.equal((await bus.run("CancelReplay", { ReplayName: "again" })).State, "CANCELLED");
    await bus.clock.advance(5);
    assert.equal(bus.invoked.length, 0);
    await assert.rejects(bus.run("CancelReplay", { ReplayName: "again" }), { code: "IllegalStatusException" });
  });

  it("goes to no other bus, and needs an archive and a time", async () => {
    await archive();
    await assert.rejects(replay({ Destination: { Arn: `${busArn}2` } }), /Cross event bus replay/);
    await assert.rejects(replay({ EventSourceArn: `${archiveArn}2` }), { code: "ResourceNotFoundException" });
    await assert.rejects(replay({ EventEndTime: 0 }), /later than EventStartTime/);
  });
});
