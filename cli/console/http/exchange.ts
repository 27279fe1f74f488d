import type { IncomingMessage, ServerResponse } from "node:http";

/** What a request asked for cannot be done, and why; told to the page as it is. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** A body is one small JSON document. */
const MOST_BYTES = 100_000;

/**
 * Only this machine's own pages may ask. A page of another origin, or a name that somebody else lets point to this
 * machine, could place orders and break things with the visitor's browser.
 */
export function checkOrigin({ headers }: IncomingMessage, port: number): void {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!own.includes(headers.host ?? "")) {
    throw new Refusal(403, `The console answers at http://127.0.0.1:${port} only.`);
  }
  const { origin } = headers;
  if (origin !== undefined && !own.some((host) => origin === `http://${host}`)) {
    throw new Refusal(403, `Pages of ${origin} may not use the console.`);
  }
}

/** The request's body. Throws a refusal when it is no JSON object; being JSON keeps plain forms of other pages out. */
export async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  if (request.headers["content-type"]?.startsWith("application/json") !== true) {
    throw new Refusal(415, "Send a JSON object, with content-type application/json.");
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Refusal(413, `Send at most ${MOST_BYTES} bytes.`);
    chunks.push(chunk);
  }
  const value = parsed(Buffer.concat(chunks).toString());
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Refusal(400, "Send a JSON object.");
  return { ...value };
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...SAFE_HEADERS, "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body ?? {}));
}

/** On every answer. */
export const SAFE_HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
} as const;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
