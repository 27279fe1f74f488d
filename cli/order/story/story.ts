import type { KeptMail } from "../../inbox/mailFiles";
import type { Entry } from "../../deadLetters/list";
import type { LogLine } from "../../logs/logLine";
import { keysText } from "../../logs/linesText";
import type { Step, Timeline } from "../timeline";
import { executionRows } from "./executionRows";
import type { Execution } from "./executions";
import { notes } from "./notes";
import type { Row } from "./row";

/** Where an order's receipt lies, and whether it is one. */
export interface ReceiptPlace {
  readonly bucket: string;
  readonly key: string;
  /** ISSUED or VOID. */
  readonly status: string;
}

/** What was found of an order, in all places. */
export interface Found {
  readonly timeline: Timeline;
  /** Log lines of functions. */
  readonly lines: readonly LogLine[];
  readonly executions: readonly Execution[];
  /** Undefined for a deployed stack, where mail leaves for the world. */
  readonly mails: readonly KeptMail[] | undefined;
  readonly receipt: ReceiptPlace | undefined;
  readonly deadLetters: readonly Entry[];
  /** Places that could not be read, and why. */
  readonly unread: readonly string[];
}

/** The whole story of an order. */
export interface Story extends Found {
  /** In time order. */
  readonly rows: readonly Row[];
  /** What is not told, and how it would be. */
  readonly notes: readonly string[];
}

const TONES = { forward: "plain", back: "back", confirmed: "good", failed: "warn" } as const;

/** Puts together what was found. Lines of those who only looked at the order are left out of the rows and counted. */
export function storyOf(found: Found): Story {
  const { timeline, lines, executions, mails = [] } = found;
  const rows = [
    ...lines.filter((line) => !isLook(line)).map(lineRow),
    ...timeline.steps.map(stepRow),
    ...executions.flatMap(executionRows),
    ...mails.map(mailRow),
  ];
  const looks = lines.filter(isLook).length;
  return { ...found, rows: rows.sort((a, b) => a.timeMs - b.timeMs), notes: notes(found, looks) };
}

/** A request that read the order, and changed nothing. */
function isLook({ keys, level }: LogLine): boolean {
  return keys["method"] === "GET" && level === "INFO";
}

/** Said at the head or by other rows, or of no use to people. */
const KNOWN = ["orderId", "tenantId", "correlationId", "messageId", "eventId", "executionArn"];

function lineRow({ at, function: from, level, message, keys }: LogLine): Row {
  const tone = level === "ERROR" ? "bad" : level === "WARN" ? "warn" : "dim";
  const what = tone === "dim" ? message : `${level} ${message}`;
  return { timeMs: Date.parse(at), from, what, said: keysText(keys, KNOWN), details: [], tone };
}

function stepRow({ occurredAt, words, said, way, type, version }: Step): Row {
  const what = `${words} (${type}, version ${version})`;
  return { timeMs: Date.parse(occurredAt), from: "trail", what, said, details: [], tone: TONES[way] };
}

function mailRow({ timeMs, to, subject, file }: KeptMail): Row {
  return { timeMs, from: "inbox", what: `mail to ${to}`, said: subject, details: [["file", file]], tone: "plain" };
}
