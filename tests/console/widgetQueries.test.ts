import assert from "node:assert/strict";
import { queriesOf } from "../../cli/console/pages/widgetQueries";

describe("the queries behind a metric widget", () => {
  it("are one for each metric, with the widget's period and statistic unless it has its own", () => {
    const { queries, shown } = queriesOf({
      period: 60,
      stat: "Sum",
      metrics: [
        ["AWS/SQS", "NumberOfMessagesSent", "QueueName", "orders", { label: "sent", period: 300, yAxis: "right" }],
      ],
    });
    assert.deepEqual(queries, [
      {
        Id: "q0",
        ReturnData: true,
        MetricStat: {
          Metric: {
            Namespace: "AWS/SQS",
            MetricName: "NumberOfMessagesSent",
            Dimensions: [{ Name: "QueueName", Value: "orders" }],
          },
          Period: 300,
          Stat: "Sum",
        },
      },
    ]);
    assert.deepEqual(shown, [{ id: "q0", label: "sent", axis: "right" }]);
  });

  it("leave out of the picture what only a formula needs", () => {
    const { queries, shown } = queriesOf({
      metrics: [["A", "M", { id: "m", visible: false }], [{ expression: "m * 2", id: "twice", label: "twice" }]],
    });
    assert.deepEqual(
      queries.map(({ Id, ReturnData, Expression }) => [Id, ReturnData, Expression]),
      [
        ["m", false, undefined],
        ["twice", true, "m * 2"],
      ],
    );
    assert.deepEqual(
      shown.map(({ id }) => id),
      ["twice"],
    );
  });

  it("are written out in full where dots stand for what came before", () => {
    const { queries } = queriesOf({
      metrics: [
        ["A", "M", "D", "1"],
        ["...", "2"],
        [".", "N", ".", "3"],
      ],
    });
    assert.deepEqual(
      queries.map(({ MetricStat }) => [MetricStat?.Metric?.MetricName, MetricStat?.Metric?.Dimensions?.[0]?.Value]),
      [
        ["M", "1"],
        ["M", "2"],
        ["N", "3"],
      ],
    );
  });
});
