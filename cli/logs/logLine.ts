import type { RawLine } from "./readLines";

/** A line that a function of ours wrote. */
export interface LogLine {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What the function is called in the outputs. */
  readonly function: string;
  readonly level: string;
  readonly message: string;
  /** Everything else that the line says. */
  readonly keys: Readonly<Record<string, unknown>>;
}

/** From the least severe on; as Powertools and Lambda call them. */
export const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "CRITICAL", "FATAL"] as const;

export type Level = (typeof LEVELS)[number];

/** Reads a line, our own or Lambda's; one that is no JSON is its own message. */
export function logLineOf({ timeMs, message: text }: RawLine, name: string): LogLine {
  const { level, message, timestamp, ...keys } = ownFields(fieldsIn(text));
  return {
    at: new Date(typeof timestamp === "string" ? Date.parse(timestamp) || timeMs : timeMs).toISOString(),
    function: name,
    level: typeof level === "string" ? level : "INFO",
    message: typeof message === "string" ? message : text.trimEnd(),
    keys,
  };
}

/** Whether a line only says that an invocation began or went well, or is a metric. */
export function isRoutine({ message }: RawLine): boolean {
  const { type, record, _aws } = fieldsIn(message);
  if (_aws !== undefined) return true;
  if (typeof type !== "string" || !type.startsWith("platform.")) return false;
  const { status = "success" } = (record ?? {}) as { readonly status?: unknown };
  return status === "success";
}

/**
 * A line of Lambda's own in the shape of ours: what the platform reports, such as an invocation that ran out of time, and
 * what the runtime says of an error that nobody caught. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
function ownFields(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { time, type, record, message, ...rest } = fields;
  if (typeof type === "string" && typeof record === "object") {
    return { level: "ERROR", message: type, timestamp: time, ...record };
  }
  const { errorType, errorMessage } = (message ?? {}) as {
    readonly errorType?: string;
    readonly errorMessage?: string;
  };
  return errorType === undefined ? fields : { ...rest, message: `${errorType}: ${errorMessage}`, error: message };
}

/** Whether a line is of this level or a worse one; a level that nobody knows is. */
export function isAtLeast({ level }: LogLine, least: Level): boolean {
  const rank = (LEVELS as readonly string[]).indexOf(level.toUpperCase());
  return rank === -1 || rank >= LEVELS.indexOf(least);
}

function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
