import assert from "node:assert/strict";
import { parseInputTransformer } from "../../../local/eventbridge/inputTransformer";

const context = { ruleArn: "arn:rule", ruleName: "placed", ingestionTime: "2026-01-01T00:00:00.000Z" };
const event = { id: "1", source: "shop", detail: { name: 'a "b"', total: 3, items: [{ sku: "x" }], none: null } };
const render = (paths: Record<string, string>, template: string): string =>
  parseInputTransformer(paths, template)(event, context);

describe("an input transformer", () => {
  it("puts values in as JSON where they stand alone", () => {
    const paths = { name: "$.detail.name", total: "$.detail.total", items: "$.detail.items", none: "$.detail.none" };
    const text = render(paths, '{"n": <name>, "t": <total>, "i": <items>, "z": <none>}');
    assert.deepEqual(JSON.parse(text), { n: 'a "b"', t: 3, i: [{ sku: "x" }], z: null });
  });

  it("puts values in as text within quotes", () => {
    const paths = { name: "$.detail.name", total: "$.detail.total", sku: "$.detail.items[0].sku" };
    const text = render(paths, '"<name> costs <total> for \\"<sku>\\""');
    assert.equal(JSON.parse(text), 'a "b" costs 3 for "x"');
  });

  it("puts in nothing for a value that the event lacks", () => {
    assert.deepEqual(JSON.parse(render({ x: "$.detail.nope" }, '{"x": <x>, "y": "-<x>-"}')), { x: "", y: "--" });
  });

  it("knows the predefined variables", () => {
    const template =
      '{"r": <aws.events.rule-arn>, "n": "<aws.events.rule-name>", "t": <aws.events.event.ingestion-time>, "e": <aws.events.event>, "j": <aws.events.event.json>}';
    assert.deepEqual(JSON.parse(render({}, template)), {
      r: "arn:rule",
      n: "placed",
      t: context.ingestionTime,
      e: { id: "1", source: "shop" },
      j: event,
    });
  });

  it("refuses placeholders and paths that it cannot follow", () => {
    assert.throws(() => render({}, '"<x>"'), /placeholder <x>/);
    assert.throws(() => render({ x: "$.a[*]" }, '"<x>"'), /not a JSON path/);
    assert.throws(() => render({ awsName: "$.a" }, '"x"'), /must not start with "AWS"/);
    assert.throws(() => render({}, "x".repeat(8193)), /8192 characters/);
  });
});
