import assert from "node:assert/strict";
import { AwsError } from "../../../local/awsError";
import { BusFixture, throttled } from "./busFixture";

describe("the delivery of an event", () => {
  let bus: BusFixture;
  beforeEach(() => {
    bus = new BusFixture();
  });

  const attributes = (message: any): Record<string, string> =>
    Object.fromEntries(
      Object.entries<any>(message.MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
    );

  it("brings the whole event to a queue", async () => {
    await bus.queue("orders");
    await bus.withTarget({ arn: bus.queueArn });
    const { Entries } = await bus.put({ n: 1 });
    const [message] = await bus.messages("orders");
    assert.deepEqual(JSON.parse(message.Body), {
      version: "0",
      id: Entries[0].EventId,
      "detail-type": "Placed",
      source: "shop",
      account: "123456789012",
      time: "2026-01-01T00:00:00Z",
      region: "eu-central-1",
      resources: [],
      detail: { n: 1 },
    });
  });

  it("calls a function asynchronously, with the part or the form that the target asks for", async () => {
    await bus.withTarget({ arn: bus.functionArn, targetId: "part", inputPath: "$.detail" });
    await bus.target("placed", { arn: bus.functionArn, targetId: "constant", input: '{"fixed":true}' });
    const inputTransformer = { inputPaths: { n: "$.detail.n" }, inputTemplate: '{"number": <n>}' };
    await bus.target("placed", { arn: bus.functionArn, targetId: "form", inputTransformer });
    await bus.put({ n: 7 });
    assert.deepEqual(
      bus.invoked.map(({ payload }) => payload),
      [{ n: 7 }, { fixed: true }, { number: 7 }],
    );
  });

  it("writes a line to a log group", async () => {
    bus.logs.createGroup("/aws/events/shop");
    await bus.withTarget({ arn: "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/events/shop" });
    const lines: string[] = [];
    bus.feed.on("log", ({ group, message }) => lines.push(`${group} ${message}`));
    await bus.put({ n: 1 });
    assert.match(lines[0] ?? "", /^\/aws\/events\/shop \{"version":"0",.*"detail":\{"n":1\}\}$/);
  });

  it("goes on to another bus, and from there to no third", async () => {
    await bus.queue("orders");
    await bus.withTarget({ arn: "arn:aws:events:eu-central-1:123456789012:event-bus/second" });
    await bus.realise("eventBus:EventBus", { name: "second" });
    await bus.realise("eventBus:EventBus", { name: "third" });
    await bus.rule("all", { source: ["shop"] }, "second");
    await bus.target("all", { eventBusName: "second", targetId: "a", arn: bus.queueArn });
    await bus.target("all", {
      eventBusName: "second",
      targetId: "b",
      arn: "arn:aws:events:eu-central-1:123456789012:event-bus/third",
    });
    await bus.put();
    assert.equal((await bus.messages("orders")).length, 1);
    assert.deepEqual(
      bus.accepted.map((told) => told.bus),
      ["shop", "second"],
    );
    assert.match(bus.troubles[0]?.message ?? "", /THIRD_ACCOUNT_HOP_DETECTED/);
  });

  it("reaches the targets of matching, enabled rules only", async () => {
    await bus.withTarget({ arn: bus.functionArn }, { source: ["shop"], detail: { n: [{ numeric: [">", 1] }] } });
    await bus.put({ n: 1 });
    assert.equal(bus.invoked.length, 0);
    await bus.run("DisableRule", { Name: "placed", EventBusName: "shop" });
    await bus.put({ n: 2 });
    assert.equal(bus.invoked.length, 0);
    await bus.run("EnableRule", { Name: "placed", EventBusName: "shop" });
    await bus.put({ n: 2 });
    assert.equal(bus.invoked.length, 1);
  });

  it("is repeated after a failure that may pass, with growing waits", async () => {
    await bus.withTarget({ arn: bus.functionArn });
    bus.failures = [throttled(), new AwsError("ServiceException", "away", 503), throttled()];
    await bus.put();
    await bus.clock.advance(60);
    const times = bus.invoked.map(({ atMs }) => atMs - (bus.invoked[0]?.atMs ?? 0));
    assert.deepEqual(times, [0, 750, 2250, 5250]);
    assert.deepEqual(bus.troubles, []);
  });

  it("ends in the dead-letter queue when the attempts are used up", async () => {
    await bus.queue("dead");
    await bus.withTarget({
      arn: bus.functionArn,
      deadLetterConfig: { arn: bus.deadArn },
      retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 3600 },
    });
    bus.failures = Array.from({ length: 9 }, throttled);
    await bus.put({ n: 1 });
    await bus.clock.advance(60);
    const [message] = await bus.messages("dead");
    assert.deepEqual(attributes(message), {
      RULE_ARN: bus.ruleArn,
      TARGET_ARN: bus.functionArn,
      ERROR_CODE: "THROTTLING",
      ERROR_MESSAGE: "Rate Exceeded.",
      EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
      RETRY_ATTEMPTS: "2",
    });
    assert.deepEqual(JSON.parse(message.Body).detail, { n: 1 });
    assert.equal(bus.invoked.length, 3);
  });

  it("ends in the dead-letter queue when the event is too old", async () => {
    await bus.queue("dead");
    await bus.withTarget({
      arn: bus.functionArn,
      deadLetterConfig: { arn: bus.deadArn },
      retryPolicy: { maximumEventAgeInSeconds: 60 },
    });
    bus.failures = Array.from({ length: 200 }, throttled);
    await bus.put();
    await bus.clock.advance(120);
    const [message] = await bus.messages("dead");
    assert.equal(attributes(message)["EXHAUSTED_RETRY_CONDITION"], "MaximumEventAgeInSeconds");
    assert.ok((bus.invoked.at(-1)?.atMs ?? 0) - (bus.invoked[0]?.atMs ?? 0) <= 60_000);
  });

  it("goes on for a day and 185 attempts by default, then drops the event and says so", async () => {
    await bus.withTarget({ arn: bus.functionArn });
    bus.failures = Array.from({ length: 400 }, throttled);
    await bus.put();
    await bus.clock.advance(2 * 86_400);
    assert.ok(bus.invoked.length > 150 && bus.invoked.length <= 186, `${bus.invoked.length} attempts`);
    assert.match(bus.troubles[0]?.message ?? "", /dropped event .*THROTTLING/);
  });

  const hopeless: readonly [string, string, (fixture: BusFixture) => string][] = [
    ["a queue that does not exist", "NO_RESOURCE", (fixture) => fixture.queueArn],
    ["a log group that does not exist", "NO_RESOURCE", () => "arn:aws:logs:eu-central-1:123456789012:log-group:/none"],
    [
      "a function that has no permission for the rule",
      "NO_PERMISSIONS",
      (fixture) => ((fixture.permitted = false), fixture.functionArn),
    ],
    [
      "a function that is gone",
      "NO_RESOURCE",
      (fixture) => (fixture.failures.push(new AwsError("ResourceNotFoundException", "gone", 404)), fixture.functionArn),
    ],
    [
      "a request that the function's service refuses",
      "SDK_CLIENT_ERROR",
      (fixture) => (fixture.failures.push(new AwsError("RequestTooLargeException", "big", 413)), fixture.functionArn),
    ],
  ];
  for (const [what, code, prepare] of hopeless) {
    it(`is not repeated for ${what}`, async () => {
      await bus.queue("dead");
      await bus.withTarget({ arn: prepare(bus), deadLetterConfig: { arn: bus.deadArn } });
      await bus.put();
      const [message] = await bus.messages("dead");
      assert.equal(attributes(message)["ERROR_CODE"], code);
      assert.equal(attributes(message)["RETRY_ATTEMPTS"], "0");
      assert.equal(attributes(message)["EXHAUSTED_RETRY_CONDITION"], undefined);
    });
  }

  it("is not repeated for a queue whose policy does not let the rule in, and is lost when the dead-letter queue does not either", async () => {
    await bus.queue("orders");
    await bus.queue("dead");
    bus.queueOpen = false;
    await bus.withTarget({ arn: bus.queueArn, deadLetterConfig: { arn: bus.deadArn } });
    await bus.put();
    assert.deepEqual(await bus.messages("orders"), []);
    assert.deepEqual(await bus.messages("dead"), []);
    assert.match(
      bus.troubles[0]?.message ?? "",
      /lost event .*dead-letter queue failed: events\.amazonaws\.com is not authorized/,
    );
  });

  it("fails on a transformed input that is not JSON", async () => {
    await bus.queue("dead");
    const inputTransformer = { inputPaths: {}, inputTemplate: "{broken" };
    await bus.withTarget({ arn: bus.functionArn, inputTransformer, deadLetterConfig: { arn: bus.deadArn } });
    await bus.put();
    const [message] = await bus.messages("dead");
    assert.equal(attributes(message)["ERROR_CODE"], "INVALID_JSON");
  });

  it("ends when the runtime stops", async () => {
    await bus.withTarget({ arn: bus.functionArn });
    bus.failures = [throttled()];
    await bus.put();
    await bus.events.stop();
    await bus.clock.advance(600);
    assert.equal(bus.invoked.length, 1);
    assert.deepEqual(bus.troubles, []);
  });
});
