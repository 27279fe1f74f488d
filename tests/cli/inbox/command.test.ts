import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { inbox } from "../../../cli/inbox/command";
import { MailFiles, readMails } from "../../../cli/inbox/mailFiles";
import type { Mail } from "../../../local/feed";

const aMail = (subject: string, rest: Partial<Mail> = {}): Mail => ({
  ...{ id: `id-${subject}`, messageId: "m", sourceArn: "arn:topic", replyTo: [], subject, body: `About ${subject}.\n` },
  ...{ to: "ops@example.com", addressees: { to: ["ops@example.com"], cc: [] }, from: "orders@example.com" },
  ...{ timeMs: Date.parse("2026-11-20T10:00:00Z"), attributes: { orderId: `order-${subject}` } },
  ...rest,
});

describe("npm run inbox", () => {
  const folder = join(mkdtempSync(join(tmpdir(), "inbox-")), "inbox");

  const run = (...args: string[]) => {
    const said: string[] = [];
    const complained: string[] = [];
    const terminal = { say: (text: string) => said.push(text), complain: (text: string) => complained.push(text) };
    const code = inbox([...args, "--folder", folder], terminal);
    return { code, said: said.join("\n"), complained: complained.join("\n") };
  };

  before(() => {
    const files = new MailFiles(folder);
    for (const subject of ["Confirmed", "Failed: 1/2"]) files.add(aMail(subject));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("lists mails in the order in which they came", () => {
    const { code, said } = run();
    assert.equal(code, 0);
    assert.match(said, /^ {3}1 {2}10:00:00 {2}ops@example\.com\s+Confirmed\n {3}2 .* Failed: 1\/2$/);
  });

  it("shows one mail whole", () => {
    assert.match(run("2").said, /Subject: Failed: 1\/2\n[\s\S]*About Failed: 1\/2\.$/);
  });

  it("finds the mails about an order", () => {
    const mails = JSON.parse(run("--order", "order-Confirmed", "--json").said) as { number: number }[];
    assert.deepEqual(
      mails.map(({ number }) => number),
      [1],
    );
  });

  it("says what is wrong with a command line, and what is not there", () => {
    assert.equal(run("9").code, 1);
    assert.match(run("9").complained, /There is no mail 9/);
    assert.equal(run("first").code, 2);
    assert.match(run("first").complained, /not "first"/);
    assert.equal(run("--colour").code, 2);
  });

  it("keeps files that a mail program opens, under names that any file system takes", () => {
    assert.deepEqual(
      readMails(folder).map(({ file }) => file),
      ["0001-confirmed.eml", "0002-failed-1-2.eml"],
    );
    assert.match(readFileSync(join(folder, "0002-failed-1-2.eml"), "utf8"), /^From: orders@example\.com\r\n/);
  });

  it("begins empty with each pipeline", () => {
    const other = `${folder}-again`;
    new MailFiles(other).add(aMail("Old"));
    new MailFiles(other);
    assert.deepEqual(readMails(other), []);
    rmSync(other, { recursive: true });
  });
});
