import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkDashboard } from "./dashboardSchema";

const graph = {
  ...{ type: "metric", x: 0, y: 1, width: 12, height: 6 },
  properties: {
    ...{ region: "eu-central-1", view: "timeSeries", period: 60 },
    metrics: [
      ["AWS/SQS", "NumberOfMessagesSent", "QueueName", "orders", { id: "sent", visible: false, stat: "Sum" }],
      [{ id: "drawn", expression: "100 * sent", yAxis: "left" }],
    ],
    annotations: { horizontal: [{ label: "alarm above", value: 5, color: "#d13212" }] },
  },
};
const heading = { type: "text", x: 0, y: 0, width: 24, height: 1, properties: { markdown: "## Orders" } };

/** What is wrong when these widgets are on a dashboard. */
function check(...widgets: readonly object[]): string[] {
  return checkDashboard(JSON.stringify({ start: "-PT3H", widgets }));
}

function withProperties(changes: object): object {
  return { ...graph, properties: { ...graph.properties, ...changes } };
}

describe("the schema of dashboards", () => {
  it("lets a graph below its heading pass", () => {
    assert.deepEqual(check(heading, graph), []);
  });

  const wrong: readonly [what: string, ...widgets: object[]][] = [
    ["a graph without a region", withProperties({ region: undefined })],
    ["a period of 90 s", withProperties({ period: 90 })],
    ["a view that there is not", withProperties({ view: "lines" })],
    ["a property that there is not", withProperties({ unit: "ms" })],
    ["a statistic that there is not", withProperties({ metrics: [["AWS/SQS", "Sent", { stat: "Total" }]] })],
    ["a dimension without a value", withProperties({ metrics: [["AWS/SQS", "Sent", "QueueName"]] })],
    ["a rendering before the end", withProperties({ metrics: [["AWS/SQS", { stat: "Sum" }, "Sent"]] })],
    ["an expression over nothing", withProperties({ metrics: [[{ expression: "100 * received" }]] })],
    ["one id twice", withProperties({ metrics: [...graph.properties.metrics, ["A", "B", { id: "sent" }]] })],
    ["a threshold without a value", withProperties({ annotations: { horizontal: [{ label: "alarm" }] } })],
    ["a colour by its name", withProperties({ annotations: { horizontal: [{ value: 1, color: "red" }] } })],
    ["a list of no alarms", { ...graph, type: "alarm", properties: { title: "Alarms", alarms: [] } }],
    ["a text without a text", { ...heading, properties: {} }],
    ["a widget beyond the last column", { ...graph, x: 13 }],
    ["two widgets in one place", heading, { ...graph, y: 0 }],
  ];
  for (const [what, ...widgets] of wrong) {
    it(`refuses ${what}`, () => {
      assert.notDeepEqual(check(...widgets), []);
    });
  }
});
