import assert from "node:assert/strict";
import { task } from "../../../contracts/task";
import { saga } from "../../../sagas/builder/saga";

interface Trip {
  readonly tripId: string;
}

const input = ({ tripId }: any): any => ({ tripId });
const because = { because: "it is a test" };
const start = (options: object = {}): any =>
  saga<Trip, "FAULT">("Trip", { timeoutSeconds: 60, fault: "FAULT", ...options });
const step = (name = "Book", plan: object = {}): any => start().step(task(name), { input, undo: because, ...plan });

describe("a saga that cannot work is refused when it is built", () => {
  const refused: [string, () => { build(): unknown }, RegExp][] = [
    [
      "a name that AWS would not take",
      () => saga<Trip, "F">("My trip", { timeoutSeconds: 60, fault: "F" }),
      /name must be a letter/,
    ],
    ["no steps", () => start(), /it has no steps/],
    [
      "longer than an Express execution",
      () => start({ timeoutSeconds: 301 }).step(task("Book"), { input, undo: because }),
      /timeoutSeconds must be .* 1 to 300.* not 301/,
    ],
    ["a task without time", () => step("Book", { timeoutSeconds: 0 }), /task Book: timeoutSeconds must be .* not 0/],
    [
      "an undo without time",
      () => step("Book", { undo: { task: task("Unbook"), input, timeoutSeconds: 1.5 } }),
      /task Unbook: timeoutSeconds/,
    ],
    ["a task used twice", () => step().step(task("Book"), { input, undo: because }), /task Book is used twice/],
    ["a task whose name is no state's", () => step("book it"), /task book it: a name must be in PascalCase/],
    [
      "a name too long for its states",
      () => step(`B${"o".repeat(80)}k`),
      /state "B[^"]+" has 82 characters: 80 is the limit/,
    ],
    [
      "an answer kept twice",
      () => step("Book", { as: "a" }).step(task("Pay"), { input, as: "a", undo: because }),
      /as "a" is used twice/,
    ],
    ["an answer kept where failures are", () => step("Book", { as: "failure" }), /step Book: as must not be "failure"/],
    [
      "no reason for having no undo",
      () => step("Book", { undo: { because: " " } }),
      /step Book: undo\.because must say why/,
    ],
    [
      "a rejection without an outcome",
      () => start().step(task("Book").rejecting("Full"), { input, undo: because, rejections: {} }),
      /step Book: rejections must say how the saga ends on Full/,
    ],
    [
      "an outcome without a rejection",
      () => step("Book", { rejections: { Full: "FAULT" } }),
      /step Book: rejections names Full, which the task never answers/,
    ],
    [
      "a policy without attempts",
      () =>
        start({ retries: { back: { attempts: 0, intervalSeconds: 1, backoffRate: 2, maxDelaySeconds: 5 } } }).step(
          task("Book"),
          { input, undo: because },
        ),
      /retries\.back: attempts must be .* not 0/,
    ],
    [
      "a close with nothing to undo",
      () => start().pivot().step(task("Book"), { input }).close(task("End"), { input }),
      /needs a step before the pivot/,
    ],
  ];
  for (const [what, make, message] of refused) {
    it(`for ${what}`, () => assert.throws(() => make().build(), message));
  }

  it("for a worst case that its time does not hold, with each task's share", () => {
    assert.throws(
      () =>
        step("Book", { timeoutSeconds: 20 }).step(task("Pay"), { input, undo: because, timeoutSeconds: 20 }).build(),
      /timeoutSeconds is 60, but at worst an execution takes 82 s \(Book 41, Pay 41\)/,
    );
  });

  it("with everything that is wrong in one error, under the saga's name", () => {
    assert.throws(
      () => step("Book", { as: "failure", timeoutSeconds: 0 }).build(),
      (error: Error) => /^Saga "Trip":\n- [^\n]+\n- [^\n]+$/.test(error.message),
    );
  });
});

describe("an input that cannot be rendered is refused where it is written", () => {
  const refused: [string, (doc: any) => unknown, RegExp][] = [
    [
      "spread out of the document",
      (doc) => ({ ...doc }),
      /Saga "Trip": the input of Book: the fields of \$ are not known/,
    ],
    ["computed from a pointer", ({ tripId }) => ({ tripId: `${tripId}` }), /the input of Book: .* not at Symbol/],
    ["of an oddly named field", (doc) => ({ tripId: doc["two words"] }), /not at two words/],
    ["with a pointer in a list", ({ tripId }) => ({ all: [tripId] }), /"all" has a pointer inside a list/],
    ["with something that is not JSON", () => ({ when: undefined }), /"when" must be JSON or a pointer, not undefined/],
    ["with a field that looks like a path", () => ({ "a.$": 1 }), /may not be named "a\.\$"/],
    ["of one value alone", () => 7, /an input must be a pointer or an object/],
  ];
  for (const [what, wrong, message] of refused) {
    it(`when it is ${what}`, () => assert.throws(() => step("Book", { input: wrong }), message));
  }
});
