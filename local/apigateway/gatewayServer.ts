import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "../clock";
import type { Answer, Header, HttpRequest } from "./exchange";
import { refuseBytes, unhosted } from "./frontDoor";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const bodyBytesLimit = 10 * 1024 * 1024;
const settleMs = 700;

/** Answers a request; nothing while no API is there to answer it. */
export type Respond = (request: HttpRequest) => Promise<Answer> | undefined;

/** The address that clients call. It is there before the API is, and answers 503 until then. */
export class GatewayServer {
  private readonly server: Server;
  private readonly running = new Set<Promise<void>>();
  /** The last request of each connection, until it is answered. */
  private readonly unanswered = new WeakMap<Duplex, IncomingMessage>();
  private settled: Promise<void> | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly respond: Respond,
  ) {
    // Twice what API Gateway lets through, so that a request with too many headers is refused by the stage.
    this.server = createServer({ maxHeaderSize: 32 * 1024, requireHostHeader: false });
    const take = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
      const done = this.handle(incoming, outgoing).finally(() => {
        this.running.delete(done);
        if (this.unanswered.get(incoming.socket) === incoming) this.unanswered.delete(incoming.socket);
      });
      this.running.add(done);
      this.unanswered.set(incoming.socket, incoming);
    };
    // An expectation that nobody knows is passed over; by itself the server would refuse it without a word.
    this.server.on("request", take).on("checkExpectation", take);
    this.server.on("clientError", (error, socket) => {
      // What is wrong came after a whole request, whose answer is still to come.
      refuseBytes(error, socket, this.unanswered.get(socket)?.complete === true);
    });
  }

  /** @param port 0 for any free port. @returns the port. Rejects with EADDRINUSE when the port is taken */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, host, () => {
        this.server.off("error", reject);
        const address = this.server.address();
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  }

  /** Waits for the requests that are being answered, but not for longer than a moment, and only once. */
  settle(): Promise<void> {
    return (this.settled ??= this.waitForRunning());
  }

  /** Takes no more connections, settles, and cuts what is left. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    await this.settle();
    this.server.closeAllConnections();
    await closed;
  }

  private async waitForRunning(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, settleMs)));
    await Promise.race([Promise.all(this.running), patience]);
    clearTimeout(timer);
  }

  private async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    // A client waits, so the clock must not run ahead.
    const release = this.clock.busy();
    try {
      const request = await readRequest(incoming);
      const answer = unhosted(request) ?? (await (this.respond(request) ?? unavailable));
      write(outgoing, answer);
    } catch {
      // The client hung up, or a header of the answer cannot be sent.
      if (outgoing.headersSent || !incoming.complete) outgoing.destroy();
      else write(outgoing, unsendable);
    } finally {
      release();
    }
  }
}

const unavailable: Answer = {
  status: 503,
  headers: [["Content-Type", "application/json"]],
  body: JSON.stringify({ message: "Service Unavailable" }),
};

const unsendable: Answer = {
  status: 500,
  headers: [["Content-Type", "application/json"]],
  body: JSON.stringify({ message: "Internal server error" }),
};

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // The rest is read and dropped, so that the client can finish and see the answer.
    if (bytes <= bodyBytesLimit) chunks.push(chunk);
  }
  const isTooLarge = bytes > bodyBytesLimit;
  // A server must understand a whole URL as well: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
  const url = (incoming.url ?? "/").replace(/^https?:\/\/[^/?#]*/i, "") || "/";
  const queryStart = url.indexOf("?");
  return {
    method: incoming.method ?? "GET",
    path: queryStart < 0 ? url : url.slice(0, queryStart),
    query: queryStart < 0 ? "" : url.slice(queryStart + 1),
    headers: pairs(incoming.rawHeaders),
    body: isTooLarge ? Buffer.alloc(0) : Buffer.concat(chunks),
    isTooLarge,
    sourceIp: (incoming.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, ""),
    protocol: `HTTP/${incoming.httpVersion}`,
  };
}

function pairs(rawHeaders: readonly string[]): readonly Header[] {
  const headers: Header[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] as string, rawHeaders[index + 1] as string]);
  }
  return headers;
}

function write(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const hasBody = status !== 204 && status !== 304;
  const length: readonly Header[] = hasBody ? [["Content-Length", String(Buffer.byteLength(body))]] : [];
  for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
  const byName = new Map<string, string[]>();
  for (const [name, value] of [...headers, ...length]) byName.set(name, [...(byName.get(name) ?? []), value]);
  for (const [name, values] of byName) outgoing.setHeader(name, values.length === 1 ? (values[0] as string) : values);
  outgoing.writeHead(status);
  outgoing.end(hasBody ? body : undefined);
}
