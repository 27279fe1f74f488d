import assert from "node:assert/strict";
import { monthlyItems } from "../../../local/meter/monthly";
import type { Resource } from "../../../local/resource";

describe("what is billed by the month", () => {
  const made = (type: string, inputs: object, outputs: object = {}): Resource =>
    ({ type, name: "made", inputs, outputs }) as unknown as Resource;
  const of = (...resources: Resource[]): [string, number][] =>
    monthlyItems(resources, []).map(({ unit, quantity }) => [unit, quantity]);

  it("is each metric that an alarm looks at, but no expression", () => {
    const metricQueries = [{ metric: {} }, { metric: {} }, { expression: "a / b" }];
    assert.deepEqual(of(made("aws:cloudwatch/metricAlarm:MetricAlarm", { metricQueries })), [["alarmMetric", 2]]);
    assert.deepEqual(of(made("aws:cloudwatch/metricAlarm:MetricAlarm", { metricName: "Errors" })), [
      ["alarmMetric", 1],
    ]);
  });

  it("is five metrics of each method of an API that measures its methods", () => {
    const paths = { "/orders": { get: {}, post: {}, options: {}, parameters: [] }, "/health": { get: {} } };
    const api = made("aws:apigateway/restApi:RestApi", { body: JSON.stringify({ paths }) }, { id: "api1" });
    const settings = (metricsEnabled: boolean): Resource =>
      made("aws:apigateway/methodSettings:MethodSettings", { restApi: "api1", settings: { metricsEnabled } });
    assert.deepEqual(of(api, settings(true)), [["methodMetric", 15]]);
    assert.deepEqual(of(api, settings(false)), []);
  });

  it("is what polling an empty queue costs, and nothing for a stream", () => {
    const mapping = (eventSourceArn: string): Resource =>
      made("aws:lambda/eventSourceMapping:EventSourceMapping", { eventSourceArn });
    assert.deepEqual(of(mapping("arn:aws:sqs:r:1:q"), mapping("arn:aws:dynamodb:r:1:table/t/stream/s")), [
      ["idlePoll", 648_000],
    ]);
  });

  it("is a metric of the program's own, and none of AWS's", () => {
    const metrics = ["Shop", "AWS/Lambda"].map((namespace) => ({ namespace, name: "Sold" }));
    assert.deepEqual(monthlyItems([], metrics), [{ unit: "customMetric", resource: "Shop Sold", quantity: 1 }]);
  });
});
