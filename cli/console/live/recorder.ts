import type { Invocation } from "../../../console/pages";
import type { Trouble } from "../../../console/protocol";
import type { Clock } from "../../../local/clock";
import type { Feed, FeedEvents } from "../../../local/feed";
import { MAIL } from "../../alarms/stackNames";
import { isRejection } from "../../orderLines";
import type { PipelineGraph } from "../graph/pipelineGraph";
import type { Placed } from "../graph/parts";
import { Figures } from "./figures";

const KEPT_INVOCATIONS = 50;
const KEPT_TROUBLES = 100;

/** Watches the runtime's feed from the start on and counts what passes each part and each arrow of the picture. */
export class Recorder {
  readonly figures = new Figures();
  readonly troubles: Trouble[] = [];
  /** Recent invocations by part, the newest last. */
  readonly invocations = new Map<string, Invocation[]>();
  /** How often alarms turned, mails came, and dead letters moved. */
  readonly turns = { alarms: 0, mails: 0, letters: 0 };
  private readonly functions = new Map<string, Placed>();
  private readonly functionOfRole = new Map<string, Placed>();
  private readonly byName = new Map<string, Placed>();
  private readonly machineOf = new Map<string, Placed>();
  /** What each function may call, by its part. */
  private readonly arrowsFrom = new Map<string, { readonly id: string; readonly to: Placed }[]>();
  private readonly incoming = new Map<string, { readonly id: string; readonly from: Placed }[]>();
  private readonly listeners: (() => void)[];
  private readonly api: Placed | undefined;

  constructor(
    { graph, directory, byId }: PipelineGraph,
    feed: Feed,
    private readonly clock: Clock,
  ) {
    for (const placed of directory.placed) {
      this.byName.set(`${placed.part.kind} ${placed.physicalName}`, placed);
      if (placed.part.kind === "machine") this.machineOf.set(placed.arn, placed);
      if (placed.part.kind !== "function") continue;
      this.functions.set(placed.physicalName, placed);
      this.functionOfRole.set(String(placed.resource.inputs["role"]), placed);
    }
    this.api = directory.placed.find(({ part }) => part.kind === "api");
    for (const { id, from, to } of graph.arrows) {
      const [begin, end] = [byId.get(from), byId.get(to)];
      if (begin === undefined || end === undefined) continue;
      this.arrowsFrom.set(from, [...(this.arrowsFrom.get(from) ?? []), { id, to: end }]);
      this.incoming.set(to, [...(this.incoming.get(to) ?? []), { id, from: begin }]);
    }
    this.listeners = [
      feed.on("request", (request) => this.onRequest(request)),
      feed.on("invocationBegun", ({ functionName }) => this.figures.run(this.functions.get(functionName)?.part.id, 1)),
      feed.on("invocation", (invocation) => this.onInvocation(invocation)),
      feed.on("streamBatch", ({ functionName }) => this.fromSource(functionName, "table")),
      feed.on("message", (message) => this.onMessage(message)),
      feed.on("busEvent", ({ bus }) => this.figures.pass(this.byName.get(`bus ${bus}`)?.part.id)),
      feed.on("ruleDelivery", (delivery) => this.onDelivery(delivery)),
      feed.on("execution", (execution) => this.onExecution(execution)),
      feed.on("call", (call) => this.onCall(call)),
      feed.on(
        "object",
        ({ bucket, what }) => what === "stored" && this.figures.pass(this.byName.get(`bucket ${bucket}`)?.part.id),
      ),
      feed.on("notification", (notification) => this.onNotification(notification)),
      feed.on("mail", () => (this.turns.mails += 1)),
      feed.on("alarm", (alarm) => this.onAlarm(alarm)),
      feed.on("trouble", ({ where, message }) => this.trouble({ what: where, said: message })),
    ];
  }

  stop(): void {
    for (const stop of this.listeners) stop();
  }

  private onRequest({ status, method, path, invoked, timeMs = this.clock.now() }: FeedEvents["request"]): void {
    this.figures.pass(this.api?.part.id);
    const called = this.functions.get(invoked ?? "");
    if (called !== undefined) this.figures.move(`${this.api?.part.id}>${called.part.id}`);
    if (status < 500) return;
    this.figures.fail(this.api?.part.id, timeMs);
    this.trouble({ part: this.api?.part.id, what: `${method} ${path}`, said: `answered ${status}` });
  }

  private onInvocation(invocation: FeedEvents["invocation"]): void {
    const { functionName, requestId, startedMs, durationMs, cold, error } = invocation;
    const part = this.functions.get(functionName)?.part;
    if (part === undefined) return;
    const kept = this.invocations.get(part.id) ?? [];
    const said = error === undefined ? {} : { error: `${error.errorType}: ${error.errorMessage}` };
    kept.push({ requestId, startedMs, durationMs, cold, ...said });
    if (kept.length > KEPT_INVOCATIONS) kept.shift();
    this.invocations.set(part.id, kept);
    this.figures.pass(part.id);
    this.figures.run(part.id, -1);
    if (error === undefined || isRejection(error.errorType)) return;
    this.figures.fail(part.id, startedMs + durationMs);
    this.trouble({ part: part.id, what: part.title, said: said.error ?? "" });
  }

  private onMessage({ queue, what, to, messageId }: FeedEvents["message"]): void {
    const part = this.byName.get(`queue ${queue}`)?.part;
    if (part === undefined) return;
    if (what === "sent") this.figures.pass(part.id);
    if (what === "received") {
      const taker = this.arrowsFrom.get(part.id)?.find(({ to: end }) => end.part.kind === "function");
      this.figures.move(taker?.id);
    }
    if (part.failures === true || what === "moved") this.turns.letters += 1;
    if (what !== "moved") return;
    const letters = this.byName.get(`queue ${to?.split(":").at(-1) ?? ""}`)?.part;
    if (letters?.failures !== true) return;
    this.figures.move(`${part.id}>${letters.id}`);
    this.figures.fail(letters.id, this.clock.now());
    this.trouble({ part: letters.id, what: letters.title, said: `message ${messageId} was given up` });
  }

  private onDelivery({ rule, what, timeMs }: FeedEvents["ruleDelivery"]): void {
    const placed = this.byName.get(`rule ${rule}`) ?? this.byName.get(`schedule ${rule}`);
    if (placed === undefined) return;
    const { id, title } = placed.part;
    const out = this.arrowsFrom.get(id) ?? [];
    switch (what) {
      case "triggered":
        this.figures.pass(id);
        return this.figures.move(this.incoming.get(id)?.[0]?.id);
      case "delivered":
        return this.onDelivered(out.find(({ to }) => to.part.failures !== true));
      case "retried":
        return this.figures.fail(id, timeMs);
      case "deadLettered":
      case "dropped":
      case "lost":
        if (what === "deadLettered") this.figures.move(out.find(({ to }) => to.part.failures === true)?.id);
        this.figures.fail(id, timeMs);
        return this.trouble({ part: id, what: title, said: `an event was ${what}` });
      case "attempted":
        return;
    }
  }

  private onDelivered(target: { readonly id: string; readonly to: Placed } | undefined): void {
    this.figures.move(target?.id);
    // A log group tells nobody of its lines' senders; queues and functions are counted where they take things in.
    if (target?.to.part.kind === "log") this.figures.pass(target.to.part.id);
  }

  private onExecution({ executionArn, what, state, timeMs, detail }: FeedEvents["execution"]): void {
    const [machine] = [...this.machineOf.values()].filter(({ physicalName }) =>
      executionArn.includes(`:${physicalName}:`),
    );
    const id = machine?.part.id;
    if (id === undefined) return;
    if (what === "started") {
      this.figures.pass(id);
      this.figures.run(id, 1);
    }
    if (what === "entered") this.figures.move(this.taskArrow(id, state));
    if (what === "succeeded" || what === "failed" || what === "timedOut") this.figures.run(id, -1);
    if (what === "failed" || what === "timedOut") {
      this.figures.fail(id, timeMs);
      this.trouble({
        part: id,
        what: machine?.part.title ?? "",
        said: what === "failed" ? `an execution failed${reasonIn(detail)}` : "an execution timed out",
      });
    }
  }

  private taskArrow(machineId: string, state: string | undefined): string | undefined {
    return this.arrowsFrom.get(machineId)?.find(({ to }) => to.part.title === state)?.id;
  }

  /** A function called something: along the arrow to what its request names, or to the only thing of that service. */
  private onCall({ action, roleArn, about, ok, timeMs }: FeedEvents["call"]): void {
    const caller = this.functionOfRole.get(roleArn ?? "");
    if (caller === undefined) return;
    const kind = KIND_OF_SERVICE[action.split(":")[0] ?? ""];
    const reach = (this.arrowsFrom.get(caller.part.id) ?? []).filter(({ to }) => to.part.kind === kind);
    const named = reach.filter(({ to }) => about.includes(to.physicalName));
    for (const { id, to } of named.length > 0 || reach.length > 1 ? named : reach) {
      this.figures.move(id);
      if (kind === "table") this.figures.pass(to.part.id);
      if (!ok) this.figures.fail(to.part.id, timeMs);
    }
  }

  private onNotification({ topic, what, timeMs }: FeedEvents["notification"]): void {
    const part = this.byName.get(`topic ${topic}`)?.part;
    if (part === undefined) return;
    if (what === "published") this.figures.pass(part.id);
    if (what === "delivered") {
      for (const { id, to } of this.arrowsFrom.get(part.id) ?? []) {
        this.figures.move(id);
        this.figures.pass(to.part.id);
      }
    }
    if (what === "dropped" || what === "lost" || what === "deadLettered") this.figures.fail(part.id, timeMs);
  }

  private onAlarm({ name, to, reason }: FeedEvents["alarm"]): void {
    this.turns.alarms += 1;
    // Those that only send the mails of another alarm turn with it.
    if (to === "ALARM" && !name.endsWith(MAIL)) this.trouble({ what: `alarm ${name}`, said: reason });
  }

  /** An event source mapping handed something to its function. */
  private fromSource(functionName: string, kind: "table"): void {
    const called = this.functions.get(functionName)?.part.id ?? "";
    this.figures.move(this.incoming.get(called)?.find(({ from }) => from.part.kind === kind)?.id);
  }

  private trouble({ part, what, said }: { part?: string | undefined; what: string; said: string }): void {
    // The id of a request says nothing to who reads what went wrong.
    const line = said
      .replace(/RequestId: [\w-]+ (?:Error: )?/, "")
      .replace(/\s+/g, " ")
      .slice(0, 240);
    this.troubles.push({ atMs: this.clock.now(), ...(part !== undefined && { part }), what, said: line });
    if (this.troubles.length > KEPT_TROUBLES) this.troubles.shift();
    this.troubleCount += 1;
  }

  /** Troubles so far, those that are not kept included. */
  troubleCount = 0;
}

const KIND_OF_SERVICE: Readonly<Record<string, string>> = {
  dynamodb: "table",
  sqs: "queue",
  states: "machine",
  events: "bus",
  sns: "topic",
  s3: "bucket",
};

/** Why an execution failed, as the feed tells it. */
function reasonIn(detail: unknown): string {
  const { error, cause } = (detail ?? {}) as { readonly error?: string; readonly cause?: string };
  return error === undefined ? "" : `: ${[error, cause].filter(Boolean).join(", ")}`;
}
