import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { connect } from "node:net";
import type { WireAnswer, WireRequest } from "./exchange";

/** API Gateway answers within 29 s; a busy machine may need a moment more. */
const PATIENCE_MS = 60_000;

/** Sends requests just as they are: `fetch` would mend their paths, headers and methods. */
export class Wire {
  private readonly url: URL;
  private readonly agent: http.Agent;

  /** @param apiUrl without a slash at its end @param connections how many are kept open at most */
  constructor(apiUrl: string, connections: number) {
    this.url = new URL(apiUrl);
    const settings = { keepAlive: true, maxSockets: connections };
    this.agent = this.url.protocol === "https:" ? new https.Agent(settings) : new http.Agent(settings);
  }

  /** For bytes that are no request one can only have one's own connection, without TLS. */
  get takesBytes(): boolean {
    return this.url.protocol === "http:";
  }

  get host(): string {
    return this.url.host;
  }

  /** Rejects when no answer comes. A connection that the server had closed meanwhile is replaced once. */
  async send(request: WireRequest): Promise<WireAnswer> {
    try {
      return await this.attempt(request);
    } catch (error) {
      if ((error as { wasReused?: boolean }).wasReused !== true) throw error;
      return this.attempt(request);
    }
  }

  /** Sends bytes on a connection of their own. Rejects when it is closed without an answer. */
  sendBytes(bytes: string): Promise<WireAnswer> {
    const startedMs = performance.now();
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connect(Number(this.url.port || 80), this.url.hostname, () => socket.end(bytes, "latin1"));
      socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`No answer within ${PATIENCE_MS / 1000} s.`)));
      socket.on("data", (chunk) => chunks.push(chunk));
      socket.on("error", reject);
      socket.on("close", () => {
        const answer = readAnswer(Buffer.concat(chunks), performance.now() - startedMs);
        if (answer === undefined) reject(new Error("The connection was closed without an answer."));
        else resolve(answer);
      });
    });
  }

  close(): void {
    this.agent.destroy();
  }

  private attempt({ method, target, headers, body }: WireRequest): Promise<WireAnswer> {
    const startedMs = performance.now();
    const sent = [["Host", this.host], ...headers, ["Content-Length", String(body?.length ?? 0)]].flat();
    const { protocol, hostname, port, pathname } = this.url;
    const options = { protocol, hostname, port, method, agent: this.agent, headers: sent, timeout: PATIENCE_MS };
    return new Promise((resolve, reject) => {
      const path = `${pathname.replace(/\/$/, "")}${target}`;
      const outgoing = (protocol === "https:" ? https : http).request({ ...options, path }, (incoming) => {
        received(incoming, startedMs).then(resolve, reject);
      });
      outgoing.on("timeout", () => outgoing.destroy(new Error(`No answer within ${PATIENCE_MS / 1000} s.`)));
      outgoing.on("error", (error) => {
        const wasReused = outgoing.reusedSocket && (error as NodeJS.ErrnoException).code === "ECONNRESET";
        reject(Object.assign(error, { wasReused }));
      });
      outgoing.end(body);
    });
  }
}

async function received(incoming: IncomingMessage, startedMs: number): Promise<WireAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    addHeader(headers, incoming.rawHeaders[at] ?? "", incoming.rawHeaders[at + 1] ?? "");
  }
  const durationMs = performance.now() - startedMs;
  return { status: incoming.statusCode ?? 0, headers, body: Buffer.concat(chunks), durationMs };
}

/** The first answer on a connection; undefined when there is none. */
function readAnswer(bytes: Buffer, durationMs: number): WireAnswer | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = bytes.subarray(0, Math.max(0, end)).toString("latin1").split("\r\n");
  const status = /^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1];
  if (status === undefined) return undefined;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    addHeader(headers, line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const length = Number(headers.get("content-length") ?? Infinity);
  return { status: Number(status), headers, body: bytes.subarray(end + 4, end + 4 + length), durationMs };
}

function addHeader(headers: Map<string, string>, name: string, value: string): void {
  const key = name.toLowerCase();
  const before = headers.get(key);
  headers.set(key, before === undefined ? value : `${before}, ${value}`);
}
