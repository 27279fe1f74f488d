import { fork, type ChildProcess } from "node:child_process";
import { getPriority, setPriority } from "node:os";
import { join } from "node:path";
import type { FunctionError } from "../invoker";
import { OutputLines } from "./outputLines";
import type { Order, OutputName, Report } from "./wire";

/** How an invocation ended. */
export type Outcome =
  | { readonly kind: "answered"; readonly payload: string; readonly memoryBytes: number }
  | { readonly kind: "failed"; readonly error: FunctionError; readonly memoryBytes: number }
  /** The process died; of a signal, or with a code. */
  | { readonly kind: "ended"; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: "timedOut" };

export interface WorkerParts {
  readonly env: Readonly<Record<string, string>>;
  readonly taskRoot: string;
  readonly memoryMegabytes: number;
  /** What to add to this machine's time to get the runtime's. */
  readonly skewMs: number;
  /** By how much it gives way to this process: https://nodejs.org/docs/latest/api/os.html#ossetprioritypid-priority */
  readonly niceness: number;
  onLine(line: string): void;
  /** Called once, when the process is gone or was killed. */
  onGone(): void;
}

/**
 * Room for what is new, in MB of each half. A call leaves next to nothing behind; with Node's 16 a busy process takes half
 * as much memory again and is not faster. https://nodejs.org/docs/latest-v20.x/api/cli.html#--max-semi-space-sizesize-in-megabytes
 */
const SEMI_SPACE_MB = 4;

/** How long the output of a dead process may still come, when a process that it started holds the pipe. */
const LAST_OUTPUT_MS = 100;

/**
 * One process of a function: an execution environment, as Lambda calls it. Serves one invocation at a
 * time. It ends by itself when this process does.
 */
export class Worker {
  /** Resolves with undefined when the handler is loaded, or with the reason why it never will be. */
  readonly started: Promise<Outcome | undefined>;
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
  private readonly child: ChildProcess;
  private readonly outputs: { readonly [Name in OutputName]?: OutputLines };
  private settleStart!: (outcome: Outcome | undefined) => void;
  private current: { readonly requestId: string; readonly settle: (outcome: Outcome) => void } | undefined;
  private gone = false;
  private loaded = false;

  constructor(private readonly parts: WorkerParts) {
    this.started = new Promise((resolve) => (this.settleStart = resolve));
    this.child = fork(join(__dirname, "bootstrap.cjs"), [String(parts.skewMs)], {
      cwd: parts.taskRoot,
      env: parts.env,
      // Without this the child would inherit the loaders of this process.
      execArgv: [`--max-old-space-size=${parts.memoryMegabytes}`, `--max-semi-space-size=${SEMI_SPACE_MB}`],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    behave(this.child, parts.niceness);
    this.outputs = { ...this.read("stdout"), ...this.read("stderr") };
    this.child.on("message", (report: Report) => void this.hear(report));
    this.exited = new Promise((resolve) => {
      this.child.once("exit", (code, signal) => {
        resolve();
        const last = setTimeout(() => this.end({ kind: "ended", code, signal }), LAST_OUTPUT_MS);
        this.child.once("close", () => {
          clearTimeout(last);
          this.end({ kind: "ended", code, signal });
        });
      });
      this.child.once("error", () => {
        resolve();
        this.end({ kind: "ended", code: null, signal: null });
      });
    });
  }

  get alive(): boolean {
    return !this.gone;
  }

  /** Whether it has loaded the handler, so that a call need not wait for that. */
  get warm(): boolean {
    return this.loaded;
  }

  /** Hands over one invocation; the one before must have ended. */
  serve(order: Order): Promise<Outcome> {
    if (this.gone) return Promise.resolve({ kind: "ended", code: null, signal: null });
    return new Promise((resolve) => {
      this.current = { requestId: order.requestId, settle: resolve };
      // A process that dies now is heard of by its exit.
      this.child.send(order, () => undefined);
    });
  }

  /** Kills the process because its time is over. */
  timeOut(): void {
    this.child.kill("SIGKILL");
    this.end({ kind: "timedOut" });
  }

  /** Kills the process; an invocation in it ends as when a process dies. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  private read(name: OutputName): { readonly [Name in OutputName]?: OutputLines } {
    const stream = this.child[name];
    return stream === null ? {} : { [name]: new OutputLines(stream, (line) => this.parts.onLine(line)) };
  }

  private async hear(report: Report): Promise<void> {
    switch (report.kind) {
      case "ready":
        this.loaded = true;
        return this.settleStart(undefined);
      case "failedInit":
        await this.drained("init", report.marked);
        return this.end({ kind: "failed", error: report.error, memoryBytes: 0 });
      case "answer":
        await this.drained(report.requestId, report.marked);
        return this.answered(report);
    }
  }

  private async drained(requestId: string, marked: readonly OutputName[]): Promise<void> {
    for (const name of marked) await this.outputs[name]?.drained(requestId);
  }

  private answered({ requestId, memoryBytes, payload, error, last }: Extract<Report, { kind: "answer" }>): void {
    if (this.current?.requestId !== requestId) return;
    const outcome: Outcome =
      error === undefined
        ? { kind: "answered", payload: payload ?? "null", memoryBytes }
        : { kind: "failed", error, memoryBytes };
    if (last) return this.end(outcome);
    const { settle } = this.current;
    this.current = undefined;
    settle(outcome);
  }

  private end(outcome: Outcome): void {
    if (this.gone) return;
    this.gone = true;
    this.settleStart(outcome);
    this.current?.settle(outcome);
    this.current = undefined;
    this.parts.onGone();
  }
}

const NICEST = 19;

function behave({ pid }: ChildProcess, niceness: number): void {
  if (pid === undefined || niceness === 0) return;
  try {
    setPriority(pid, Math.min(getPriority() + niceness, NICEST));
  } catch {
    // It is gone already, or this machine knows no priorities: then all run alike.
  }
}
