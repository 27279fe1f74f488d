import type { Readable } from "node:stream";
import { END_MARK } from "./wire";

/** The lines that a process writes to one of its streams, parted by invocation. */
export class OutputLines {
  private rest = "";
  private readonly ended = new Set<string>();
  private readonly waiting = new Map<string, () => void>();
  private closed = false;

  constructor(
    stream: Readable,
    private readonly onLine: (line: string) => void,
  ) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => this.take(text));
    stream.once("close", () => this.close());
  }

  /** Resolves when everything that the process wrote during the invocation was handed on. */
  drained(requestId: string): Promise<void> {
    if (this.closed || this.ended.delete(requestId)) return Promise.resolve();
    return new Promise((resolve) => this.waiting.set(requestId, resolve));
  }

  private take(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.line(line);
  }

  private line(line: string): void {
    const mark = line.indexOf(END_MARK);
    if (mark < 0) return this.onLine(line);
    // A write without a line break at its end stands before the mark.
    if (mark > 0) this.onLine(line.slice(0, mark));
    const requestId = line.slice(mark + END_MARK.length);
    const resolve = this.waiting.get(requestId);
    if (resolve === undefined) return void this.ended.add(requestId);
    this.waiting.delete(requestId);
    resolve();
  }

  private close(): void {
    this.closed = true;
    if (this.rest !== "") this.onLine(this.rest);
    this.rest = "";
    for (const resolve of this.waiting.values()) resolve();
    this.waiting.clear();
  }
}
