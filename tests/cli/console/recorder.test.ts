import assert from "node:assert/strict";
import { pipelineGraph } from "../../../cli/console/graph/pipelineGraph";
import { Recorder } from "../../../cli/console/live/recorder";
import { Clock } from "../../../local/clock";
import { Feed } from "../../../local/feed";
import { PROGRAM, WORK_ROLE } from "./aProgram";

function recorded(): { feed: Feed; recorder: Recorder; figuresOf: (part: string) => object } {
  const feed = new Feed();
  const recorder = new Recorder(pipelineGraph(PROGRAM, "p-dev-"), feed, new Clock());
  return { feed, recorder, figuresOf: (part) => recorder.figures.parts.get(part) ?? {} };
}

const RUN = { functionName: "p-dev-work", requestId: "1" };
const ENDED = { ...RUN, startedMs: 1_000, durationMs: 5, cold: false };

describe("the counting of what passes", () => {
  it("counts messages at their queue and along the arrow to who takes them", () => {
    const { feed, recorder, figuresOf } = recorded();
    const message = { queue: "p-dev-jobs", messageId: "m", receiveCount: 1 };
    feed.emit("message", { ...message, what: "sent" });
    feed.emit("message", { ...message, what: "received" });
    assert.deepEqual(figuresOf("shop-queue"), { count: 1, failures: 0, running: 0 });
    assert.equal(recorder.figures.arrows.get("shop-queue>shop-work"), 1);
  });

  it("lights the dead letters when a message is given up, and says so", () => {
    const { feed, recorder } = recorded();
    const to = "arn:aws:sqs:eu-central-1:000000000000:p-dev-jobs-dead-letters";
    feed.emit("message", { queue: "p-dev-jobs", messageId: "m-7", receiveCount: 3, what: "moved", to });
    assert.equal(recorder.figures.parts.get("shop-letters")?.failures, 1);
    assert.equal(recorder.figures.arrows.get("shop-queue>shop-letters"), 1);
    assert.deepEqual(
      recorder.troubles.map(({ part, said }) => [part, said]),
      [["shop-letters", "message m-7 was given up"]],
    );
    assert.equal(recorder.turns.letters, 1);
  });

  it("knows how many invocations run, and takes a business no for an answer", () => {
    const { feed, figuresOf } = recorded();
    feed.emit("invocationBegun", { ...RUN, timeMs: 1_000 });
    assert.deepEqual(figuresOf("shop-work"), { count: 0, failures: 0, running: 1 });
    feed.emit("invocation", { ...ENDED, error: { errorType: "OutOfStock", errorMessage: "none left" } });
    assert.deepEqual(figuresOf("shop-work"), { count: 1, failures: 0, running: 0 });
    feed.emit("invocation", { ...ENDED, error: { errorType: "Error", errorMessage: "boom" } });
    assert.deepEqual(figuresOf("shop-work"), { count: 2, failures: 1, running: 0, failedMs: 1_005 });
  });

  it("counts calls along the arrow to what they name, and only those of functions", () => {
    const { feed, recorder } = recorded();
    const call = { action: "dynamodb:PutItem", about: ["p-dev-things"], ok: true, timeMs: 1 };
    feed.emit("call", { ...call, roleArn: WORK_ROLE });
    feed.emit("call", call);
    feed.emit("call", { ...call, roleArn: WORK_ROLE, about: ["elsewhere"] });
    assert.equal(recorder.figures.arrows.get("shop-work>shop-table"), 2, "one table is all that it can mean");
    assert.equal(recorder.figures.parts.get("shop-table")?.count, 2);
  });

  it("tells what changed since it was asked last", () => {
    const { feed, recorder } = recorded();
    feed.emit("invocation", ENDED);
    assert.deepEqual(Object.keys(recorder.figures.takeChanges().parts ?? {}), ["shop-work"]);
    assert.deepEqual(recorder.figures.takeChanges(), {});
  });
});
