import type { Sending } from "../../simulation/fuzz/exchange";

/** Longer bodies than this go in by a pipe. */
const MOST_LETTERS = 2_000;

/**
 * A command line of bash that sends a request again; `$API` stands for the API's URL, or `$HOST` and `$PORT` for its
 * parts, and `$KEY` for any of these API keys, which are nobody else's business.
 */
export function shellCommand(sending: Sending, keys: readonly string[]): string {
  if ("bytes" in sending) return `${piped(Buffer.from(sending.bytes, "latin1"))} | nc "$HOST" "$PORT"`;
  const { method, target, headers, body } = sending.request;
  const named = headers.map(([name, value]) => [name, keys.includes(value) ? "$KEY" : value] as const);
  const parts = [
    "curl -sS -i --path-as-is --globoff",
    method === "HEAD" ? "--head" : `-X ${method}`,
    ...named.map(([name, value]) => `-H ${header(name, value)}`),
    `"$API"${quoted(target)}`,
  ];
  if (body === undefined) return parts.join(" ");
  const text = body.toString("utf8");
  const isPlain = /^[\x20-\x7e]*$/.test(text) && text.length <= MOST_LETTERS;
  if (isPlain) return [...parts, `--data-binary ${quoted(text)}`].join(" ");
  return `${piped(body)} | ${[...parts, "--data-binary @-"].join(" ")}`;
}

/** curl leaves out a header without a value unless a semicolon stands for the colon. */
function header(name: string, value: string): string {
  if (value === "$KEY") return `"${name}: $KEY"`;
  return quoted(value.trim() === "" ? `${name};` : `${name}: ${value}`);
}

function piped(bytes: Buffer): string {
  return `base64 -d <<< ${bytes.toString("base64")}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
