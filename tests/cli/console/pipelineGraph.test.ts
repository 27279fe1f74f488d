import assert from "node:assert/strict";
import { pipelineGraph, sagaOf } from "../../../cli/console/graph/pipelineGraph";
import { aResource, PROGRAM } from "./aProgram";

describe("the picture of a program", () => {
  const { graph } = pipelineGraph(PROGRAM, "p-dev-");

  it("has the resources that do something, under the names that people know, in their component", () => {
    assert.deepEqual(
      graph.parts.map(({ kind, title, box, failures }) => [kind, title, box, failures === true]),
      [
        ["queue", "jobs", "shop", false],
        ["queue", "jobs-dead-letters", "shop", true],
        ["table", "things", "shop", false],
        ["function", "work", "shop", false],
      ],
    );
  });

  it("has an arrow for everything that resources say of each other, and for what roles allow beside", () => {
    assert.deepEqual(
      graph.arrows.map(({ id, way, says }) => [id, way, says]),
      [
        ["shop-queue>shop-work", "flow", "messages"],
        ["shop-queue>shop-letters", "failure", "messages that failed 3 times"],
        ["shop-work>shop-table", "access", "PutItem, Query"],
      ],
    );
  });

  it("knows the states of the saga, and how each is left", () => {
    const definition = JSON.stringify({
      StartAt: "Pay",
      States: {
        Pay: { Type: "Task", Next: "Done", Catch: [{ ErrorEquals: ["States.ALL"], Next: "Undo" }] },
        Done: { Type: "Succeed" },
        Undo: { Type: "Choice", Choices: [{ StringEquals: "YES", Next: "Done" }], Default: "Pay" },
      },
    });
    const { startAt, states } = sagaOf([
      aResource("aws:sfn/stateMachine:StateMachine", "m", { inputs: { definition } }),
    ]);
    assert.equal(startAt, "Pay");
    assert.deepEqual(
      states.map(({ name, nexts, end }) => [name, end, nexts.map(({ to, on }) => `${to} ${on ?? ""}`.trim())]),
      [
        ["Pay", false, ["Done", "Undo fault"]],
        ["Done", true, []],
        ["Undo", false, ["Done YES", "Pay otherwise"]],
      ],
    );
  });
});
