import assert from "node:assert/strict";
import type { CompositeAlarm, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { alarmsText, alarmText, historyText } from "../../../cli/alarms/alarmsText";
import { compositeAlarmOf, metricAlarmOf } from "../../../cli/alarms/describeAlarm";
import { worstFirst, type Happening } from "../../../cli/alarms/stackAlarm";
import { stackNames } from "../../../cli/alarms/stackNames";
import type { StackOutputs } from "../../../cli/stackOutputs";

const changedAt = new Date("2026-11-20T10:00:00Z");
const NOW_MS = Date.parse("2026-11-20T10:03:05Z");

const AGE: MetricAlarm = {
  AlarmName: "orderflow-dev-order-queue-age",
  AlarmDescription: "Orders wait.",
  StateValue: "ALARM",
  StateReason: "Threshold Crossed: 2 datapoints\nwere greater.",
  StateTransitionedTimestamp: changedAt,
  ActionsEnabled: true,
  ...{ Namespace: "AWS/SQS", MetricName: "Age", Statistic: "Maximum", Dimensions: [{ Name: "QueueName", Value: "q" }] },
  ...{ ComparisonOperator: "GreaterThanThreshold", Threshold: 180, Period: 60, EvaluationPeriods: 3 },
  ...{ DatapointsToAlarm: 2, TreatMissingData: "notBreaching" },
};
const ERRORS: MetricAlarm = {
  ...{ AlarmName: "orderflow-dev-errors", StateValue: "OK", StateReason: "fine", StateUpdatedTimestamp: changedAt },
  ...{ ComparisonOperator: "LessThanThreshold", Threshold: 1, EvaluationPeriods: 1, ActionsEnabled: false },
  Metrics: [
    { Id: "m1", MetricStat: { Metric: { Namespace: "AWS/Lambda", MetricName: "Errors" }, Period: 300, Stat: "Sum" } },
    { Id: "watched", Expression: "SUM([m1])", ReturnData: true },
  ],
};
const MAIL: CompositeAlarm = {
  ...{ AlarmName: "orderflow-dev-errors-mail", StateValue: "OK", StateReason: "", StateUpdatedTimestamp: changedAt },
  ...{ AlarmRule: 'ALARM("orderflow-dev-errors")', ActionsSuppressor: "orders-not-flowing" },
  ...{ ActionsSuppressedBy: "Alarm", ActionsSuppressedReason: "Orders do not flow." },
};
const age = metricAlarmOf(AGE, "order-queue-age");
const errors = metricAlarmOf(ERRORS, "errors");
const mail = compositeAlarmOf(MAIL, "errors-mail");

describe("the alarms of a stack", () => {
  it("are listed with those that are on first, and without those that only mail and are quiet", () => {
    assert.equal(
      alarmsText(worstFirst([mail, errors, age]), NOW_MS),
      [
        "STATE  SINCE (UTC)          FOR        ALARM            REASON",
        "ALARM  2026-11-20 10:00:00  3 min 5 s  order-queue-age  Threshold Crossed: 2 datapoints were greater.",
        "OK     2026-11-20 10:00:00  3 min 5 s  errors           fine",
        "",
        "2 alarms, 1 on.",
        "1 more only send mails for these (NAME-mail), and are quiet.",
      ].join("\n"),
    );
    assert.match(alarmsText([{ ...mail, state: "ALARM" }], NOW_MS), /errors-mail[\s\S]*1 alarms, 1 on\.$/);
  });

  it("are coloured by their state when that is wanted", () => {
    const escape = String.fromCharCode(27);
    assert.ok(alarmsText([age], NOW_MS, true).includes(`${escape}[31mALARM`));
    assert.ok(!alarmsText([age], NOW_MS).includes(escape));
  });

  it("tell one by one what they mean, what they watch and when they go off", () => {
    assert.equal(
      alarmText(age, []),
      [
        "Alarm order-queue-age",
        "  state          ALARM since 2026-11-20 10:00:00.000 UTC",
        "  reason         Threshold Crossed: 2 datapoints\nwere greater.",
        "  means          Orders wait.",
        "  watches        Maximum of AWS/SQS Age (QueueName=q)",
        "  goes off       above 180, in 2 of 3 periods of 60 s; a period without data counts as notBreaching",
        "  in CloudWatch  orderflow-dev-order-queue-age",
        "",
        "Nothing has happened.",
      ].join("\n"),
    );
    const text = alarmText(errors, []);
    assert.match(text, /watches +m1 = Sum of AWS\/Lambda Errors\n +watched = SUM\(\[m1\]\) {2}\(watched\)\n/);
    assert.match(text, /goes off +below 1, in one period of 300 s; a period without data counts as missing\n/);
    assert.match(text, /mails +none: its actions are switched off\n/);
  });

  it("that only mail tell their rule, and why their mails are held back", () => {
    const text = alarmText(mail, []);
    assert.match(text, /watches +ALARM\("orderflow-dev-errors"\)\n +mails only while orders-not-flowing is not on\n/);
    assert.match(text, /mails +held back: Orders do not flow\.\n/);
  });

  it("have a history, in time order", () => {
    const happening = (name: string, summary: string): Happening => ({
      ...{ at: changedAt.toISOString(), kind: "StateUpdate", name, summary },
    });
    assert.equal(
      historyText([happening("a", "Alarm updated from OK to ALARM"), happening("errors", "fine")]),
      "2026-11-20 10:00:00.000  a       Alarm updated from OK to ALARM\n2026-11-20 10:00:00.000  errors  fine",
    );
  });

  it("are those of this stack alone, also where another's name begins the same", () => {
    const alarmNames = { age: "orderflow-dev-age", "relay-age": "orderflow-dev-relay-age" };
    const { prefix, shortOf } = stackNames({ alarmNames } as unknown as StackOutputs);
    assert.equal(prefix, "orderflow-dev-");
    assert.deepEqual(
      ["orderflow-dev-relay-age", "orderflow-dev-age-mail", "orderflow-dev-2-age", "else"].map(shortOf),
      ["relay-age", "age-mail", undefined, undefined],
    );
    assert.throws(() => stackNames({} as StackOutputs), /The outputs have no alarmNames/);
  });
});
