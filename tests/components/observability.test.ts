import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { before, describe, it } from "mocha";
import { AlarmTopic } from "../../components/alarmTopic";
import { programWithLedger, root, type DeployedProgram } from "./deployedProgram";
import { arnOf, deploy, filesOf, ofType, only, valueOf, type Requested } from "./deployment";
import { checkDashboard } from "./dashboard/dashboardSchema";

const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** Namespace, name, and dimensions of each metric that an alarm reads. */
function metricsOf({
  inputs,
}: Requested): { namespace: string; metricName: string; dimensions: Record<string, string> }[] {
  const { namespace, metricName, dimensions, metricQueries } = inputs;
  if (metricQueries === undefined) return [{ namespace, metricName, dimensions }];
  return metricQueries.flatMap(({ metric }: { metric?: any }) => (metric === undefined ? [] : [metric]));
}

describe("Observability", () => {
  let stack: DeployedProgram;
  let alarms: readonly Requested[];
  let composites: readonly Requested[];
  let incident: Requested;
  let widgets: any[];

  before(async function () {
    this.timeout(120_000);
    stack = await programWithLedger("dev");
    alarms = ofType(stack.resources, METRIC_ALARM);
    composites = ofType(stack.resources, COMPOSITE_ALARM);
    incident = only(stack.resources, "observability-orders-not-flowing");
    widgets = JSON.parse(only(stack.resources, "observability-dashboard").inputs["dashboardBody"]).widgets;
  });

  const functions = (): readonly Requested[] => ofType(stack.resources, "aws:lambda/function:Function");
  const drawn = (): any[] =>
    widgets
      .flatMap(({ properties }) => properties.metrics ?? [])
      .filter(([namespace]: any[]) => typeof namespace === "string");
  const watchedBy = (chosen: readonly Requested[], metricName: string, dimension: string): string[] =>
    chosen
      .flatMap(metricsOf)
      .filter((metric) => metric.metricName === metricName)
      .map(({ dimensions }) => dimensions[dimension]!)
      .sort();

  describe("has alarms that", () => {
    it("watch every queue that keeps what was given up", () => {
      const queues = ofType(stack.resources, "aws:sqs/queue:Queue").filter(({ inputs }) => !inputs["redrivePolicy"]);
      const letters = alarms.filter(({ inputs }) => /letters|failures|undelivered/.test(inputs["name"]));
      const watched = watchedBy(letters, "ApproximateNumberOfMessagesVisible", "QueueName");
      assert.equal(queues.length, 8);
      assert.deepEqual(watched, queues.map(({ inputs }) => inputs["name"]).sort());
    });

    it("watch every function's throttles, and the errors of each that does not refuse orders by throwing", () => {
      const names = functions().map(({ inputs }) => inputs["name"]);
      assert.deepEqual(watchedBy(alarms, "Throttles", "FunctionName"), [...names].sort());
      const tasks = functions().filter(({ name }) => name.startsWith("saga-"));
      const others = names.filter((name) => !tasks.some(({ inputs }) => inputs["name"] === name));
      assert.deepEqual(watchedBy(alarms, "Errors", "FunctionName"), others.sort());
    });

    it("watch the throttles of every table and of each of its indexes", () => {
      const tables = ofType(stack.resources, "aws:dynamodb/table:Table");
      const indexes = tables.flatMap(({ inputs }) => inputs["globalSecondaryIndexes"] ?? []);
      const watched = new Set(watchedBy(alarms, "WriteThrottleEvents", "TableName"));
      assert.deepEqual([...watched], tables.map(({ inputs }) => inputs["name"]).sort());
      assert.equal(watchedBy(alarms, "WriteThrottleEvents", "TableName").length, tables.length + indexes.length);
    });

    it("say what missing data mean, aloud", () => {
      const said = Object.fromEntries(alarms.map(({ inputs }) => [inputs["name"], inputs["treatMissingData"]]));
      assert.equal(said["orderflow-dev-no-orders"], "breaching");
      assert.equal(said["orderflow-dev-order-dead-letters"], "ignore");
      assert.equal(said["orderflow-dev-table-throttles"], "notBreaching");
      for (const [name, missing] of Object.entries(said))
        assert.match(String(missing), /^(notBreaching|breaching|ignore)$/, name);
    });

    it("say what they mean, how bad it is and what to do first, with a section of the runbook each", () => {
      const runbook = readFileSync(join(root, "docs/runbook.md"), "utf8");
      const sections = [...runbook.matchAll(/^## ([a-z0-9-]+)$/gm)].map(([, title]) => title);
      const linked = new Set<string>();
      for (const { name, inputs } of [...alarms, ...composites]) {
        const text: string = inputs["alarmDescription"];
        const [, section = ""] = /: act now\.|: look at it today\./.test(text)
          ? (/ First: .+ docs\/runbook\.md#([a-z0-9-]+)$/.exec(text) ?? [])
          : [];
        assert.ok(sections.includes(section), `${name}: ${text}`);
        assert.ok(text.length <= 1024, name);
        linked.add(section);
      }
      assert.deepEqual([...linked].sort(), [...sections].sort());
    });

    it("read ten metrics at most, and return one value", () => {
      for (const { name, inputs } of alarms.filter((alarm) => alarm.inputs["metricQueries"] !== undefined)) {
        const queries: { metric?: object; returnData?: boolean }[] = inputs["metricQueries"];
        assert.ok(queries.filter(({ metric }) => metric !== undefined).length <= 10, name);
        assert.equal(queries.filter(({ returnData }) => returnData).length, 1, name);
      }
    });

    it("have names with project and stack, which the program exports", async () => {
      const names = await valueOf(stack.built["alarmNames"] as pulumi.Output<Record<string, string>>);
      for (const [id, name] of Object.entries(names)) assert.equal(name, `orderflow-dev-${id}`);
      assert.deepEqual(
        Object.values(names).sort(),
        [...alarms.map(({ inputs }) => inputs["name"]), incident.inputs["alarmName"]].sort(),
      );
    });

    it("compare with the thresholds of the settings", () => {
      const threshold = (id: string) => only(stack.resources, `observability-${id}`).inputs["threshold"];
      assert.deepEqual(
        ["order-queue-age", "order-queue-depth", "relay-age", "business-failures", "api-errors", "api-latency"].map(
          threshold,
        ),
        [180, 500, 60_000, 30, 5, 2000],
      );
      const { metricQueries } = only(stack.resources, "observability-business-failures").inputs;
      assert.match(metricQueries.at(-1).expression, /^IF\(SUM\(\[failed, confirmed\]\) >= 10, /);
    });
  });

  describe("mails", () => {
    const names = (rule: string): string[] => [...rule.matchAll(/ALARM\("([^"]+)"\)/g)].map(([, name]) => name!);
    const topic = [arnOf("observability-alarms-topic")];

    it("of every alarm, at its beginning and its end, from itself or from one that speaks for it", () => {
      const spoken = composites.flatMap(({ inputs }) => names(inputs["alarmRule"]));
      for (const { name, inputs } of composites)
        assert.deepEqual([inputs["alarmActions"], inputs["okActions"]], [topic, topic], name);
      for (const { inputs } of alarms) {
        const own = inputs["alarmActions"] !== undefined;
        assert.notEqual(own, spoken.includes(inputs["name"]), inputs["name"]);
        if (own) assert.deepEqual([inputs["alarmActions"], inputs["okActions"]], [topic, topic]);
      }
    });

    it("once of what keeps orders from flowing, whatever its symptoms are", () => {
      const symptoms = names(incident.inputs["alarmRule"]).map((name) => name.replace("orderflow-dev-", ""));
      assert.deepEqual(symptoms, [
        ...["order-queue-age", "order-queue-depth", "relay-age", "technical-failures", "back-pressure", "no-orders"],
        ...["api-errors", "order-throttles", "order-throttles-2"],
      ]);
      assert.equal(incident.inputs["actionsSuppressor"], undefined);
    });

    it("of its consequences only when it is over and they are still there", () => {
      for (const { name, inputs } of composites.filter((composite) => composite !== incident)) {
        assert.equal(inputs["actionsSuppressor"].alarm, "orderflow-dev-orders-not-flowing", name);
        assert.equal(names(inputs["alarmRule"]).length, 1, name);
      }
    });

    it("of its consequences never too late: they stay on for longer than their mail waits for the incident", () => {
      for (const { inputs } of composites.filter((composite) => composite !== incident)) {
        const [watched] = names(inputs["alarmRule"]);
        const alarm = alarms.find((one) => one.inputs["name"] === watched)?.inputs ?? {};
        const { treatMissingData, evaluationPeriods, period = alarm["metricQueries"]?.[0].metric.period } = alarm;
        const lasts =
          treatMissingData === "ignore" || period * evaluationPeriods > inputs["actionsSuppressor"].waitPeriod;
        assert.ok(lasts, watched);
      }
    });

    it("go to the address of the settings, and to nobody without one", async () => {
      const { resources } = await deploy(() => new AlarmTopic("alarms", {}));
      assert.deepEqual(ofType(resources, "aws:sns/topicSubscription:TopicSubscription"), []);
      const { inputs } = only(stack.resources, "observability-alarms-subscriber");
      assert.deepEqual(
        [inputs["protocol"], inputs["endpoint"], inputs["topic"]],
        ["email", "operators@shop.example", topic[0]],
      );
    });

    it("are encrypted with a key of the stack that alarms of this account may use, and that changes each year", () => {
      const key = only(stack.resources, "observability-alarms-key").inputs;
      assert.equal(key["enableKeyRotation"], true);
      assert.equal(
        only(stack.resources, "observability-alarms-topic").inputs["kmsMasterKeyId"],
        arnOf("observability-alarms-key"),
      );
      const statements = JSON.parse(
        only(stack.resources, "observability-alarms-key-policy").inputs["policy"],
      ).Statement;
      assert.deepEqual(
        statements.map(({ Principal, Condition }: any) => [Principal, Condition]),
        [
          [{ AWS: "arn:aws:iam::123456789012:root" }, undefined],
          [{ Service: "cloudwatch.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "123456789012" } }],
        ],
      );
    });

    it("come from alarms of this account alone, over TLS", () => {
      const statements = JSON.parse(
        only(stack.resources, "observability-alarms-topic-policy").inputs["policy"],
      ).Statement;
      const bySid = Object.fromEntries(statements.map((statement: any) => [statement.Sid, statement]));
      assert.equal(bySid.OverTlsOnly.Effect, "Deny");
      assert.deepEqual(bySid.AlarmsPublish.Condition, {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*" },
      });
      assert.ok(!bySid.AccountManages.Action.includes("sns:Publish"));
    });
  });

  describe("has a dashboard that", () => {
    it("CloudWatch can draw, in stack dev and in stack prod", async () => {
      for (const { resources } of [stack, await programWithLedger("prod")]) {
        const { dashboardBody } = only(resources, "observability-dashboard").inputs;
        assert.deepEqual(checkDashboard(dashboardBody), []);
      }
    }).timeout(120_000);

    it("shows every alarm, and every function's durations, errors, throttles and concurrency", () => {
      const shown = widgets.find(({ type }) => type === "alarm").properties.alarms;
      assert.equal(shown.length, alarms.length + 1);
      const names = functions()
        .map(({ inputs }) => inputs["name"])
        .sort();
      for (const metric of ["Duration", "Errors", "Throttles", "ConcurrentExecutions"]) {
        const lines = drawn().filter(([, name]) => name === metric);
        assert.deepEqual(lines.map(([, , , name]) => name).sort(), names, metric);
      }
    });

    it("draws metrics of the business by who counts them, and by nothing else", async () => {
      const lines = drawn().filter(([namespace]) => namespace === "OrderingSystem");
      assert.ok(lines.length > 20);
      for (const [, name, dimension, service, ...rest] of lines) {
        assert.deepEqual([dimension, rest.length], ["service", 1]);
        const counter = functions().find(
          ({ inputs }) => inputs["environment"].variables.POWERTOOLS_SERVICE_NAME === service,
        );
        const { "index.js": code = "" } = counter === undefined ? {} : await filesOf(counter);
        assert.ok(code.includes(`"${name}"`), `${service} never counts ${name}`);
      }
    });

    it("draws a line where an alarm goes off", () => {
      const drawnAt = (metricName: string, of: string) =>
        widgets
          .filter(({ properties }) =>
            properties.metrics?.some((line: any[]) => line.includes(metricName) && line.includes(of)),
          )
          .flatMap(({ properties }) => properties.annotations?.horizontal ?? [])
          .map(({ value }: { value: number }) => value);
      const telling = alarms.filter(
        ({ inputs }) => inputs["threshold"] > 1 && !/-function-errors/.test(inputs["name"]),
      );
      for (const { name, inputs } of telling) {
        const [watched] = metricsOf({ name, inputs, type: METRIC_ALARM });
        const [of = ""] = Object.values(watched?.dimensions ?? {});
        assert.ok(drawnAt(watched?.metricName ?? "", of).includes(inputs["threshold"]), name);
      }
      assert.ok(telling.length > 5);
    });

    it("has plain titles, none of them twice", () => {
      const titles = widgets.filter(({ type }) => type === "metric").map(({ properties }) => properties.title);
      assert.equal(new Set(titles).size, titles.length);
    });
  });

  it("writes the name of each metric once in the program", () => {
    const folder = join(root, "components");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const text = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    const names = new Set(
      drawn()
        .filter(([namespace]) => namespace.startsWith("AWS/"))
        .map(([, name]) => name),
    );
    assert.ok(names.size > 20);
    for (const name of names) assert.equal(text.split(`"${name}"`).length - 1, 1, name);
  });

  it("traces as many requests as the settings say, of this stack alone", () => {
    const { fixedRate, reservoirSize, serviceName, priority } = only(stack.resources, "observability-sampling").inputs;
    assert.deepEqual([fixedRate, reservoirSize, serviceName, priority], [1, 0, "orderflow-dev-*", 5000]);
  });
});
