import assert from "node:assert/strict";
import type { MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { readBody, type DashboardBody } from "../../../cli/dashboard/dashboardBody";
import { drawing } from "../../../cli/dashboard/drawing";
import { dashboardOptions } from "../../../cli/dashboard/options";
import { panelsOf, type Found, type Panel } from "../../../cli/dashboard/panels";
import { shortNumber, timeTicks, valueScale } from "../../../cli/dashboard/scale";

const MINUTE_MS = 60_000;
const span = { fromMs: 0, toMs: 60 * MINUTE_MS };
const sent = ["AWS/SQS", "NumberOfMessagesSent", "QueueName", "orders"];
const body: DashboardBody = {
  widgets: [
    { type: "text", x: 0, y: 0, width: 24, height: 1, properties: { markdown: "## Orders & more" } },
    {
      ...{ type: "alarm", x: 0, y: 1, width: 24, height: 3 },
      properties: {
        title: "Wrong",
        alarms: ["arn:aws:cloudwatch:r:1:alarm:shop-dev-b", "arn:aws:cloudwatch:r:1:alarm:shop-dev-a"],
      },
    },
    {
      ...{ type: "metric", x: 0, y: 4, width: 12, height: 6 },
      properties: {
        ...{ title: "Rate", period: 60, annotations: { horizontal: [{ label: "alarm above", value: 30 }] } },
        metrics: [
          [...sent, { id: "all", stat: "Sum", visible: false }],
          [{ id: "drawn", expression: "100 * all", label: "rate", color: "#2ca02c" }],
          [...sent, { label: "most", stat: "Maximum", yAxis: "right" }],
        ],
      },
    },
  ],
};

describe("the drawn dashboard", () => {
  let asked: readonly MetricDataQuery[] = [];
  let panels: readonly Panel[];
  before(async () => {
    const read = async (queries: readonly MetricDataQuery[]): Promise<readonly Found[]> => {
      asked = queries;
      return [{ id: "drawn", points: [0, 1, 2, 30].map((minute) => [minute * MINUTE_MS, 10 + minute]) }];
    };
    panels = await panelsOf(body, read, span);
  });

  it("asks for what the widget asks for, and for its hidden metrics so that its expressions can be made", () => {
    assert.deepEqual(
      asked.map(({ Id, ReturnData, Expression, MetricStat }) => [Id, ReturnData, Expression ?? MetricStat?.Stat]),
      [
        ["all", false, "Sum"],
        ["drawn", true, "100 * all"],
        ["line2", true, "Maximum"],
      ],
    );
    const [{ MetricStat }] = asked as [MetricDataQuery];
    assert.deepEqual(MetricStat?.Metric?.Dimensions, [{ Name: "QueueName", Value: "orders" }]);
  });

  it("shows what is visible, by its name, axis and colour, with what was found", () => {
    const graph = panels.at(-1);
    assert.ok(graph?.kind === "graph");
    assert.deepEqual(
      graph.series.map(({ label, axis, colour, points }) => [label, axis, colour, points.length]),
      [
        ["rate", "left", "#2ca02c", 4],
        ["most", "right", undefined, 0],
      ],
    );
  });

  it("joins neighbouring points, leaves a gap where there are no data, and draws the threshold", () => {
    const svg = drawing({ title: "shop", panels, alarmStates: new Map([["shop-dev-a", "ALARM"]]), span });
    const [line = ""] = /<path d="[^"]*" fill="none" stroke="#2ca02c"/.exec(svg) ?? [];
    assert.equal(line.match(/M/g)?.length, 1);
    assert.equal(line.match(/L/g)?.length, 2);
    assert.equal(svg.match(/<circle[^>]*r="2" fill="#2ca02c"/g)?.length, 1);
    assert.match(svg, />alarm above 30</);
    assert.match(svg, />Orders &amp; more</);
    assert.ok(svg.indexOf(">a</text>") < svg.indexOf(">b</text>"), "the alarm that is on comes first");
    assert.match(svg, />Wrong: 1 of 2</);
  });

  it("refuses a widget that nobody here can draw", () => {
    assert.throws(() => readBody('{"widgets":[{"type":"explorer"}]}'), /type explorer/);
    assert.throws(() => readBody("{}"), /no widgets/);
  });
});

describe("scales", () => {
  it("end at a round value above the greatest, and start at nought", () => {
    assert.deepEqual(valueScale([3, 17]).ticks, [0, 5, 10, 15, 20]);
    assert.deepEqual(valueScale([0.3, 0.9]).ticks, [0, 0.25, 0.5, 0.75, 1]);
    assert.equal(valueScale([-5, 5]).from, -5);
  });

  it("do not cut into parts what is counted, nor need anything to be there", () => {
    assert.deepEqual(valueScale([1, 0]).ticks, [0, 1]);
    assert.deepEqual(valueScale([]).ticks, [0, 1]);
  });

  it("mark full quarters of an hour, and say thousands shortly", () => {
    assert.deepEqual(
      timeTicks({ from: 7 * MINUTE_MS, to: 67 * MINUTE_MS }, 5).map((at) => at / MINUTE_MS),
      [15, 30, 45, 60],
    );
    assert.deepEqual([20_000, 1500, 0.5, 2e6].map(shortNumber), ["20k", "1500", "0.5", "2M"]);
  });
});

describe("npm run dashboard", () => {
  it("takes three hours of this machine's pipeline unless it is told otherwise", () => {
    assert.deepEqual(dashboardOptions([]), {
      ...{ rehearse: false, file: ".local/dashboard.svg", outputsFile: ".local/outputs.json", sinceMs: 3 * 3_600_000 },
    });
    assert.throws(() => dashboardOptions(["--rehearse", "--since", "1h"]), /its own hour/);
    assert.throws(() => dashboardOptions(["now"]), /options only/);
    assert.throws(() => dashboardOptions(["--since", "soon"]), /--since takes a time/);
  });
});
