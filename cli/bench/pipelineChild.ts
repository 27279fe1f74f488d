import { wallClockMs } from "../../bench/wallClock";
import { startPipeline, type Pipeline } from "../pipeline";
import type { FromPipeline, ToPipeline } from "./messages";

const TABLE_POLICY = "aws:dynamodb/resourcePolicy:ResourcePolicy";

/** The runtime of a measured pipeline, in a process of its own so that its CPU time is its own; driven by messages. */
let pipeline: Pipeline | undefined;

process.on("message", (message: ToPipeline) => {
  void obey(message).catch((error: Error) => tell({ kind: "failed", message: error.message }));
});
// Whoever measures has gone.
process.once("disconnect", () => void end());

async function obey(message: ToPipeline): Promise<void> {
  switch (message.kind) {
    case "start":
      return start(message.settings);
    case "collect":
      // Node was started with --expose-gc.
      globalThis.gc?.();
      return tell({ kind: "collected", heapBytes: process.memoryUsage().heapUsed });
    case "skipChanges":
      await pipeline?.runtime.skipChanges(message.functionName);
      return tell({ kind: "skipped" });
    case "stop":
      return end();
  }
}

async function start(settings: readonly string[]): Promise<void> {
  pipeline = await startPipeline({ settings, underLoad: true });
  const { runtime, outputs } = pipeline;
  await runtime.prewarm();
  // Tables are filled by hand, to be full; the trail's own policy would refuse that to everybody.
  for (const { type, inputs } of runtime.resources) {
    if (type === TABLE_POLICY) runtime.iam.putResourcePolicy(String(inputs["resourceArn"]));
  }
  runtime.feed.on("execution", ({ what, name, detail }) => {
    if (what !== "succeeded" && what !== "failed" && what !== "timedOut") return;
    // An execution is named after its order and try.
    const orderId = name.slice(0, name.lastIndexOf("-"));
    tell({ kind: "ended", end: { orderId, outcome: outcomeOf(what, detail), timeMs: wallClockMs() } });
  });
  tell({ kind: "up", outputs });
}

/** An execution that succeeds may have failed its order: the outcome is in what it puts out. */
function outcomeOf(what: string, detail: unknown): string {
  const { output } = (detail ?? {}) as { readonly output?: { readonly outcome?: string } };
  return what === "succeeded" ? (output?.outcome ?? "without an outcome") : what;
}

async function end(): Promise<void> {
  await pipeline?.stop();
  process.exit(0);
}

function tell(message: FromPipeline): void {
  if (process.connected) process.send?.(message);
}
