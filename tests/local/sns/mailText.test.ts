import assert from "node:assert/strict";
import type { Mail } from "../../../local/feed";
import { mailText } from "../../../local/sns/mailText";

const MAIL: Mail = {
  id: "11111111-2222-4333-8444-555555555555",
  messageId: "m",
  sourceArn: "arn:aws:sns:eu-central-1:123456789012:news",
  to: "a@example.com",
  addressees: { to: ["a@example.com"], cc: [] },
  from: "News <no-reply@sns.amazonaws.com>",
  replyTo: [],
  subject: "Hi",
  body: "Hello\nyou: ä\n",
  timeMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  attributes: {},
};

/** The value of a header, unfolded and its encoded words decoded. */
function header(text: string, name: string): string | undefined {
  const [head = ""] = text.split("\r\n\r\n");
  const value = new RegExp(`^${name}: (.*(?:\r\n .*)*)`, "m").exec(head)?.[1];
  return value
    ?.replace(/\?=\r\n =/g, "?==")
    .replace(/=\?utf-8\?B\?(.*?)\?=/g, (_, encoded: string) => Buffer.from(encoded, "base64").toString());
}

describe("a mail as text", () => {
  it("is headers, an empty line and the text, with CRLF at the end of each line", () => {
    assert.equal(
      mailText(MAIL),
      [
        'From: "News" <no-reply@sns.amazonaws.com>',
        "To: a@example.com",
        "Subject: Hi",
        "Date: Fri, 02 Jan 2026 03:04:05 +0000",
        "Message-ID: <11111111-2222-4333-8444-555555555555@sns.amazonaws.com>",
        "X-Source-Arn: arn:aws:sns:eu-central-1:123456789012:news",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        ...["", "Hello", "you: ä", ""],
      ].join("\r\n"),
    );
  });

  it("encodes what is not ASCII in a header, in words of at most 75 characters", () => {
    const subject = "Ihre Bestellung über Käse 🧀 ".repeat(8).trim();
    const text = mailText({ ...MAIL, subject, from: "Käse <k@example.com>" });
    assert.equal(header(text, "Subject"), subject);
    assert.equal(header(text, "From"), "Käse <k@example.com>");
    for (const word of text.match(/=\?utf-8\?B\?.*?\?=/g) ?? []) assert.ok(word.length <= 75, word);
  });

  it("encodes a text whose lines are too long, and gives it back whole", () => {
    const body = `${"ä".repeat(500)}\nend`;
    const text = mailText({ ...MAIL, body });
    assert.equal(header(text, "Content-Transfer-Encoding"), "base64");
    const encoded = text.slice(text.indexOf("\r\n\r\n"));
    assert.equal(Buffer.from(encoded, "base64").toString(), body);
    assert.ok(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 998));
  });

  it("has both forms when there is HTML", () => {
    const text = mailText({ ...MAIL, html: "<p>Hello</p>" });
    const boundary = /boundary="(.*)"/.exec(header(text, "Content-Type") ?? "")?.[1] ?? assert.fail();
    const parts = text.split(`--${boundary}`);
    assert.equal(parts.length, 4);
    assert.match(parts[1] ?? "", /^\r\nContent-Type: text\/plain[^]*\r\n\r\nHello\r\nyou: ä(\r\n){2}$/);
    assert.match(parts[2] ?? "", /^\r\nContent-Type: text\/html[^]*\r\n\r\n<p>Hello<\/p>(\r\n){2}$/);
    assert.equal(parts[3], "--\r\n");
    assert.match(mailText({ ...MAIL, body: "", html: "<p>" }), /Content-Type: text\/html/);
  });

  it("names everybody to whom it went, and lets no header in through another", () => {
    const addressees = { to: ["a@example.com", "B <b@example.com>"], cc: ["c@example.com"] };
    const text = mailText({ ...MAIL, addressees, replyTo: ["d@example.com"], subject: "Hi\r\nBcc: e@example.com" });
    assert.equal(header(text, "To"), 'a@example.com, "B" <b@example.com>');
    assert.equal(header(text, "Cc"), "c@example.com");
    assert.equal(header(text, "Reply-To"), "d@example.com");
    assert.equal(header(text, "Bcc"), undefined);
    assert.equal(header(text, "Subject"), "Hi Bcc: e@example.com");
  });
});
