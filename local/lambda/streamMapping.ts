import { createHash } from "node:crypto";
import type { Release } from "../clock";
import type { StreamPosition, StreamRecord } from "./eventSources";
import { StreamBatches, type StreamMappingParts } from "./streamBatches";
import { StreamLane } from "./streamLane";

/** GetRecords answers at most a thousand records. */
const MOST_PER_READ = 1_000;
/** After a read that failed. */
const READ_AGAIN_MS = 1_000;

/**
 * Moves the changes of a table to a function, in order. With a parallelization factor, changes of the same
 * partition key stay in order and others run beside them.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
 */
export class StreamMapping {
  private run: Run | undefined;
  private position: StreamPosition | undefined;
  private wanted = false;

  constructor(private readonly parts: StreamMappingParts) {}

  get enabled(): boolean {
    return this.run !== undefined;
  }

  /** Resolves when the place to begin is fixed: what changes from then on is not missed. */
  async start(): Promise<void> {
    this.wanted = true;
    const { stream, settings } = this.parts;
    this.position ??= await stream.begin(settings.startingPosition);
    // It may have been stopped, or started once more, in the meantime.
    if (this.wanted) this.run ??= new Run(this.parts, this.position, (position) => (this.position = position));
  }

  /** Passes over all that has changed so far. Throws while it moves things. */
  async skip(): Promise<void> {
    if (this.wanted) throw new Error(`The mapping ${this.parts.settings.name} must rest before it can skip changes.`);
    this.position = await this.parts.stream.begin("LATEST");
  }

  /** Reads no more. Records that were read and not handled are read again after the next start. */
  stop(): void {
    this.wanted = false;
    this.run?.stop();
    this.run = undefined;
  }
}

/** One time from start to stop. */
class Run {
  private readonly stopped = new AbortController();
  private readonly lanes: readonly StreamLane[];
  private readonly unlisten: Release;
  /** What was read and is not wholly handled, oldest first. */
  private readonly pages: Page[] = [];
  private readonly pageOf = new Map<StreamRecord, Page>();
  private reading = false;
  private changed = false;

  constructor(
    private readonly parts: StreamMappingParts,
    private position: StreamPosition,
    /** Told a position before which every record was handled. */
    private readonly checkpoint: (position: StreamPosition) => void,
  ) {
    const { batchSize, windowSeconds, parallelizationFactor } = parts.settings;
    const batches = new StreamBatches(parts, this.stopped.signal);
    const deliver = async (records: readonly StreamRecord[]): Promise<void> => {
      await batches.deliver(records);
      this.done(records);
    };
    const lane = (): StreamLane => new StreamLane({ batchSize, windowSeconds, clock: parts.clock, deliver });
    this.lanes = Array.from({ length: parallelizationFactor }, lane);
    this.unlisten = parts.stream.onChange(() => this.poke());
    this.poke();
  }

  stop(): void {
    this.stopped.abort(new Error("The mapping stopped."));
    this.unlisten();
  }

  private poke(): void {
    this.changed = true;
    if (this.reading) return;
    this.reading = true;
    void this.readAll().finally(() => {
      this.reading = false;
      if (this.changed && !this.stopped.signal.aborted) this.poke();
    });
  }

  /** Reads until nothing is left. */
  private async readAll(): Promise<void> {
    while (this.changed && !this.stopped.signal.aborted) {
      this.changed = false;
      while (await this.readPage()) await Promise.all(this.lanes.map((lane) => lane.space()));
    }
  }

  /** Whether there may be more: a page that is not full was the last. */
  private async readPage(): Promise<boolean> {
    const { clock, stream, settings, feed } = this.parts;
    const limit = Math.min(MOST_PER_READ, settings.batchSize * this.lanes.length);
    // A fast clock must not run ahead between a change and the call that it leads to.
    const release = clock.busy();
    try {
      const { records, next } = await stream.read(this.position, limit);
      if (this.stopped.signal.aborted) return false;
      this.position = next;
      if (records.length > 0) this.distribute(records, next);
      return records.length === limit;
    } catch (error) {
      if (this.stopped.signal.aborted) return false;
      feed.emit("trouble", { where: settings.name, message: `cannot read: ${(error as Error).message}` });
      clock.after(READ_AGAIN_MS, () => {
        if (!this.stopped.signal.aborted) this.poke();
      });
      return false;
    } finally {
      setImmediate(release);
    }
  }

  private distribute(records: readonly StreamRecord[], next: StreamPosition): void {
    const page: Page = { next, left: records.length };
    this.pages.push(page);
    for (const record of records) {
      this.pageOf.set(record, page);
      this.lanes[this.laneOf(record)]?.push(record);
    }
    for (const lane of this.lanes) lane.pump();
  }

  private done(records: readonly StreamRecord[]): void {
    for (const record of records) {
      const page = this.pageOf.get(record);
      if (page !== undefined) page.left -= 1;
      this.pageOf.delete(record);
    }
    for (let page = this.pages[0]; page?.left === 0; page = this.pages[0]) {
      this.checkpoint(page.next);
      this.pages.shift();
    }
  }

  private laneOf({ dynamodb }: StreamRecord): number {
    if (this.lanes.length === 1) return 0;
    const key = JSON.stringify(dynamodb.Keys[this.parts.stream.partitionKey]);
    return createHash("sha256").update(key).digest().readUInt32BE() % this.lanes.length;
  }
}

/** One answer of the stream. */
interface Page {
  /** The position after it. */
  readonly next: StreamPosition;
  /** How many of its records are not handled yet. */
  left: number;
}
