import assert from "node:assert/strict";
import { age, listText, replayText } from "../../../cli/deadLetters/report";
import { renderedFor } from "../../../cli/deadLetters/targetInput";

describe("the report of dead letters", () => {
  it("tells an age in its two largest units", () => {
    const told = {
      0: "0 s",
      59: "59 s",
      60: "1 min",
      125: "2 min 5 s",
      3_600: "1 h",
      90_061: "1 d 1 h",
      86_460: "1 d",
    };
    for (const [seconds, text] of Object.entries(told)) assert.equal(age(Number(seconds)), text);
  });

  it("puts each message on one line, however its reason is written", () => {
    const entry = { queue: "orders", id: "a", ageSeconds: 1, receives: 5, reason: "two\nlines" };
    assert.equal(listText({ entries: [entry], cutShort: [] }).split("\n").length, 2);
    assert.match(listText({ entries: [entry], cutShort: ["orders"] }), /orders holds more than these 1000\.$/);
  });

  it("says what was not replayed", () => {
    assert.equal(replayText({ done: ["a done"], failed: ["b: refused"] }), "a done\nNot replayed: b: refused");
  });
});

describe("what a target gets of an event", () => {
  const event = { detail: { orderId: "o", deep: { er: 1 } } };
  const of = (target: object) => renderedFor({ Id: "t", Arn: "arn", ...target }, event);

  it("is the whole, a constant, or a part", () => {
    assert.equal(of({}), JSON.stringify(event));
    assert.equal(of({ Input: '"x"' }), '"x"');
    assert.equal(of({ InputPath: "$.detail" }), JSON.stringify(event.detail));
    assert.equal(of({ InputPath: "$.detail.deep.er" }), "1");
    assert.equal(of({ InputPath: "$.none.at.all" }), "null");
  });

  it("is left to the rule where only the rule can make it", () => {
    assert.equal(of({ InputTransformer: { InputTemplate: "<x>" } }), undefined);
    assert.equal(of({ InputPath: "$.items[0]" }), undefined);
  });
});
