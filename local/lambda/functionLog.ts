import type { Clock } from "../clock";
import type { Access } from "../iam/access";
import type { FunctionError } from "../invoker";
import type { LogSink } from "../logs/logSink";
import { streamArn } from "../logs/permissions";
import type { Cloud } from "../resource";
import { actingAs } from "./executionRole";
import type { FunctionSettings } from "./functionKind";

/** Figures of one invocation. */
export interface InvocationReport {
  readonly requestId: string;
  readonly durationMs: number;
  /** How long the process took to load; absent when it was warm. */
  readonly initMs?: number;
  /** Zero when the process died before it could tell. */
  readonly memoryBytes: number;
  readonly error?: FunctionError;
}

interface Sinks {
  readonly clock: Clock;
  readonly logs: LogSink;
  readonly cloud: Cloud;
  readonly access?: Access | undefined;
}

/** What a function's log group gets: the lines of the function, and those that Lambda adds around each invocation. */
export class FunctionLog {
  /** The streams that there are. */
  private readonly streams = new Set<string>();

  constructor(
    private readonly settings: FunctionSettings,
    private readonly sinks: Sinks,
  ) {}

  /** A line that the function wrote. */
  line(stream: string, line: string): void {
    if (line !== "") this.put(stream, line.replaceAll("\r", "\n"));
  }

  started(stream: string, requestId: string): void {
    if (this.settings.logFormat === "Text") return this.put(stream, `START RequestId: ${requestId} Version: $LATEST`);
    this.platform(stream, "INFO", { type: "platform.start", record: { requestId, version: "$LATEST" } });
  }

  ended(stream: string, report: InvocationReport): void {
    if (this.settings.logFormat === "Text") return this.endedAsText(stream, report);
    const { requestId, error } = report;
    const metrics = {
      durationMs: round(report.durationMs),
      billedDurationMs: Math.ceil(report.durationMs),
      memorySizeMB: this.settings.memoryMegabytes,
      maxMemoryUsedMB: megabytes(report.memoryBytes),
      ...(report.initMs !== undefined && { initDurationMs: round(report.initMs) }),
    };
    const status = statusOf(error);
    const record = { requestId, metrics, status, ...(error !== undefined && { errorType: error.errorType }) };
    this.platform(stream, error === undefined ? "INFO" : "WARN", { type: "platform.report", record });
  }

  private endedAsText(stream: string, { requestId, durationMs, initMs, memoryBytes, error }: InvocationReport): void {
    if (error !== undefined && statusOf(error) !== "error") this.put(stream, error.errorMessage);
    this.put(stream, `END RequestId: ${requestId}`);
    const figures = [
      `Duration: ${round(durationMs)} ms`,
      `Billed Duration: ${Math.ceil(durationMs)} ms`,
      `Memory Size: ${this.settings.memoryMegabytes} MB`,
      `Max Memory Used: ${megabytes(memoryBytes)} MB`,
      ...(initMs === undefined ? [] : [`Init Duration: ${round(initMs)} ms`]),
    ];
    this.put(stream, `REPORT RequestId: ${requestId}\t${figures.join("\t")}`);
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
  private platform(stream: string, level: "INFO" | "WARN", event: object): void {
    if (this.settings.systemLogLevel === "WARN" && level === "INFO") return;
    this.put(stream, JSON.stringify({ time: new Date(this.sinks.clock.now()).toISOString(), ...event }));
  }

  /** What the function's role must not write is lost, and nobody is told. */
  private mayWrite(stream: string): boolean {
    const { access, cloud } = this.sinks;
    if (access === undefined) return true;
    const { logGroup } = this.settings;
    const [principal, resource] = [actingAs(this.settings), streamArn(logGroup, stream, cloud)];
    if (!this.streams.has(stream)) {
      if (access.refusal({ principal, action: "logs:CreateLogStream", resource }) !== undefined) return false;
      this.streams.add(stream);
    }
    return access.refusal({ principal, action: "logs:PutLogEvents", resource }) === undefined;
  }

  private put(stream: string, message: string): void {
    const { clock, logs } = this.sinks;
    if (this.mayWrite(stream)) logs.put(this.settings.logGroup, stream, clock.now(), message);
  }
}

function statusOf(error: FunctionError | undefined): "success" | "error" | "failure" | "timeout" {
  if (error === undefined) return "success";
  if (error.errorType === "Sandbox.Timedout") return "timeout";
  return error.errorType === "Runtime.ExitError" ? "failure" : "error";
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_048_576);
}
