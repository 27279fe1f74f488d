import { dirname, join } from "node:path";
import type { Order } from "../../../contracts/order";
import type { RecordedEvent } from "../../../contracts/trail";
import { readMails, type KeptMail } from "../../inbox/mailFiles";
import { functionLines } from "../../logs/functionLines";
import { LogEvents } from "../../logs/logEvents";
import { logGroupsOf } from "../../logs/logGroups";
import { readLines } from "../../logs/readLines";
import { spoken } from "../../terminal";
import type { StackOutputs } from "../../stackOutputs";
import { timelineOf } from "../timeline";
import { executionsIn } from "./executions";
import { lettersAbout } from "./lettersAbout";
import { receiptPlaceOf } from "./receiptPlaces";
import { storyOf, type Story } from "./story";

/** The clocks of those who write differ a little. */
const LEEWAY_MS = 60_000;

/** Where an order's story is read. */
export interface Places {
  readonly outputs: StackOutputs;
  /** All mails; undefined where nobody keeps them. */
  readonly mails: readonly KeptMail[] | undefined;
}

/** Gathers the whole story of an order. A place that cannot be read is named in the story, and the others are told. */
export async function tell(
  order: Order,
  events: readonly RecordedEvent[],
  { outputs, mails: allMails }: Places,
): Promise<Story> {
  const { orderId } = order;
  const unread: string[] = [];
  const orSay = async <Value>(what: string, read: Promise<Value>, otherwise: Value): Promise<Value> => {
    try {
      return await read;
    } catch (error) {
      unread.push(`${what} could not be read: ${spoken(error as Error)}`);
      return otherwise;
    }
  };
  const logs = new LogEvents(outputs);
  const fromMs = Date.parse(order.createdAt) - LEEWAY_MS;
  try {
    const [lines, executions, deadLetters, receipt] = await Promise.all([
      orSay("The functions' logs", linesOf(logs, outputs, { id: orderId, fromMs }), []),
      orSay("The state machine's log", executionsOf(logs, outputs, { id: orderId, fromMs }), []),
      orSay("The dead letters", lettersAbout(outputs, orderId), []),
      orSay("The bucket of receipts", receiptPlaceOf(outputs, order), undefined),
    ]);
    const mails = allMails?.filter(
      ({ attributes, body }) => attributes["orderId"] === orderId || body.includes(orderId),
    );
    return storyOf({ timeline: timelineOf(order, events), lines, executions, mails, receipt, deadLetters, unread });
  } finally {
    logs.close();
  }
}

interface Search {
  readonly id: string;
  readonly fromMs: number;
}

async function linesOf(logs: LogEvents, outputs: StackOutputs, search: Search) {
  return functionLines(logs, logGroupsOf(outputs), { key: "orderId", ...search });
}

/** An execution is named after its order, so each of its lines has the id in its ARN. */
async function executionsOf(logs: LogEvents, outputs: StackOutputs, { id, fromMs }: Search) {
  const groups = [logGroupsOf(outputs).saga];
  return executionsIn(await readLines(logs, { groups, pattern: `"${id}"`, fromMs }));
}

/** On this machine alone mails are kept: they lie beside the outputs. */
export function mailsBeside({ awsEndpoint }: StackOutputs, outputsFile: string): KeptMail[] | undefined {
  return awsEndpoint === undefined ? undefined : readMails(join(dirname(outputsFile), "inbox"));
}
