import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from "@aws-sdk/client-dynamodb-streams";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { OrderRow, OrderTotals } from "../../../console/protocol";
import { toDecimal } from "../../../contracts/money";
import { orderOf, type OrderRecord } from "../../../contracts/orderRecord";
import type { Order } from "../../../contracts/order";
import { awsConnection } from "../../awsConnection";
import { spoken } from "../../terminal";
import type { StackOutputs } from "../../stackOutputs";

/** Of the wall. Records are there a moment after their write, so it is looked again for a while. */
const LOOK_EVERY_MS = 200;
const LOOK_FOR_MS = 2_500;
const AFTER_ERROR_MS = 1_000;

/** All orders as the table's own stream tells of them: the truth, in order, without asking for each again. */
export class OrderIndex {
  readonly rows = new Map<string, OrderRow>();
  /** Why the orders cannot be read now. */
  unreadable: string | undefined;
  private readonly changed = new Set<string>();
  private readonly client: DynamoDBStreamsClient;
  /** Of each shard that is not read to its end: where to go on. */
  private readonly iterators = new Map<string, string | undefined>();
  private readonly finished = new Set<string>();
  private lookUntil = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    outputs: StackOutputs,
    private readonly streamArn: string,
  ) {
    this.client = new DynamoDBStreamsClient({ ...awsConnection(outputs), maxAttempts: 1 });
  }

  /** Something may have changed. */
  wake(): void {
    this.lookUntil = performance.now() + LOOK_FOR_MS;
    this.timer ??= setTimeout(() => void this.look(), LOOK_EVERY_MS / 4);
  }

  totals(): OrderTotals {
    const counts = { all: this.rows.size, PENDING: 0, CONFIRMED: 0, FAILED: 0 };
    for (const { status } of this.rows.values()) counts[status] += 1;
    return counts;
  }

  /** Rows that changed since the last time. */
  takeChanges(): OrderRow[] {
    const rows = [...this.changed].flatMap((orderId) => this.rows.get(orderId) ?? []);
    this.changed.clear();
    return rows;
  }

  /** The newest orders, the newest first. */
  newest(most: number): OrderRow[] {
    return [...this.rows.values()].sort((a, b) => b.createdMs - a.createdMs).slice(0, most);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.client.destroy();
  }

  private async look(): Promise<void> {
    let pauseMs = LOOK_EVERY_MS;
    try {
      await this.findShards();
      for (const shard of [...this.iterators.keys()]) await this.readShard(shard);
      this.unreadable = undefined;
    } catch (error) {
      this.unreadable = spoken(error as Error);
      this.lookUntil = performance.now() + LOOK_FOR_MS;
      pauseMs = AFTER_ERROR_MS;
    }
    if (this.closed) return;
    const more = performance.now() < this.lookUntil;
    this.timer = more ? setTimeout(() => void this.look(), pauseMs) : undefined;
  }

  private async findShards(): Promise<void> {
    if (this.iterators.size > 0) return;
    const { StreamDescription } = await this.client.send(new DescribeStreamCommand({ StreamArn: this.streamArn }));
    for (const { ShardId = "" } of StreamDescription?.Shards ?? []) {
      if (!this.finished.has(ShardId)) this.iterators.set(ShardId, undefined);
    }
  }

  private async readShard(ShardId: string): Promise<void> {
    for (;;) {
      const iterator = this.iterators.get(ShardId) ?? (await this.begin(ShardId));
      const { Records = [], NextShardIterator } = await this.read(iterator, ShardId);
      for (const record of Records) this.take(record);
      if (NextShardIterator === undefined) {
        this.iterators.delete(ShardId);
        this.finished.add(ShardId);
        return;
      }
      this.iterators.set(ShardId, NextShardIterator);
      if (Records.length === 0) return;
    }
  }

  private async begin(ShardId: string): Promise<string> {
    const { ShardIterator = "" } = await this.client.send(
      new GetShardIteratorCommand({ StreamArn: this.streamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    return ShardIterator;
  }

  /** An iterator lives for 15 minutes; reading from the beginning again changes nothing, because versions only grow. */
  private async read(iterator: string, ShardId: string) {
    try {
      return await this.client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1000 }));
    } catch (error) {
      if (!/ExpiredIterator|TrimmedData/.test((error as Error).name)) throw error;
      return this.client.send(new GetRecordsCommand({ ShardIterator: await this.begin(ShardId), Limit: 1000 }));
    }
  }

  private take({ dynamodb }: StreamRecord): void {
    const image = dynamodb?.NewImage;
    if (image === undefined) {
      const orderId = dynamodb?.Keys?.["orderId"]?.S;
      if (orderId !== undefined) this.rows.delete(orderId);
      return;
    }
    const row = rowOf(orderOf(unmarshall(image) as OrderRecord));
    if ((this.rows.get(row.orderId)?.version ?? 0) >= row.version) return;
    this.rows.set(row.orderId, row);
    this.changed.add(row.orderId);
  }
}

function rowOf(order: Order): OrderRow {
  const { orderId, tenantId, userId, status, stage, failure, items, currency, version } = order;
  return {
    ...{ orderId, tenantId, userId, status, stage, currency, version },
    ...(failure && { failureCode: failure.code, failureReason: failure.reason }),
    total: toDecimal(order.amountMinor, currency),
    units: items.reduce((sum, { qty }) => sum + qty, 0),
    createdMs: Date.parse(order.createdAt),
    updatedMs: Date.parse(order.updatedAt),
  };
}
