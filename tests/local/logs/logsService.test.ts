import assert from "node:assert/strict";
import { Feed } from "../../../local/feed";
import { LINES_PER_GROUP } from "../../../local/logs/logGroup";
import { LogsService } from "../../../local/logs/logsService";
import { ManualClock } from "../manualClock";
import { call, cloud, resource } from "../serviceFixture";

describe("the stand-in for CloudWatch Logs", () => {
  let clock: ManualClock;
  let feed: Feed;
  let logs: LogsService;
  beforeEach(() => {
    clock = new ManualClock();
    feed = new Feed();
    logs = new LogsService({ cloud, clock, feed });
  });

  const run = (operation: string, input: Record<string, unknown>): Promise<any> => call(logs, operation, input);
  const group = (inputs: Record<string, unknown>): Promise<void> =>
    logs.realise(resource(logs, "aws:cloudwatch/logGroup:LogGroup", inputs));
  const messages = async (input: Record<string, unknown>): Promise<string[]> =>
    (await run("FilterLogEvents", { logGroupName: "g", ...input })).events.map((event: any) => event.message);

  it("creates the declared group with its retention and ARN", async () => {
    await group({ name: "/aws/lambda/f", retentionInDays: 14 });
    const { logGroups } = await run("DescribeLogGroups", { logGroupNamePrefix: "/aws" });
    assert.equal(logGroups[0].retentionInDays, 14);
    assert.equal(logGroups[0].logGroupArn, "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/f");
  });

  it("refuses a retention that CloudWatch does not take", async () => {
    await assert.rejects(group({ name: "g", retentionInDays: 4 }), /retentionInDays must be one of/);
  });

  it("tells the feed of every line and creates groups that a writer needs", () => {
    const told: unknown[] = [];
    feed.on("log", (line) => told.push(line));
    logs.put("g", "s", 5, "hello");
    assert.deepEqual(told, [{ group: "g", stream: "s", timeMs: 5, message: "hello" }]);
    assert.ok(logs.hasGroup("g"));
  });

  it("answers lines by time across streams, within the given times, streams, pattern and limit", async () => {
    for (const [stream, time, message] of [
      ["a", 30, "three"],
      ["b", 10, "one"],
      ["a", 20, "two"],
    ] as const) {
      logs.put("g", stream, time, message);
    }
    assert.deepEqual(await messages({}), ["one", "two", "three"]);
    assert.deepEqual(await messages({ startTime: 20, endTime: 30 }), ["two", "three"]);
    assert.deepEqual(await messages({ logStreamNamePrefix: "b" }), ["one"]);
    assert.deepEqual(await messages({ logStreamNames: ["a"] }), ["two", "three"]);
    assert.deepEqual(await messages({ filterPattern: "?one ?three" }), ["one", "three"]);
    assert.deepEqual(await messages({ limit: 1 }), ["one"]);
  });

  it("goes on where the page ended, also when lines share a time", async () => {
    for (let i = 0; i < 5; i++) logs.put("g", "s", 7, `${i}`);
    const first = await run("FilterLogEvents", { logGroupName: "g", limit: 3 });
    const second = await run("FilterLogEvents", { logGroupName: "g", limit: 3, nextToken: first.nextToken });
    assert.deepEqual(
      [...first.events, ...second.events].map((event: any) => event.message),
      ["0", "1", "2", "3", "4"],
    );
    assert.equal(second.nextToken, undefined);
  });

  it("forgets a group that is deleted, with its lines", async () => {
    logs.put("g", "s", 5, "hello");
    await run("DeleteLogGroup", { logGroupName: "g" });
    assert.equal(logs.hasGroup("g"), false);
    await assert.rejects(run("DeleteLogGroup", { logGroupName: "g" }), { code: "ResourceNotFoundException" });
    await run("CreateLogGroup", { logGroupName: "g" });
    assert.deepEqual(await messages({}), []);
  });

  it("hides lines older than the retention", async () => {
    await group({ name: "g", retentionInDays: 1 });
    logs.put("g", "s", clock.now() - 25 * 3_600_000, "old");
    logs.put("g", "s", clock.now(), "young");
    assert.deepEqual(await messages({}), ["young"]);
    await clock.advance(24 * 3_600 + 1);
    assert.deepEqual(await messages({}), []);
  });

  it("keeps the newest lines when a group is full", async () => {
    for (let i = 0; i <= LINES_PER_GROUP; i++) logs.put("g", "s", i, `${i}`);
    assert.deepEqual(await messages({ limit: 1 }), ["1"]);
  });

  it("refuses a pattern that it cannot read, naming it", async () => {
    logs.put("g", "s", 1, "x");
    await assert.rejects(messages({ filterPattern: "[a, b]" }), {
      code: "InvalidParameterException",
      message: /Space-delimited/,
    });
  });

  it("refuses parameters that it does not know by name", async () => {
    await assert.rejects(messages({ colour: "red" }), { code: "InvalidParameterException", message: /colour/ });
  });

  it("says that a group does not exist", async () => {
    await assert.rejects(messages({}), { code: "ResourceNotFoundException" });
  });

  it("takes events of a caller into an existing stream, without those that are too old or too new", async () => {
    await run("CreateLogGroup", { logGroupName: "g" });
    const event = (timestamp: number, message: string): object => ({ timestamp: Math.floor(timestamp), message });
    const now = clock.now();
    const put = {
      logGroupName: "g",
      logStreamName: "s",
      logEvents: [event(now, "a"), event(now + 3 * 3_600_000, "b")],
    };
    await assert.rejects(run("PutLogEvents", put), { code: "ResourceNotFoundException" });
    await run("CreateLogStream", { logGroupName: "g", logStreamName: "s" });
    await assert.rejects(run("CreateLogStream", { logGroupName: "g", logStreamName: "s" }), {
      code: "ResourceAlreadyExistsException",
    });
    const answer = await run("PutLogEvents", put);
    assert.deepEqual(answer.rejectedLogEventsInfo, { tooNewLogEventStartIndex: 1 });
    assert.deepEqual(await messages({}), ["a"]);
    await assert.rejects(run("PutLogEvents", { ...put, logEvents: [event(now, "b"), event(now - 1, "a")] }), {
      message: /chronological/,
    });
  });

  it("reads a stream forwards and backwards, and repeats the token at the end", async () => {
    for (let i = 0; i < 4; i++) logs.put("g", "s", i, `${i}`);
    const get = (input: object): Promise<any> =>
      run("GetLogEvents", { logGroupName: "g", logStreamName: "s", limit: 2, ...input });
    const texts = (page: any): string[] => page.events.map((event: any) => event.message);
    const newest = await get({});
    assert.deepEqual(texts(newest), ["2", "3"]);
    const older = await get({ nextToken: newest.nextBackwardToken });
    assert.deepEqual(texts(older), ["0", "1"]);
    assert.deepEqual(texts(await get({ startTime: 1, endTime: 2 })), ["1"], "endTime is excluded");
    const head = await get({ startFromHead: true });
    assert.deepEqual(texts(head), ["0", "1"]);
    const end = await get({ nextToken: newest.nextForwardToken });
    assert.deepEqual(texts(end), []);
    assert.equal(end.nextForwardToken, newest.nextForwardToken);
  });

  it("lists streams by name or by last event", async () => {
    logs.put("g", "a", 9, "x");
    logs.put("g", "b", 5, "x");
    const names = async (input: object): Promise<string[]> =>
      (await run("DescribeLogStreams", { logGroupName: "g", ...input })).logStreams.map((s: any) => s.logStreamName);
    assert.deepEqual(await names({}), ["a", "b"]);
    assert.deepEqual(await names({ orderBy: "LastEventTime" }), ["b", "a"]);
    assert.deepEqual(await names({ limit: 1, descending: true }), ["b"]);
  });
});
