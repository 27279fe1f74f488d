import assert from "node:assert/strict";
import { storyOf, type Found } from "../../../../cli/order/story/story";
import { storyText } from "../../../../cli/order/story/storyText";
import type { Execution } from "../../../../cli/order/story/executions";
import type { LogLine } from "../../../../cli/logs/logLine";
import { timelineOf } from "../../../../cli/order/timeline";
import { anOrder } from "../../../contracts/anOrder";
import { trailOf } from "../../../contracts/aWalk";

const at = (ms: number): string => new Date(Date.parse(anOrder().createdAt) + ms).toISOString();
const received = anOrder();
const reserved = { ...received, stage: "INVENTORY_RESERVED" as const, reserved: true, version: 2, updatedAt: at(103) };
const timeline = timelineOf(reserved, trailOf([received, reserved]));

const line = (ms: number, name: string, message: string, rest: Partial<LogLine> = {}): LogLine => ({
  ...{ at: at(ms), function: name, level: "INFO", message, keys: { orderId: "order-1", tenantId: "acme" } },
  ...rest,
});
const run = (more: Partial<Execution> = {}): Execution => ({
  ...{ executionArn: "arn", name: "order-1-1", startedAt: at(50), endedAt: at(90), outcome: "SUCCEEDED" },
  ...{ input: { orderId: "order-1" }, states: [], strayErrors: [] },
  ...more,
});
const found = (more: Partial<Found> = {}): Found => ({
  timeline,
  lines: [
    line(10, "createOrder", "Answered a request.", { keys: { method: "POST", status: 201 } }),
    line(60, "answerQueries", "Answered a request.", { keys: { method: "GET", status: 200 } }),
    line(70, "ReserveInventory", "The task failed.", { level: "ERROR", keys: { error: { name: "E", message: "m" } } }),
  ],
  executions: [run()],
  mails: [
    {
      ...{ number: 1, file: "0001-confirmed.eml", id: "i", to: "a@shop.example", from: "s@shop.example" },
      ...{ subject: "Confirmed", body: "", timeMs: Date.parse(at(200)), attributes: {} },
    },
  ],
  receipt: { bucket: "receipts-1", key: "receipts/2026/11/order-1.json", status: "ISSUED" },
  deadLetters: [],
  unread: [],
  ...more,
});
const textOf = (more?: Partial<Found>): string => storyText(storyOf(found(more)));

describe("the story of an order", () => {
  it("puts what everybody says in time order, and says what came of it", () => {
    const text = textOf();
    assert.match(text, /^Order order-1\n {2}status/);
    const body = text.slice(text.indexOf("\n\n") + 2).replaceAll("2026-11-20 ", "");
    assert.equal(
      body,
      [
        "  10:00:00.000  trail             accepted (OrderCreated, version 1)  3 units, 109.97 EUR",
        "  10:00:00.010  createOrder       Answered a request.  method=POST status=201",
        "  10:00:00.050  saga 1            execution began  order-1-1",
        `${" ".repeat(45)}input {"orderId":"order-1"}`,
        '  10:00:00.070  ReserveInventory  ERROR The task failed.  error="E: m"',
        "  10:00:00.090  saga 1            execution SUCCEEDED  after 40 ms",
        "  10:00:00.103  trail             stock reserved (InventoryReserved, version 2)  2 × PROD-001, 1 × PROD-003",
        "  10:00:00.200  inbox             mail to a@shop.example  Confirmed",
        `${" ".repeat(45)}file 0001-confirmed.eml`,
        "",
        "  customer      Confirmed (0001-confirmed.eml)",
        "  receipt       ISSUED, s3://receipts-1/receipts/2026/11/order-1.json",
        "  dead letters  none",
        "",
        "1 request that only read the order is left out: npm run logs has all.",
      ].join("\n"),
    );
  });

  it("of a deployed stack has the notifier's own word in the place of the inbox", () => {
    const lines = [line(300, "notifyCustomer", "Told the customer.", { keys: { ending: "CONFIRMED" } })];
    assert.match(
      textOf({ mails: undefined, lines }),
      /customer +Told the customer\. \(notifyCustomer's log, 2026-11-20 10:00:00\.300\)/,
    );
    assert.match(textOf({ mails: undefined, lines: [] }), /customer +not told of it\n/);
  });

  it("names dead letters, and places that could not be read", () => {
    const letter = { queue: "orders", id: "m-1", ageSeconds: 1, receives: 5, orderId: "order-1", reason: "stuck" };
    const text = textOf({ deadLetters: [letter], receipt: undefined, unread: ["The bucket could not be read: no."] });
    assert.match(text, /receipt +none\n {2}dead letters +m-1 in orders: stuck\n\nThe bucket could not be read: no\.\n/);
  });

  it("says when the log has no inputs and outputs, and how to switch them on", () => {
    const { input: _, ...bare } = run();
    assert.match(textOf({ executions: [bare] }), /not logged\. pulumi config set sagaLogIncludesData true/);
    assert.doesNotMatch(textOf(), /sagaLogIncludesData/);
  });

  it("says when the log has errors alone, or nothing, and how to have more", () => {
    const { startedAt: _, input: __, ...errorsAlone } = run();
    assert.match(textOf({ executions: [errorsAlone] }), /Only errors of executions are logged\. .*sagaLogLevel ALL/);
    assert.match(textOf({ executions: [] }), /log says nothing of this order: .*sagaLogLevel ALL/);
    const waiting = timelineOf(received, trailOf([received]));
    assert.doesNotMatch(textOf({ executions: [], timeline: waiting }), /sagaLogLevel/);
  });

  it("is coloured only when that is wanted, and cuts long data short", () => {
    const escape = String.fromCharCode(27);
    const story = storyOf(found({ executions: [run({ input: { text: "x".repeat(500) } })] }));
    assert.ok(storyText(story, true).includes(escape));
    assert.ok(!storyText(story).includes(escape));
    assert.match(storyText(story), /input \{"text":"x{200,240}…\n/);
  });
});
