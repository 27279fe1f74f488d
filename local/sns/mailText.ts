import type { Mail } from "../feed";

/** Longest line in bytes without its end: https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1 */
const MOST_LINE_BYTES = 998;
/** Bytes of text in an encoded word of at most 75 characters: https://www.rfc-editor.org/rfc/rfc2047#section-2 */
const ENCODED_WORD_BYTES = 45;

/**
 * Renders a mail as an RFC 5322 text in UTF-8, such as a mail program opens from an `.eml` file. Lines end with CRLF.
 * With HTML it has both forms, of which the reader shows one.
 */
export function mailText(mail: Mail): string {
  const { id, from, addressees, replyTo, subject, timeMs } = mail;
  const domain = /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
  const header = [
    ["From", addressText(from)],
    ["To", addressees.to.map(addressText).join(", ")],
    ["Cc", addressees.cc.map(addressText).join(", ")],
    ["Reply-To", replyTo.map(addressText).join(", ")],
    ["Subject", headerText(subject)],
    // toUTCString ends with GMT, which is an obsolete zone: https://www.rfc-editor.org/rfc/rfc5322#section-4.3
    ["Date", new Date(timeMs).toUTCString().replace("GMT", "+0000")],
    ["Message-ID", `<${id}@${domain}>`],
    ["X-Source-Arn", headerText(mail.sourceArn)],
    ["MIME-Version", "1.0"],
  ].filter(([name, value]) => value !== "" || name === "Subject");
  const lines = header.map(([name, value]) => `${name}: ${value}`);
  return [...lines, ...content(mail)].join("\r\n");
}

function content({ id, body, html }: Mail): readonly string[] {
  if (html === undefined) return part("text/plain", body);
  if (body === "") return part("text/html", html);
  // No line of either part begins with dashes and this id.
  const boundary = `part-${id}`;
  return [
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    ...["", `--${boundary}`, ...part("text/plain", body)],
    ...[`--${boundary}`, ...part("text/html", html)],
    ...[`--${boundary}--`, ""],
  ];
}

/** Text as it is when its lines are short enough, so that people can read it; else as base64. */
function part(type: string, text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  const asItIs = !text.includes("\0") && lines.every((line) => Buffer.byteLength(line) <= MOST_LINE_BYTES);
  const shown = asItIs
    ? lines
    : (Buffer.from(text)
        .toString("base64")
        .match(/.{1,76}/g) ?? []);
  return [
    `Content-Type: ${type}; charset=utf-8`,
    `Content-Transfer-Encoding: ${asItIs ? "8bit" : "base64"}`,
    "",
    ...shown,
    ...(shown.at(-1) === "" ? [] : [""]),
  ];
}

/** An address, whose name may need encoding: `Küche <a@example.com>`. */
function addressText(address: string): string {
  const named = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(oneLine(address));
  if (named === null) return oneLine(address);
  const [, name = "", bare = ""] = named;
  if (name === "") return `<${bare}>`;
  const shown = isPlain(name) ? `"${name.replace(/[\\"]/g, "\\$&")}"` : headerText(name);
  return `${shown} <${bare}>`;
}

/** A text for a header: as it is when it is short and ASCII, else in encoded words, one a line. */
function headerText(text: string): string {
  const line = oneLine(text);
  if (isPlain(line) && !line.includes("=?")) return line;
  const words = [""];
  for (const character of line) {
    if (Buffer.byteLength(words.at(-1) + character) > ENCODED_WORD_BYTES) words.push("");
    words[words.length - 1] += character;
  }
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString("base64")}?=`).join("\r\n ");
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]{0,200}$/.test(text);
}

/** A header that goes on in a new line could smuggle another header in. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}]+/gu, " ");
}
