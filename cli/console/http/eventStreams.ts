import type { ServerResponse } from "node:http";
import { SAFE_HEADERS } from "./exchange";

/** The browsers that listen, each on a stream of server-sent events. */
export class EventStreams {
  private readonly open = new Set<ServerResponse>();

  get count(): number {
    return this.open.size;
  }

  /** Opens a stream whose first event is `first`. */
  add(response: ServerResponse, first: unknown): void {
    response.writeHead(200, { ...SAFE_HEADERS, "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(`retry: 1000\n\n${eventOf(first)}`);
    this.open.add(response);
    response.once("close", () => this.open.delete(response));
  }

  tell(event: unknown): void {
    const text = eventOf(event);
    for (const response of this.open) response.write(text);
  }

  close(): void {
    for (const response of this.open) response.end();
    this.open.clear();
  }
}

function eventOf(event: unknown): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
