import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type Answer, headerOf, type HttpRequest } from "./exchange";

/*
 * What stands before every API and refuses what is no request to any of them. No API can change these answers, and
 * none of them is logged. What they look like on AWS is not documented; here they have the form of all answers of
 * API Gateway that nobody has customised.
 */

const messages: Readonly<Record<number, string>> = {
  400: "Bad Request",
  408: "Request Timeout",
  413: "Request Too Long",
  431: "Request Header Fields Too Large",
};

const statusByCode: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What Node says of bytes that it cannot read. */
type ClientError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

/** Answers bytes that are no HTTP, and hangs up. Into an answer that is on its way nothing can be written. */
export function refuseBytes(error: ClientError, socket: Duplex, isAnswering: boolean): void {
  if (isAnswering || !socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = statusByCode[error.code ?? ""] ?? 400;
  const body = bodyOf(status);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    "Connection: close",
  ];
  // Whatever else is wrong with it, HEAD is answered without a body.
  const isHead = error.rawPacket?.toString("latin1", 0, 5) === "HEAD ";
  socket.end(`${head.join("\r\n")}\r\n\r\n${isHead ? "" : body}`);
}

/** The answer to a request that does not say to which host: nothing could tell which API it means. */
export function unhosted(request: HttpRequest): Answer | undefined {
  if (headerOf(request, "host") !== undefined) return undefined;
  return { status: 400, headers: [["Content-Type", "application/json"]], body: bodyOf(400) };
}

function bodyOf(status: number): string {
  return JSON.stringify({ message: messages[status] });
}
