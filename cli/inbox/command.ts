import { parseArgs } from "node:util";
import pc from "picocolors";
import { UsageError, type Terminal } from "../terminal";
import { INBOX_FOLDER, readMails, type KeptMail } from "./mailFiles";

export const INBOX_USAGE = `Usage: npm run inbox -- [NUMBER] [--order ID] [--json]

Shows the mails of the pipeline on this machine: messages to customers, and alarms. They lie under ${INBOX_FOLDER}, and a
mail program opens them.

  NUMBER       shows this one mail whole
  --order ID   only those about an order
  --json       prints documents instead of text
  --folder F   where the mails lie (${INBOX_FOLDER})
  --help       this text`;

/** `npm run inbox`. Answers the exit code: 0 when all is well, 1 when there is no such mail, 2 for a wrong command line. */
export function inbox(args: readonly string[], terminal: Terminal): number {
  try {
    const options = inboxOptions(args);
    if (options === "help") return (terminal.say(INBOX_USAGE), 0);
    const mails = readMails(options.folder).filter((mail) => isAbout(mail, options.order));
    if (options.number === undefined) return (list(mails, options, terminal), 0);
    const mail = mails.find(({ number }) => number === options.number);
    if (mail === undefined) return (terminal.complain(`There is no mail ${options.number}; see npm run inbox.`), 1);
    terminal.say(options.json ? JSON.stringify(mail) : whole(mail, terminal));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.complain(`${error.message}\n\n${INBOX_USAGE}`);
    return 2;
  }
}

interface InboxOptions {
  readonly number?: number;
  readonly order?: string;
  readonly json: boolean;
  readonly folder: string;
}

function inboxOptions(args: readonly string[]): InboxOptions | "help" {
  const { values, positionals } = parsed(args);
  if (values.help === true) return "help";
  if (positionals.length > 1) throw new UsageError(`One mail at a time, not ${positionals.join(" ")}.`);
  const [number] = positionals;
  if (number !== undefined && !/^[1-9]\d*$/.test(number)) {
    throw new UsageError(`A mail has a number, as npm run inbox shows it, not "${number}".`);
  }
  return {
    ...(number !== undefined && { number: Number(number) }),
    ...(values.order !== undefined && { order: values.order }),
    json: values.json ?? false,
    folder: values.folder ?? INBOX_FOLDER,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        order: { type: "string" },
        json: { type: "boolean" },
        folder: { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function isAbout({ body, attributes }: KeptMail, order: string | undefined): boolean {
  return order === undefined || attributes["orderId"] === order || body.includes(order);
}

function list(mails: readonly KeptMail[], { json }: InboxOptions, terminal: Terminal): void {
  if (json) return terminal.say(JSON.stringify(mails));
  if (mails.length === 0) return terminal.say("No mail.");
  const { dim, bold } = pc.createColors(terminal.colours ?? false);
  for (const { number, timeMs, to, subject } of mails) {
    const time = new Date(timeMs).toISOString().slice(11, 19);
    terminal.say(`${String(number).padStart(4)}  ${dim(time)}  ${to.padEnd(30)}  ${bold(subject)}`);
  }
}

function whole({ from, to, subject, timeMs, body, file }: KeptMail, terminal: Terminal): string {
  const { dim, bold } = pc.createColors(terminal.colours ?? false);
  return [
    `${dim("From:   ")} ${from}`,
    `${dim("To:     ")} ${to}`,
    `${dim("Date:   ")} ${new Date(timeMs).toISOString()}`,
    `${dim("Subject:")} ${bold(subject)}`,
    `${dim("File:   ")} ${file}`,
    "",
    body.trimEnd(),
  ].join("\n");
}
