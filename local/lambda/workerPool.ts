import { randomBytes } from "node:crypto";
import type { Clock } from "../clock";
import type { Feed } from "../feed";
import type { Access } from "../iam/access";
import type { InvocationResult } from "../invoker";
import type { LogSink } from "../logs/logSink";
import type { Cloud } from "../resource";
import { environmentOf } from "./environment";
import { errorOf, tooManyRequests } from "./functionErrors";
import { traced } from "./executionRole";
import type { FunctionSettings } from "./functionKind";
import { FunctionLog } from "./functionLog";
import { IdleWorkers } from "./idleWorkers";
import { Patience, SPARE_PATIENCE_MS, USUAL_WORKERS } from "./patience";
import type { SpareTime } from "./spareTime";
import { Worker, type Outcome } from "./worker";
import type { Order } from "./wire";

/** One call of a function. */
export type Call = Pick<Order, "requestId" | "payload" | "traceHeader" | "functionArn">;

interface WaitingCall {
  readonly call: Call;
  /** By the machine's clock: what it waits for is work, not time. */
  readonly sinceMs: number;
  readonly settle: (result: InvocationResult) => void;
}

export interface PoolParts {
  readonly settings: FunctionSettings;
  /** The folder with the function's archive. */
  readonly taskRoot: string;
  readonly maxWorkers: number;
  readonly spareTime: Pick<SpareTime, "share">;
  /** How long a process more than usual may go unused, in milliseconds. */
  readonly unusedMs?: number | undefined;
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly logs: LogSink;
  /** Who may do what; absent, every function may write its logs. */
  readonly access?: Access | undefined;
  /** Whether a client waits for what the function answers; absent, nobody does. */
  readonly isAwaited?: () => boolean;
}

/** Loading may take this long before it counts as running. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_SECONDS = 10;

/**
 * How nice a process is that works behind queues and streams. With more to do than a few cores can, requests are then
 * answered and the rest waits its turn, as on AWS, where the one takes nothing from the other.
 */
const BEHIND_REQUESTS = 5;

/** Skews below this are measuring noise between two clocks of the same machine. */
const NOTICEABLE_SKEW_MS = 20;

/**
 * The processes of one function. Starts the first with the first call, and another, up to a number, when a call has waited
 * for a while, sooner and up to more where processors are idle; what nobody uses of that more ends. Calls wait in the order
 * in which they came. (AWS would start one for each call that finds none idle; on a few cores that makes all of them slow.)
 */
export class WorkerPool {
  private readonly log: FunctionLog;
  private readonly workers = new Map<Worker, string>();
  private readonly idle: IdleWorkers;
  private readonly waiting: WaitingCall[] = [];
  private readonly patience: Patience;
  private retry: NodeJS.Timeout | undefined;
  private running = 0;
  private stopped = false;
  /** Calls at once, at most; a call beyond is refused. */
  private reserved: number;

  constructor(private readonly parts: PoolParts) {
    this.log = new FunctionLog(parts.settings, parts);
    this.reserved = parts.settings.reservedConcurrency ?? Infinity;
    this.patience = new Patience(parts.spareTime);
    this.idle = new IdleWorkers({
      count: () => this.workers.size,
      usual: this.usualWorkers,
      isSpare: () => this.patience.isSpare,
      end: (worker) => this.end(worker),
      unusedMs: parts.unusedMs,
    });
  }

  /** How many calls at once are reserved for the function and its limit; absent when it shares the account's. */
  get reservedConcurrency(): number | undefined {
    return this.reserved === Infinity ? undefined : this.reserved;
  }

  /** Reserves concurrency, which also is a limit: with 0 every call is refused. Without a number it is shared again. */
  reserve(concurrency = Infinity): void {
    this.reserved = concurrency;
  }

  /** Processes that the function has, at most, while the machine has nothing to spare. */
  get usualWorkers(): number {
    return Math.min(this.parts.maxWorkers, USUAL_WORKERS);
  }

  /** Resolves with what the function answered. Rejects with TooManyRequestsException over its reserved concurrency. */
  invoke(call: Call): Promise<InvocationResult> {
    if (this.running + this.waiting.length >= this.reserved) {
      const { settings, feed, clock } = this.parts;
      feed.emit("throttle", { functionName: settings.name, timeMs: clock.now() });
      return Promise.reject(tooManyRequests());
    }
    // A call that waits for a process waits for work to be done, not for time to pass.
    const release = this.parts.clock.busy();
    const answered = new Promise<InvocationResult>((settle) => {
      this.waiting.push({ call, sinceMs: performance.now(), settle });
      this.assign();
    });
    // Those who waited for the answer act on it first; a fast clock must not run ahead of them.
    return answered.finally(() => setImmediate(release));
  }

  /** Starts a process, and waits until it has loaded the handler, unless there is one already. */
  async prewarm(): Promise<void> {
    if (this.workers.size > 0) return;
    const worker = this.startWorker();
    const release = this.parts.clock.busy();
    await worker?.started;
    release();
    if (worker?.alive === true) this.idle.add(worker);
    this.assign();
  }

  /** Kills the processes that run an invocation now; answers how many. The invocations end with Runtime.ExitError. */
  killRunning(): number {
    const running = [...this.workers.keys()].filter((worker) => !this.idle.has(worker));
    for (const worker of running) worker.kill();
    return running.length;
  }

  /** Ends the processes that run no invocation; the next call starts a new one. */
  retire(): void {
    for (const worker of this.idle.takeAll()) this.end(worker);
  }

  /** Kills all processes and resolves when they are gone. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    this.idle.stop();
    const workers = [...this.workers.keys()];
    this.killNow();
    for (const { call, settle } of this.waiting.splice(0)) {
      const outcome: Outcome = { kind: "ended", code: null, signal: "SIGKILL" };
      settle(this.resultOf(call, outcome));
    }
    await Promise.all(workers.map((worker) => worker.exited));
  }

  /** Kills all processes without waiting, for when this process ends. */
  killNow(): void {
    for (const worker of this.workers.keys()) worker.kill();
  }

  private assign(): void {
    while (this.waiting.length > 0) {
      const worker = this.idle.take() ?? this.another();
      const next = worker && this.waiting.shift();
      if (worker === undefined || next === undefined) return;
      void this.run(worker, next.call).then(next.settle);
    }
  }

  /** A process more, when there is none yet or the first call has waited long enough; else it is seen to later. */
  private another(): Worker | undefined {
    const { size } = this.workers;
    if (size === 0) return this.startWorker();
    if (size >= this.parts.maxWorkers) return undefined;
    const waitedMs = performance.now() - (this.waiting[0]?.sinceMs ?? 0);
    const patienceMs = this.patience.with({ workers: size, waiting: this.waiting.length });
    // One after the other: what the first is going to take is not known before it has loaded.
    if (waitedMs >= patienceMs && this.allWarm) return this.startWorker();
    this.retry ??= setTimeout(() => {
      this.retry = undefined;
      this.assign();
    }, SPARE_PATIENCE_MS);
    return undefined;
  }

  private get allWarm(): boolean {
    return [...this.workers.keys()].every(({ warm }) => warm);
  }

  private startWorker(): Worker | undefined {
    if (this.stopped) return undefined;
    const { settings, taskRoot, cloud } = this.parts;
    const day = new Date(this.parts.clock.now()).toISOString().slice(0, 10).replaceAll("-", "/");
    const logStream = `${day}/[$LATEST]${randomBytes(16).toString("hex")}`;
    const worker: Worker = new Worker({
      env: environmentOf(settings, { taskRoot, logStream }, cloud),
      taskRoot,
      memoryMegabytes: settings.memoryMegabytes,
      skewMs: this.skewMs(),
      niceness: this.parts.isAwaited?.() === true ? 0 : BEHIND_REQUESTS,
      onLine: (line) => this.log.line(logStream, line),
      onGone: () => this.forget(worker),
    });
    this.workers.set(worker, logStream);
    return worker;
  }

  private end(worker: Worker): void {
    this.workers.delete(worker);
    worker.kill();
  }

  private forget(worker: Worker): void {
    this.workers.delete(worker);
    this.idle.remove(worker);
    this.assign();
  }

  private async run(worker: Worker, call: Call): Promise<InvocationResult> {
    const { clock, settings, feed } = this.parts;
    const concurrency = (this.running += 1);
    const logStream = this.workers.get(worker) ?? "";
    const beganMs = clock.now();
    const cold = !worker.warm;
    const failure = await this.within(INIT_SECONDS + settings.timeoutSeconds, worker, () => worker.started);
    const startedMs = clock.now();
    traced(this.parts, settings);
    this.log.started(logStream, call.requestId);
    feed.emit("invocationBegun", { functionName: settings.name, requestId: call.requestId, timeMs: startedMs });
    const outcome = failure ?? (await this.serve(worker, call));
    const durationMs = clock.now() - startedMs;
    const result = this.resultOf(call, outcome);
    this.log.ended(logStream, {
      requestId: call.requestId,
      durationMs,
      ...(cold && { initMs: startedMs - beganMs }),
      memoryBytes: "memoryBytes" in outcome ? outcome.memoryBytes : 0,
      ...(!result.ok && { error: result.error }),
    });
    const { name: functionName } = settings;
    const error = result.ok ? {} : { error: result.error };
    const figures = { startedMs, durationMs, cold, concurrency };
    const run = {
      ...{ memoryMegabytes: settings.memoryMegabytes, traceHeader: call.traceHeader, logStream, payload: call.payload },
      ...(cold && { initMs: startedMs - beganMs }),
      answer: outcome.kind === "answered" ? outcome.payload : "",
    };
    feed.emit("invocation", { functionName, requestId: call.requestId, ...figures, ...error, run });
    this.running -= 1;
    if (worker.alive) this.idle.add(worker);
    this.assign();
    return result;
  }

  private async serve(worker: Worker, call: Call): Promise<Outcome> {
    const { timeoutSeconds } = this.parts.settings;
    const deadlineMs = this.parts.clock.now() + timeoutSeconds * 1000;
    const order = { ...call, deadlineMs, skewMs: this.skewMs() };
    const beganMs = performance.now();
    const outcome = await this.within(timeoutSeconds, worker, () => worker.serve(order));
    this.patience.took(performance.now() - beganMs);
    return outcome;
  }

  private async within<T>(seconds: number, worker: Worker, wait: () => Promise<T>): Promise<T> {
    const cancel = this.parts.clock.after(seconds * 1000, () => worker.timeOut());
    try {
      return await wait();
    } finally {
      cancel();
    }
  }

  private resultOf({ requestId }: Call, outcome: Outcome): InvocationResult {
    const error = errorOf(outcome, requestId, this.parts.settings.timeoutSeconds);
    if (error !== undefined) return { ok: false, error, requestId };
    const payload: unknown = outcome.kind === "answered" ? JSON.parse(outcome.payload) : null;
    return { ok: true, payload, requestId };
  }

  private skewMs(): number {
    const skewMs = this.parts.clock.now() - Date.now();
    return Math.abs(skewMs) < NOTICEABLE_SKEW_MS ? 0 : skewMs;
  }
}
