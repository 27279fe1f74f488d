import type { Feed, FeedEvents } from "../feed";
import type { LogSink } from "../logs/logSink";
import { FATAL_EVENTS, type EventType, ERROR_EVENTS } from "./historyEvents";

/** The state machine's `loggingConfiguration`, read. */
export interface Logging {
  readonly level: "ALL" | "ERROR" | "FATAL" | "OFF";
  /** Whether inputs, outputs and causes are written. */
  readonly includeExecutionData: boolean;
  /** The log group's name; absent when the level is OFF. */
  readonly group?: string;
}

/** Where the history of an execution goes, and what it says on every line. */
export interface HistoryTarget {
  readonly feed: Feed;
  readonly logs: LogSink;
  readonly nowMs: () => number;
  readonly logging: Logging;
  readonly stream: string;
  readonly executionArn: string;
  readonly name: string;
}

type Details = Readonly<Record<string, unknown>>;

/** Inputs and outputs longer than this are cut off: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const MAX_LOGGED_CHARACTERS = 248 * 1024;
const DATA = ["input", "output"];

/**
 * The history of one execution: told to the feed, and written to the log group in the shape and at the level
 * of the real logs of Express workflows.
 */
export class History {
  private lastId = 0;

  constructor(private readonly target: HistoryTarget) {}

  /** Writes a history event. `input` and `output` in the details are values; they are written as JSON texts. */
  log(type: EventType, details?: Details): void {
    const { logs, logging, stream, executionArn, nowMs } = this.target;
    const id = ++this.lastId;
    if (logging.group === undefined || !isLogged(type, logging.level)) return;
    const timeMs = Math.floor(nowMs());
    const line = {
      id: String(id),
      type,
      ...(details === undefined ? {} : { details: loggedDetails(details, logging.includeExecutionData) }),
      previous_event_id: String(id - 1),
      event_timestamp: String(timeMs),
      execution_arn: executionArn,
      redrive_count: "0",
    };
    logs.put(logging.group, stream, timeMs, JSON.stringify(line));
  }

  /** Tells the feed. */
  tell(what: FeedEvents["execution"]["what"], state?: string, detail?: unknown): void {
    const { feed, executionArn, name, nowMs } = this.target;
    feed.emit("execution", {
      executionArn,
      name,
      timeMs: nowMs(),
      what,
      ...(state === undefined ? {} : { state }),
      ...(detail === undefined ? {} : { detail }),
    });
  }
}

function isLogged(type: EventType, level: Logging["level"]): boolean {
  if (level === "OFF") return false;
  if (level === "ALL" || FATAL_EVENTS.includes(type)) return true;
  return level === "ERROR" && ERROR_EVENTS.includes(type);
}

function loggedDetails(details: Details, includeData: boolean): Details {
  const secret = includeData ? [] : [...DATA, "cause"];
  return Object.fromEntries(
    Object.entries(details)
      .filter(([name, value]) => value !== undefined && !secret.includes(name))
      .flatMap(([name, value]) => (DATA.includes(name) ? loggedData(name, value) : [[name, value]])),
  );
}

function loggedData(name: string, value: unknown): [string, unknown][] {
  const text = JSON.stringify(value ?? null);
  const truncated = text.length > MAX_LOGGED_CHARACTERS;
  return [
    [name, truncated ? text.slice(0, MAX_LOGGED_CHARACTERS) : text],
    [`${name}Details`, { truncated }],
  ];
}
