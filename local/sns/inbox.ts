import type { Clock } from "../clock";
import type { Feed, Mail } from "../feed";
import { randomUuid } from "../randomUuid";

export interface InboxParts {
  readonly clock: Clock;
  readonly feed: Feed;
  /** Numbers from 0 up to 1, for ids; absent for true randomness. */
  readonly random?: (() => number) | undefined;
}

/** A mail as its sender has it, before there is a copy for each recipient. */
export type Letter = Omit<Mail, "id" | "to" | "timeMs">;

/** Older mails make room for newer ones; the feed has told them all. */
const MOST_MAILS = 1_000;

/**
 * The mailboxes of everybody, in memory: mail that would leave for the internet ends here, and is told on the feed as
 * `mail`. Kept are the last 1000.
 */
export class Inbox {
  private readonly kept: Mail[] = [];

  constructor(private readonly parts: InboxParts) {}

  /** Puts one copy in for each recipient, a bare address. */
  receive(letter: Letter, recipients: readonly string[]): void {
    const { clock, feed, random } = this.parts;
    for (const to of recipients) {
      const mail: Mail = { ...letter, to, id: randomUuid(random), timeMs: clock.now() };
      this.kept.push(mail);
      if (this.kept.length > MOST_MAILS) this.kept.shift();
      feed.emit("mail", mail);
    }
  }

  /** The mails that are kept, oldest first; to one address, when it is given. */
  mails(to?: string): readonly Mail[] {
    return this.kept.filter((mail) => to === undefined || mail.to === to);
  }
}
