import type { Order } from "../../contracts/order";
import { rebuiltOrder } from "../../contracts/rebuiltOrder";
import { readOutputs } from "../stackOutputs";
import { spoken, UsageError, type Terminal } from "../terminal";
import { checkAll, checkOne } from "./check";
import { checkedText, comparisonText } from "./checkText";
import type { Records } from "./comparison";
import { ORDER_USAGE, orderOptions, type OrderOptions } from "./options";
import { counted } from "./plainWords";
import { RecordBooks } from "./recordBooks";
import { storyText } from "./story/storyText";
import { mailsBeside, tell } from "./story/tell";
import { timelineOf } from "./timeline";
import { timelineText } from "./timelineText";

/** `npm run order`: answers the exit code. Errors are told in one line. */
export async function order(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    const options = orderOptions(args);
    if (options === "help") {
      terminal.say(ORDER_USAGE);
      return 0;
    }
    const books = new RecordBooks(readOutputs(options.outputsFile));
    try {
      return await carryOut(options, books, terminal);
    } finally {
      books.close();
    }
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function carryOut(
  { orderId, rebuild, story, outputsFile, json }: OrderOptions,
  books: RecordBooks,
  terminal: Terminal,
): Promise<0 | 1> {
  const say = <Result>(result: Result, asText: (result: Result) => string): void =>
    terminal.say(json ? JSON.stringify(result, null, 2) : asText(result));
  if (orderId === undefined) {
    const checked = await checkAll(books);
    say(checked, checkedText);
    return checked.differing.length === 0 ? 0 : 1;
  }
  const records = await books.of(orderId);
  if (records.order === undefined && records.events.length === 0) throw new Error(unknown(orderId));
  if (rebuild) {
    const comparison = await checkOne(books, records);
    say(comparison, comparisonText);
    return comparison.outcome === "DIFFERS" ? 1 : 0;
  }
  const stored = records.order ?? fromItsTrail(records, terminal);
  if (story) {
    const outputs = readOutputs(outputsFile);
    const told = await tell(stored, records.events, { outputs, mails: mailsBeside(outputs, outputsFile) });
    say(told, (whole) => storyText(whole, terminal.colours));
    return records.order === undefined || told.unread.length > 0 ? 1 : 0;
  }
  say(timelineOf(stored, records.events), (timeline) => timelineText(timeline, terminal.colours));
  return records.order === undefined ? 1 : 0;
}

/** Of an order that somebody took out of the table, its trail still tells. */
function fromItsTrail({ orderId, events }: Records, terminal: Terminal): Order {
  const rebuilt = rebuiltOrder(events);
  const removed = `The table has no order ${orderId}, but the trail has ${counted(events.length, "event")} of it`;
  if (rebuilt === undefined) throw new Error(`${removed}, and OrderCreated is not among them.`);
  terminal.complain(`${removed}: somebody removed it. What follows is from the trail alone.`);
  return { ...rebuilt, bodyHash: "" };
}

function unknown(orderId: string): string {
  return (
    `There is no order ${orderId}. POST /orders answers the id of an order; --outputs FILE says which pipeline is ` +
    "asked, and the one on this machine forgets its orders when it stops."
  );
}
