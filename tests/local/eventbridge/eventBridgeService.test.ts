import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resource } from "../serviceFixture";
import { BusFixture } from "./busFixture";

describe("the stand-in for EventBridge", () => {
  let bus: BusFixture;
  beforeEach(() => {
    bus = new BusFixture();
  });

  describe("PutEvents", () => {
    beforeEach(() => bus.realise("eventBus:EventBus", { name: "shop" }));
    const entry = (more: object = {}): object => ({
      Source: "shop",
      DetailType: "T",
      Detail: "{}",
      EventBusName: "shop",
      ...more,
    });

    it("tells the feed of each accepted event, with its time and resources", async () => {
      await bus.put({ n: 1 }, { Time: 1_700_000_000, Resources: ["r"] });
      assert.equal(bus.accepted[0]?.bus, "shop");
      assert.equal(bus.accepted[0]?.event.time, "2023-11-14T22:13:20Z");
      assert.deepEqual(bus.accepted[0]?.event.resources, ["r"]);
    });

    const refused: readonly [string, object, string][] = [
      ["no source", { Source: undefined }, "InvalidArgument"],
      ["no detail type", { DetailType: "" }, "InvalidArgument"],
      ["no detail", { Detail: undefined }, "InvalidArgument"],
      ["a detail that is not JSON", { Detail: "{" }, "MalformedDetail"],
      ["a detail that is not an object", { Detail: "[]" }, "MalformedDetail"],
      ["a detail type beyond 128 characters", { DetailType: "x".repeat(129) }, "InvalidArgument"],
      ["a source of AWS", { Source: "aws.s3" }, "NotAuthorizedForSourceException"],
    ];
    for (const [what, fields, code] of refused) {
      it(`refuses an entry with ${what}, and takes the others`, async () => {
        const { FailedEntryCount, Entries } = await bus.run("PutEvents", {
          Entries: [entry(), entry(fields), entry()],
        });
        assert.equal(FailedEntryCount, 1);
        assert.deepEqual(
          Entries.map((result: any) => result.ErrorCode),
          [undefined, code, undefined],
        );
        assert.equal(bus.accepted.length, 2);
      });
    }

    it("throttles one entry and takes its neighbours", async () => {
      bus.throttled = ["Much"];
      const Entries = [entry(), entry({ DetailType: "Much" }), entry()];
      const answer = await bus.run("PutEvents", { Entries });
      assert.equal(answer.FailedEntryCount, 1);
      const codes = answer.Entries.map((result: any) => result.ErrorCode);
      assert.deepEqual(codes, [undefined, "ThrottlingException", undefined]);
      assert.equal(bus.accepted.length, 2);
    });

    it("takes one to ten entries of at most a mebibyte", async () => {
      const put = (Entries: object[]): Promise<any> => bus.run("PutEvents", { Entries });
      await assert.rejects(put([]), { code: "ValidationException" });
      await assert.rejects(put(Array.from({ length: 11 }, () => entry())), /less than or equal to 10/);
      const Detail = JSON.stringify({ text: "x".repeat(600_000) });
      await put([entry({ Detail })]);
      await assert.rejects(put([entry({ Detail }), entry({ Detail })]), /Total size/);
      await assert.rejects(put([entry({ EndpointId: "e" })]), /EndpointId/);
    });

    it("accepts an event for a bus that does not exist, and says that it is lost", async () => {
      const { FailedEntryCount } = await bus.put({}, { EventBusName: "nobody" });
      assert.equal(FailedEntryCount, 0);
      assert.match(bus.troubles[0]?.where ?? "", /nobody/);
    });

    it("takes a bus by its ARN, and the default bus without a name", async () => {
      await bus.put({}, { EventBusName: "arn:aws:events:eu-central-1:123456789012:event-bus/shop" });
      await bus.put({}, { EventBusName: undefined });
      assert.deepEqual(
        bus.accepted.map((told) => told.bus),
        ["shop", "default"],
      );
    });
  });

  describe("resources", () => {
    it("gives buses, rules and targets their ARNs and ids", () => {
      const outputs = (type: string, inputs: object): any =>
        resource(bus.events, `aws:cloudwatch/${type}`, { ...inputs }).outputs;
      assert.equal(
        outputs("eventBus:EventBus", { name: "shop" }).arn,
        "arn:aws:events:eu-central-1:123456789012:event-bus/shop",
      );
      assert.equal(
        outputs("eventRule:EventRule", { name: "r", eventBusName: "shop" }).arn,
        "arn:aws:events:eu-central-1:123456789012:rule/shop/r",
      );
      assert.equal(
        outputs("eventRule:EventRule", { name: "r" }).arn,
        "arn:aws:events:eu-central-1:123456789012:rule/r",
      );
      assert.equal(outputs("eventTarget:EventTarget", { rule: "r", arn: "x", targetId: "t" }).id, "r-t");
      assert.equal(
        outputs("eventArchive:EventArchive", { name: "a" }).arn,
        "arn:aws:events:eu-central-1:123456789012:archive/a",
      );
    });

    it("refuses an invalid pattern with the service's own words", async () => {
      await assert.rejects(
        bus.realise("eventRule:EventRule", { name: "r", eventPattern: '{"source":"x"}' }),
        /^Error: thing: InvalidEventPatternException: Event pattern is not valid. Reason: "source" must be an object or an array$/,
      );
    });

    const refusedRules: readonly [string, Record<string, unknown>, RegExp][] = [
      ["neither pattern nor schedule", {}, /needs an eventPattern or a scheduleExpression/],
      ["a cron schedule", { scheduleExpression: "cron(0 12 * * ? *)" }, /no stand-in for the schedule cron/],
      ["a rate in the wrong number", { scheduleExpression: "rate(1 minutes)" }, /not valid/],
      ["a schedule on another bus", { scheduleExpression: "rate(1 minute)", eventBusName: "shop" }, /default bus only/],
      ["an unknown state", { eventPattern: '{"a":[1]}', state: "ON" }, /state must be one of/],
      [
        "a bus that does not exist",
        { eventPattern: '{"a":[1]}', eventBusName: "nobody" },
        /Event bus nobody does not exist/,
      ],
    ];
    for (const [what, inputs, message] of refusedRules) {
      it(`refuses a rule with ${what}`, async () => {
        await bus.realise("eventBus:EventBus", { name: "shop" });
        await assert.rejects(bus.realise("eventRule:EventRule", { name: "r", ...inputs }), message);
      });
    }

    const refusedTargets: readonly [string, Record<string, unknown>, RegExp][] = [
      [
        "a service without stand-in",
        { arn: "arn:aws:kinesis:eu-central-1:123456789012:stream/x" },
        /no stand-in for arn:aws:kinesis/,
      ],
      ["a FIFO queue", { arn: "arn:aws:sqs:eu-central-1:123456789012:x.fifo" }, /FIFO/],
      ["two forms of input", { input: "{}", inputPath: "$.detail" }, /only one of/],
      ["an input that is not JSON", { input: "{" }, /input must be JSON/],
      [
        "too many attempts",
        { retryPolicy: { maximumRetryAttempts: 186 } },
        /maximumRetryAttempts must be a whole number from 0 to 185/,
      ],
      ["too short an age", { retryPolicy: { maximumEventAgeInSeconds: 59 } }, /from 60 to 86400/],
      [
        "a dead-letter queue that is a topic",
        { deadLetterConfig: { arn: "arn:aws:sns:eu-central-1:123456789012:x" } },
        /deadLetterConfig.arn/,
      ],
      ["a rule that does not exist", { rule: "nobody" }, /Rule nobody on EventBus shop does not exist/],
      [
        "its own bus",
        { arn: "arn:aws:events:eu-central-1:123456789012:event-bus/shop" },
        /cannot be the target of its own rule/,
      ],
    ];
    for (const [what, inputs, message] of refusedTargets) {
      it(`refuses a target with ${what}`, async () => {
        await bus.realise("eventBus:EventBus", { name: "shop" });
        await bus.rule("placed", { source: ["shop"] });
        await assert.rejects(bus.target("placed", { arn: bus.queueArn, ...inputs }), message);
      });
    }

    it("knows which inputs of a target it does not act on", () => {
      const typings =
        readFileSync("node_modules/@pulumi/aws/cloudwatch/eventTarget.d.ts", "utf8").split(
          "interface EventTargetArgs",
        )[1] ?? "";
      const inputs = [...typings.matchAll(/^ {4}(\w+)\??:/gm)].map(([, name]) => name ?? "");
      const kind = bus.events.kinds.find(({ type }) => type.endsWith(":EventTarget"));
      const known = [...(kind?.honours ?? []), ...(kind?.withoutLocalEffect ?? [])];
      assert.deepEqual(inputs.filter((input) => !known.includes(input)).sort(), [
        "appsyncTarget",
        "batchTarget",
        "ecsTarget",
        "httpTarget",
        "kinesisTarget",
        "redshiftTarget",
        "runCommandTargets",
        "sagemakerPipelineTarget",
        "sqsTarget",
      ]);
      assert.deepEqual(
        known.filter((input) => !inputs.includes(input)),
        [],
      );
    });

    it("allows five targets a rule", async () => {
      await bus.withTarget({ arn: bus.queueArn, targetId: "0" });
      for (const targetId of ["1", "2", "3", "4"]) await bus.target("placed", { arn: bus.queueArn, targetId });
      await assert.rejects(bus.target("placed", { arn: bus.queueArn, targetId: "5" }), /has 5 targets/);
    });
  });

  describe("reading", () => {
    it("describes buses, rules and targets as they were declared", async () => {
      await bus.withTarget({ arn: bus.queueArn, targetId: "t", inputPath: "$.detail" });
      await bus.realise("eventBusPolicy:EventBusPolicy", { eventBusName: "shop", policy: "{}" });
      assert.equal((await bus.run("DescribeEventBus", { Name: "shop" })).Policy, "{}");
      const { EventBuses } = await bus.run("ListEventBuses");
      assert.deepEqual(
        EventBuses.map((one: any) => one.Name),
        ["default", "shop"],
      );
      const { Rules } = await bus.run("ListRules", { EventBusName: "shop" });
      assert.deepEqual(Rules[0], await bus.run("DescribeRule", { Name: "placed", EventBusName: "shop" }));
      assert.equal(Rules[0].EventPattern, '{"source":["shop"]}');
      const { Targets } = await bus.run("ListTargetsByRule", { Rule: "placed", EventBusName: "shop" });
      assert.deepEqual(Targets[0], {
        Id: "t",
        Arn: bus.queueArn,
        InputPath: "$.detail",
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      });
      await assert.rejects(bus.run("DescribeRule", { Name: "nobody" }), { code: "ResourceNotFoundException" });
    });

    it("lists in pages", async () => {
      for (const name of ["b", "a", "c"]) await bus.realise("eventBus:EventBus", { name });
      const first = await bus.run("ListEventBuses", { Limit: 3 });
      const second = await bus.run("ListEventBuses", { Limit: 3, NextToken: first.NextToken });
      assert.deepEqual(
        [...first.EventBuses, ...second.EventBuses].map((one: any) => one.Name),
        ["a", "b", "c", "default"],
      );
      assert.equal(second.NextToken, undefined);
    });

    it("tests a pattern against an event", async () => {
      const event = {
        id: "1",
        account: "1",
        source: "s",
        time: "2026-01-01T00:00:00Z",
        region: "r",
        resources: [],
        "detail-type": "T",
      };
      const test = (EventPattern: string, Event: object = event): Promise<any> =>
        bus.run("TestEventPattern", { EventPattern, Event: JSON.stringify(Event) });
      assert.deepEqual(await test('{"source":["s"]}'), { Result: true });
      assert.deepEqual(await test('{"source":["t"]}'), { Result: false });
      await assert.rejects(test("{}"), { code: "InvalidEventPatternException" });
      await assert.rejects(test('{"source":["s"]}', { id: "1" }), /no field account/);
    });
  });

  it("runs a rate schedule on the clock, to its own targets only", async () => {
    await bus.realise("eventRule:EventRule", { name: "tick", scheduleExpression: "rate(5 minutes)" });
    await bus.realise("eventRule:EventRule", { name: "all", eventPattern: '{"source":["aws.events"]}' });
    await bus.target("tick", { eventBusName: "default", arn: bus.functionArn });
    await bus.target("all", { eventBusName: "default", arn: bus.queueArn });
    await bus.clock.advance(600);
    assert.equal(bus.invoked.length, 0, "nothing runs before the start");
    await bus.events.start();
    await bus.clock.advance(601);
    assert.equal(bus.invoked.length, 2);
    assert.equal(bus.invoked[0]?.payload["detail-type"], "Scheduled Event");
    assert.deepEqual(bus.invoked[0]?.payload.resources, ["arn:aws:events:eu-central-1:123456789012:rule/tick"]);
    assert.deepEqual(bus.troubles, []);
    await bus.run("DisableRule", { Name: "tick" });
    await bus.clock.advance(600);
    assert.equal(bus.invoked.length, 2);
    await bus.events.stop();
  });
});
