import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { awsConnection } from "../awsConnection";
import { OrderLookup } from "../deadLetters/orderLookup";
import { readOutputs, type StackOutputs } from "../stackOutputs";
import { spoken, UsageError, type Terminal } from "../terminal";
import { functionLines, type Subject } from "./functionLines";
import { linesText } from "./linesText";
import { LogEvents } from "./logEvents";
import { logGroupsOf } from "./logGroups";
import { isAtLeast } from "./logLine";
import { LOGS_USAGE, logsOptions, type LogsOptions } from "./options";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The clocks of those who write differ a little. */
const LEEWAY_MS = 60_000;

/** `npm run logs`: answers the exit code. Errors are told in one line. */
export async function logs(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    const options = logsOptions(args);
    if (options === "help") terminal.say(LOGS_USAGE);
    else await carryOut(options, terminal);
    return 0;
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function carryOut({ subject, sinceMs, level, outputsFile, json }: LogsOptions, terminal: Terminal) {
  const outputs = readOutputs(outputsFile);
  const groups = logGroupsOf(outputs);
  const names = [...groups.functions.values()];
  if (subject.key === "function" && !names.includes(subject.id)) {
    throw new UsageError(`The stack has no function ${subject.id}; it has ${names.join(", ")}.`);
  }
  const fromMs = sinceMs === undefined ? await beginningOf(subject, outputs) : Date.now() - sinceMs;
  const events = new LogEvents(outputs);
  try {
    const all = await functionLines(events, groups, { ...subject, fromMs });
    const lines = level === undefined ? all : all.filter((line) => isAtLeast(line, level));
    if (json) return terminal.say(JSON.stringify(lines, null, 2));
    if (lines.length > 0) return terminal.say(linesText(lines, terminal.colours));
    const which = level === undefined ? "line" : `line of level ${level} or worse`;
    const since = new Date(fromMs).toISOString();
    terminal.say(`No ${which} of ${subject.key} ${subject.id} since ${since}. --since 7d looks further back.`);
  } finally {
    events.close();
  }
}

/** When the order was placed, so that nothing of it is left out; an hour ago for a function, else a day. */
async function beginningOf({ key, id }: Subject, outputs: StackOutputs): Promise<number> {
  if (key === "function") return Date.now() - HOUR_MS;
  const aDayAgo = Date.now() - DAY_MS;
  if (key !== "orderId") return aDayAgo;
  const client = new DynamoDBClient(awsConnection(outputs));
  try {
    const order = (await new OrderLookup(client, outputs.ordersTable).find([id])).get(id);
    return order === undefined ? aDayAgo : Date.parse(order.createdAt) - LEEWAY_MS;
  } finally {
    client.destroy();
  }
}
