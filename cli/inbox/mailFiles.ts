import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Mail } from "../../local/feed";
import { mailText } from "../../local/sns/mailText";

/** Where the pipeline on this machine leaves its mails. */
export const INBOX_FOLDER = ".local/inbox";

/** A mail in the folder. */
export interface KeptMail extends Pick<Mail, "id" | "to" | "from" | "subject" | "body" | "timeMs" | "attributes"> {
  /** From 1, in the order in which they came. */
  readonly number: number;
  /** Name of the file that a mail program opens. */
  readonly file: string;
}

/** One line for each mail, in JSON: what the folder holds, without reading mails. */
const INDEX = "index.jsonl";

/** Puts mails into a folder, which begins empty: those of an earlier run belong to orders that are gone. */
export class MailFiles {
  private count = 0;

  constructor(private readonly folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  add(mail: Mail): void {
    const number = ++this.count;
    const words = mail.subject.toLowerCase().match(/[a-z0-9]+/g) ?? ["mail"];
    const file = `${String(number).padStart(4, "0")}-${words.join("-").slice(0, 60)}.eml`;
    const { id, to, from, subject, body, timeMs, attributes } = mail;
    const kept: KeptMail = { number, file, id, to, from, subject, body, timeMs, attributes };
    writeFileSync(join(this.folder, file), mailText(mail));
    appendFileSync(join(this.folder, INDEX), `${JSON.stringify(kept)}\n`);
  }
}

/** The mails in a folder, in the order in which they came; none when nothing has come, or no pipeline has run here. */
export function readMails(folder: string): KeptMail[] {
  try {
    const lines = readFileSync(join(folder, INDEX), "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as KeptMail);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
