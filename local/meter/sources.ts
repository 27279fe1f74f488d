import type { Release } from "../clock";
import type { Feed, FeedEvents } from "../feed";
import { chunks, type Charge } from "./charge";

type Add = (charge: Charge) => void;

/** The charges that can be told from what the feed tells anyway; the others come as `billed`. */
export function chargeSources(feed: Feed, add: Add): readonly Release[] {
  return [
    feed.on("request", (request) => addRequest(request, add)),
    feed.on("invocation", (invocation) => addInvocation(invocation, add)),
    feed.on("execution", executions(add)),
    feed.on("busEvent", ({ bus, event }) => {
      // Events of AWS's own services come to the default bus, and are free: here those of schedules.
      if (event.source.startsWith("aws.")) return;
      const text = JSON.stringify(event.detail);
      add({ unit: "event", resource: bus, quantity: chunks(Buffer.byteLength(text)), about: () => text });
    }),
    feed.on("log", ({ group, stream, message }) => {
      const quantity = Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
      add({ unit: "logByte", resource: group, quantity, within: stream, about: () => message });
    }),
    feed.on("mail", ({ sourceArn, body, attributes }) => {
      const [, , service] = sourceArn.split(":");
      const about = (): string => `${JSON.stringify(attributes)} ${body}`;
      const unit = service === "ses" ? "sesMail" : "snsMail";
      add({ unit, resource: sourceArn.split(/[:/]/).at(-1) ?? sourceArn, quantity: 1, about });
    }),
  ];
}

/** What a line is taken for beside its own bytes: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const EVENT_OVERHEAD_BYTES = 26;

/**
 * Refusals that cost nothing: whoever is not known, not allowed, too fast or over the quota, and what no route leads to
 * (https://repost.aws/questions/QU5y4fo-e3RWyU5r4VmyPIzA/pricing-clarification-for-api-gateway).
 */
const FREE_REFUSALS = new Set<string | undefined>([
  ...["INVALID_API_KEY", "ACCESS_DENIED", "UNAUTHORIZED", "EXPIRED_TOKEN", "INVALID_SIGNATURE"],
  ...["MISSING_AUTHENTICATION_TOKEN", "THROTTLED", "QUOTA_EXCEEDED"],
]);

function addRequest({ api = "", refusal, about }: FeedEvents["request"], add: Add): void {
  if (FREE_REFUSALS.has(refusal)) return;
  const cause = about === undefined ? {} : { about };
  add({ unit: "apiRequest", resource: api, quantity: 1, ...cause });
  add({ unit: "traceStart", resource: api, quantity: 1, ...cause });
}

/** Loading the code is billed like running it, for every function since August 2025: https://aws.amazon.com/lambda/pricing/ */
function addInvocation({ functionName: resource, durationMs, run }: FeedEvents["invocation"], add: Add): void {
  if (run === undefined) return;
  const { memoryMegabytes, initMs = 0, traceHeader: within } = run;
  add({ unit: "lambdaRequest", resource, quantity: 1, within });
  add({ unit: "lambdaMbMs", resource, quantity: Math.ceil(initMs + durationMs) * memoryMegabytes, within });
}

/** Executions whose start is remembered; an Express workflow ends after five minutes at most. */
const MOST_RUNNING = 10_000;
const ENDS = new Set(["succeeded", "failed", "timedOut"]);

/**
 * Time is billed in steps of 100 ms, and memory in steps of 64 MB: 50 for any workflow, and what the definition and the
 * data take, which for a saga whose data are a few KB stays within the first step. https://aws.amazon.com/step-functions/pricing/
 */
function executions(add: Add): (execution: FeedEvents["execution"]) => void {
  const running = new Map<string, { readonly startedMs: number; readonly input: unknown }>();
  return ({ executionArn, what, timeMs, detail }) => {
    if (what === "started") {
      running.set(executionArn, { startedMs: timeMs, input: detail });
      const [oldest] = running.size > MOST_RUNNING ? running.keys() : [];
      if (oldest !== undefined) running.delete(oldest);
      return;
    }
    const execution = ENDS.has(what) ? running.get(executionArn) : undefined;
    if (execution === undefined) return;
    running.delete(executionArn);
    const [, machine = ""] = executionArn.split(":express:")[1]?.match(/^([^:]+):/) ?? [];
    const about = (): string => JSON.stringify(execution.input);
    const billedMs = Math.max(1, Math.ceil((timeMs - execution.startedMs) / EXPRESS_STEP_MS)) * EXPRESS_STEP_MS;
    add({ unit: "expressRequest", resource: machine, quantity: 1, about });
    add({ unit: "expressMbMs", resource: machine, quantity: billedMs * EXPRESS_STEP_MB, about });
  };
}

const EXPRESS_STEP_MS = 100;
const EXPRESS_STEP_MB = 64;
