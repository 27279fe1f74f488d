import type { Clock, Release } from "../clock";
import type { PolledStream, StreamPage, StreamPosition, StreamRecord } from "../lambda/eventSources";
import type { Database } from "./database";
import { Expiries } from "./expiries";

export interface TableStreamPlace {
  /** The ARN that the program was told. */
  readonly streamArn: string;
  /** The ARN inside DynamoDB Local. */
  readonly localArn: string;
  readonly region: string;
  /** Name of the table's partition key. */
  readonly partitionKey: string;
  /** While many write, one look finds the changes of all: looks are so many milliseconds apart at least, or {@link RARER} times as many. */
  readonly looksApartMs: number;
}

/** DynamoDB Local shows a record some 2 ms after its write, at most 5 ms: look then, and once more when all is quiet. */
const LOOK_AFTER_MS = 3;
const QUIET_AFTER_MS = 40;

/** So many writes between two looks show that many write: then looks become rarer, each finds more, and less is done in all. */
const MANY_WRITES = 3;
const RARER = 3;

/**
 * The change stream of one table. Reading goes through GetRecords of DynamoDB Local, which has one open
 * shard; it is woken by writes instead of polled, since every write passes through the endpoint.
 */
export class TableStream implements PolledStream {
  /** Items of the table that go because their time is over. */
  readonly expiries = new Expiries();
  private readonly listeners = new Set<() => void>();
  private readonly iterators = new Map<StreamPosition, string>();
  private looking: NodeJS.Timeout | undefined;
  private lookedMs = -Infinity;
  private writes = 0;
  private busy = false;
  private quiet: { readonly timer: NodeJS.Timeout; readonly release: Release } | undefined;
  private readonly quotedTable: string;
  private openShardId = "";
  /** The database dates records by the wall; by the runtime's clock they are as old as when they were first seen. */
  private readonly firstSeen = new Map<string, number>();

  private constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly place: TableStreamPlace,
  ) {
    this.quotedTable = `"${place.streamArn.split("/")[1]}"`;
  }

  static async open(database: Database, clock: Clock, place: TableStreamPlace): Promise<TableStream> {
    const stream = new TableStream(database, clock, place);
    stream.openShardId = await stream.openShard();
    return stream;
  }

  get arn(): string {
    return this.place.streamArn;
  }

  get localArn(): string {
    return this.place.localArn;
  }

  get partitionKey(): string {
    return this.place.partitionKey;
  }

  get shardId(): string {
    return this.openShardId;
  }

  /** Positions are `shard` (its beginning) or `shard/sequence number` (after that record). */
  async begin(at: "TRIM_HORIZON" | "LATEST"): Promise<StreamPosition> {
    let position = this.shardId;
    if (at === "TRIM_HORIZON") return position;
    for (;;) {
      const { records, next } = await this.read(position, 1000);
      if (records.length === 0) return position;
      position = next;
    }
  }

  async read(position: StreamPosition, limit: number): Promise<StreamPage> {
    const iterator = this.iterators.get(position) ?? (await this.iterator(position));
    this.iterators.delete(position);
    const { Records, NextShardIterator } = await this.records(iterator, limit, () => this.iterator(position));
    const last = Records.at(-1)?.dynamodb.SequenceNumber;
    const next = last === undefined ? position : `${position.split("/")[0]}/${last}`;
    if (NextShardIterator !== undefined) this.iterators.set(next, NextShardIterator);
    return { records: Records.map((record) => this.asLambdaShowsIt(record)), next };
  }

  onChange(listener: () => void): Release {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether a request that writes may be about the table: its name stands in it. */
  mayBeNamedIn(request: Buffer | string): boolean {
    return request.includes(this.quotedTable);
  }

  /** Says that the table may have been written to. Until it is seen, the clock must not run ahead. */
  wake(): void {
    if (this.quiet !== undefined) {
      clearTimeout(this.quiet.timer);
      this.quiet.release();
    }
    this.quiet = {
      timer: setTimeout(() => this.settle(), Math.max(QUIET_AFTER_MS, this.place.looksApartMs)),
      release: this.clock.busy(),
    };
    this.writes += 1;
    const apartMs = this.lookedMs + this.place.looksApartMs * (this.busy ? RARER : 1) - performance.now();
    this.looking ??= setTimeout(
      () => {
        this.looking = undefined;
        this.lookedMs = performance.now();
        this.busy = this.writes >= MANY_WRITES;
        this.writes = 0;
        this.tell();
      },
      Math.max(LOOK_AFTER_MS, apartMs),
    );
  }

  close(): void {
    this.listeners.clear();
    clearTimeout(this.looking);
    clearTimeout(this.quiet?.timer);
    this.quiet?.release();
  }

  private settle(): void {
    this.tell();
    this.quiet?.release();
    this.quiet = undefined;
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private async openShard(): Promise<string> {
    const { StreamDescription } = await this.database.call<{
      StreamDescription: { Shards: { ShardId: string; SequenceNumberRange: { EndingSequenceNumber?: string } }[] };
    }>("DynamoDBStreams_20120810.DescribeStream", { StreamArn: this.localArn });
    const { Shards } = StreamDescription;
    const shard = Shards.find(({ SequenceNumberRange }) => SequenceNumberRange.EndingSequenceNumber === undefined);
    if (shard === undefined) throw new Error(`The stream ${this.arn} has no open shard.`);
    return shard.ShardId;
  }

  private async iterator(position: StreamPosition): Promise<string> {
    const [ShardId, SequenceNumber] = position.split("/");
    const { ShardIterator } = await this.database.call<{ ShardIterator: string }>(
      "DynamoDBStreams_20120810.GetShardIterator",
      {
        StreamArn: this.localArn,
        ShardId,
        ...(SequenceNumber === undefined
          ? { ShardIteratorType: "TRIM_HORIZON" }
          : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber }),
      },
    );
    return ShardIterator;
  }

  /**
   * An iterator lives for 15 minutes, and DynamoDB Local takes one that was made while the shard was empty for
   * one that points before its oldest record: either is made anew.
   */
  private async records(iterator: string, limit: number, renew: () => Promise<string>): Promise<GetRecordsOutput> {
    const read = (ShardIterator: string): Promise<GetRecordsOutput> =>
      this.database.call("DynamoDBStreams_20120810.GetRecords", { ShardIterator, Limit: Math.min(limit, 1000) });
    try {
      return await read(iterator);
    } catch (error) {
      if (!STALE_ITERATOR.has((error as Error).name)) throw error;
      return read(await renew());
    }
  }

  private asLambdaShowsIt(record: StreamRecord): StreamRecord {
    const { dynamodb } = record;
    const seenMs = this.firstSeen.get(dynamodb.SequenceNumber) ?? this.clock.now();
    this.firstSeen.set(dynamodb.SequenceNumber, seenMs);
    if (this.firstSeen.size > REMEMBERED) this.firstSeen.delete(this.firstSeen.keys().next().value ?? "");
    return {
      ...record,
      ...this.expiries.identityOf(record),
      dynamodb: { ...dynamodb, ApproximateCreationDateTime: Math.floor(seenMs / 1000) },
      awsRegion: this.place.region,
      eventSourceARN: this.arn,
    };
  }
}

/** Records whose first reading is remembered: more than wait between two retries of a batch. */
const REMEMBERED = 5_000;

const STALE_ITERATOR = new Set(["ExpiredIteratorException", "TrimmedDataAccessException"]);

interface GetRecordsOutput {
  readonly Records: readonly StreamRecord[];
  readonly NextShardIterator?: string;
}
