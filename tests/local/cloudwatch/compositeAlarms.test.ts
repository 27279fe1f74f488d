import assert from "node:assert/strict";
import { CloudWatchBench, TOPIC } from "./cloudWatchFixture";

describe("composite alarms", () => {
  let bench: CloudWatchBench;

  beforeEach(async () => {
    bench = new CloudWatchBench();
    for (const name of ["a", "b", "maintenance"])
      await bench.alarm({ name, metricName: name, treatMissingData: "ignore" });
  });
  afterEach(() => bench.service.stop());

  async function composed(inputs: Record<string, unknown> = {}): Promise<void> {
    const actions = { alarmActions: [TOPIC], okActions: [TOPIC] };
    await bench.composite({ alarmName: "shop", alarmRule: "ALARM(a) OR ALARM(b)", ...actions, ...inputs });
    await bench.service.start();
    await bench.clock.advance(0);
    bench.published.length = 0;
    bench.turns.length = 0;
  }

  async function turn(AlarmName: string, StateValue: "OK" | "ALARM"): Promise<void> {
    await bench.call("SetAlarmState", { AlarmName, StateValue, StateReason: "a test" });
    await bench.clock.advance(0);
  }

  const told = (): string[] => bench.published.map(({ message }) => `${message.AlarmName} ${message.NewStateValue}`);

  it("are evaluated when they are made", async () => {
    await composed();
    assert.equal(bench.state("shop"), "OK");
    assert.match(String(bench.reason("shop")), /:alarm:shop was created and its alarm rule evaluates to OK$/);
  });

  it("follow the alarms that they watch at once, and name the one that turned", async () => {
    await composed();
    await bench.clock.advance(30);
    await turn("a", "ALARM");
    await turn("b", "ALARM");
    assert.deepEqual(bench.turns, [
      "a: INSUFFICIENT_DATA -> ALARM",
      "shop: OK -> ALARM",
      "b: INSUFFICIENT_DATA -> ALARM",
    ]);
    const arn = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:a";
    assert.equal(bench.reason("shop"), `${arn} transitioned to ALARM at Thursday 01 January, 2026 00:00:30 UTC`);
    const [{ message } = assert.fail()] = bench.published;
    assert.equal(message.AlarmRule, "ALARM(a) OR ALARM(b)");
    assert.deepEqual(message.TriggeringChildren, [
      { Arn: arn, State: { Value: "ALARM", Timestamp: "2026-01-01T00:00:30.000+0000" } },
    ]);
    assert.equal(message.Trigger, undefined);
  });

  it("watch composite alarms too, by ARN as by name", async () => {
    await bench.composite({ alarmName: "inner", alarmRule: "ALARM(a) AND ALARM(b)" });
    const arn = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:inner";
    await composed({ alarmName: "outer", alarmRule: `ALARM("${arn}")` });
    await turn("a", "ALARM");
    assert.equal(bench.state("outer"), "OK");
    await turn("b", "ALARM");
    assert.equal(bench.state("outer"), "ALARM");
  });

  it("must not name alarms that there are not", async () => {
    await assert.rejects(composed({ alarmRule: "ALARM(unknown)" }), /thing: there is no alarm unknown/);
    const actionsSuppressor = { alarm: "unknown", waitPeriod: 0, extensionPeriod: 0 };
    await assert.rejects(composed({ actionsSuppressor }), /there is no alarm unknown/);
  });

  // The examples of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
  describe("with a suppressor, a wait of 2 and an extension of 3 minutes", () => {
    const actionsSuppressor = { alarm: "maintenance", waitPeriod: 120, extensionPeriod: 180 };
    beforeEach(() => composed({ actionsSuppressor }));
    const minutes = (count: number): Promise<void> => bench.clock.advance(count * 60);
    const suppressedBy = async (): Promise<unknown> => {
      const { CompositeAlarms } = await bench.call("DescribeAlarms", { AlarmTypes: ["CompositeAlarm"] });
      return CompositeAlarms[0].ActionsSuppressedBy;
    };

    /** A new suppressed alarm acts on its first state too, once its wait is over. */
    beforeEach(async () => {
      await minutes(2);
      bench.published.length = 0;
    });

    it("act after the wait, when the suppressor stays quiet", async () => {
      await turn("a", "ALARM");
      assert.equal(await suppressedBy(), "WaitPeriod");
      await bench.clock.advance(119);
      assert.deepEqual(told(), []);
      await bench.clock.advance(1);
      assert.deepEqual([told(), await suppressedBy()], [["shop ALARM"], undefined]);
    });

    it("do not act when the suppressor goes off during the wait", async () => {
      await turn("a", "ALARM");
      await minutes(1);
      await turn("maintenance", "ALARM");
      await minutes(60);
      assert.deepEqual([told(), await suppressedBy()], [[], "Alarm"]);
    });

    it("begin a new wait when they turn back during the wait", async () => {
      await turn("a", "ALARM");
      await minutes(1);
      await turn("a", "OK");
      await bench.clock.advance(119);
      assert.deepEqual(told(), []);
      await bench.clock.advance(1);
      assert.deepEqual(told(), ["shop OK"]);
    });

    it("do not act while the suppressor is in ALARM already", async () => {
      await turn("maintenance", "ALARM");
      await turn("a", "ALARM");
      await minutes(60);
      assert.deepEqual([told(), await suppressedBy()], [[], "Alarm"]);
    });

    it("act after the extension, when they are still off then", async () => {
      await turn("maintenance", "ALARM");
      await turn("a", "ALARM");
      await minutes(4);
      await turn("maintenance", "OK");
      assert.equal(await suppressedBy(), "ExtensionPeriod");
      await bench.clock.advance(179);
      assert.deepEqual(told(), []);
      await bench.clock.advance(1);
      assert.deepEqual(told(), ["shop ALARM"]);
    });

    it("wait anew when they turn during the extension", async () => {
      await turn("maintenance", "ALARM");
      await turn("a", "ALARM");
      await turn("maintenance", "OK");
      await minutes(1);
      await turn("a", "OK");
      assert.equal(await suppressedBy(), "WaitPeriod");
      await minutes(2);
      assert.deepEqual(told(), ["shop OK"]);
    });
  });
});
