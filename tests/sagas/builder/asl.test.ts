import assert from "node:assert/strict";
import { task } from "../../../contracts/task";
import { toAsl } from "../../../sagas/builder/asl";
import { toMermaid } from "../../../sagas/builder/mermaid";
import { sagaTasks } from "../../../sagas/builder/plan";
import { saga } from "../../../sagas/builder/saga";
import { worstCaseSeconds } from "../../../sagas/builder/worstCase";

interface Trip {
  readonly tripId: string;
  readonly traveller: { readonly name: string };
}

const book = task<{ id: string; copies: number }, { seat: string }>("Book").rejecting("Full");
const trip = saga<Trip, "FULL" | "FAULT">("Trip", { timeoutSeconds: 60, fault: "FAULT" })
  .step(book, {
    as: "booking",
    input: ({ tripId }) => ({ id: tripId, copies: 1 }),
    undo: { task: task<{ id: string }, void>("Unbook"), input: ({ tripId }) => ({ id: tripId }) },
    rejections: { Full: "FULL" },
  })
  .pivot()
  .step(task<{ name: string; seat: string }, void>("Print"), {
    input: ({ traveller, booking }) => ({ name: traveller.name, seat: booking.seat }),
    timeoutSeconds: 2,
  })
  .build();
const states = toAsl(trip, (name) => ({ ref: name })).States as Record<string, any>;

describe("a rendered saga", () => {
  it("points with paths, and keeps values as they are", () => {
    assert.deepEqual(states["Book"].Parameters, { "id.$": "$.tripId", copies: 1 });
    assert.deepEqual(states["Print"].Parameters, { "name.$": "$.traveller.name", "seat.$": "$.booking.seat" });
  });

  it("keeps an answer only under the name that it was given", () => {
    assert.deepEqual([states["Book"].ResultPath, states["Print"].ResultPath], ["$.booking", null]);
  });

  it("has whatever the caller wants as a resource", () => assert.deepEqual(states["Book"].Resource, { ref: "Book" }));

  it("retries faults with full jitter, and rejections never", () => {
    const [rejections, faults] = states["Book"].Retry;
    assert.deepEqual(rejections, { ErrorEquals: ["Full"], MaxAttempts: 0 });
    assert.deepEqual([faults.ErrorEquals, faults.MaxAttempts, faults.JitterStrategy], [["States.ALL"], 1, "FULL"]);
  });

  it("goes straight to the undo when there is no fence", () => {
    assert.equal(states["Fault at Book"].Next, "Unbook");
    assert.equal(states["Full at Book"].Next, "Undone");
  });

  it("is more patient past the pivot, and catches nothing there", () => {
    assert.deepEqual([states["Print"].Retry[0].MaxAttempts, states["Print"].Catch], [4, undefined]);
  });

  it("gives every task a timeout, and its function a second less", () => {
    assert.deepEqual(sagaTasks(trip), [
      { name: "Book", role: "step", timeoutSeconds: 3, functionTimeoutSeconds: 2 },
      { name: "Print", role: "step", timeoutSeconds: 2, functionTimeoutSeconds: 1 },
      { name: "Unbook", role: "undo", timeoutSeconds: 3, functionTimeoutSeconds: 2 },
    ]);
  });

  it("takes at worst what its longest way takes, not what all its states take", () => {
    // Book 3 + 1 + 3; then Print, five times 2 and pauses of 1 + 2 + 4 + 5, which is longer than Unbook's 7.
    assert.equal(worstCaseSeconds(toAsl(trip, String)), 7 + 22);
  });

  it("is drawn with its rejections on the arrows", () => {
    assert.equal(
      toMermaid(toAsl(trip, String)),
      `stateDiagram-v2
  [*] --> Book
  Book --> Print
  Book --> Undone : Full
  Book --> Unbook : fault
  Print --> Completed
  Completed --> [*]
  Unbook --> Undone
  Undone --> [*]
`,
    );
  });
});
