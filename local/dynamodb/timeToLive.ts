import type { Clock, Release } from "../clock";
import type { Database } from "./database";
import type { Expiring, Expiries } from "./expiries";

/** A table whose items have an end. */
export interface ExpiringTable {
  readonly tableName: string;
  /** Partition key, and sort key if there is one. */
  readonly keyNames: readonly string[];
  /** The attribute that says when an item's time is over: seconds since 1970, a number. */
  readonly attributeName: string;
  /** Its stream, if it has one: told of each item before it goes, and woken afterwards. */
  readonly stream: { readonly expiries: Expiries; wake(): void } | undefined;
}

/** The most that an item outlives its end by, on the runtime's clock. */
export const DELETED_WITHIN_MS = 60_000;

/** "Items with expired timestamps older than five years" stay, so that a wrong unit does not empty a table. */
const FORGOTTEN_AFTER_SECONDS = 5 * 365.25 * 86_400;

/**
 * Deletes items whose time is over, as DynamoDB does within days, here within a minute; until then they are read and
 * written like any others (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html).
 *
 * It looks once a minute at most, and only after a write or when the next item is due: a clock that runs fast over a
 * table that nobody writes to has nothing to wait for.
 */
export class TimeToLive {
  private next: { readonly dueMs: number; readonly release: Release } | undefined;
  private sweeping: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly table: ExpiringTable,
  ) {}

  /** Told of each request that writes, to whichever table. */
  written(request: Buffer | string): void {
    if (request.includes(this.table.tableName)) this.lookAt(this.clock.now() + DELETED_WITHIN_MS);
  }

  /** The answer to DescribeTimeToLive. */
  describe(): object {
    return { TimeToLiveDescription: { AttributeName: this.table.attributeName, TimeToLiveStatus: "ENABLED" } };
  }

  async close(): Promise<void> {
    this.closed = true;
    this.next?.release();
    await this.sweeping;
  }

  private lookAt(dueMs: number): void {
    if (this.closed || (this.next !== undefined && this.next.dueMs <= dueMs)) return;
    this.next?.release();
    const release = this.clock.after(dueMs - this.clock.now(), () => {
      this.next = undefined;
      this.sweeping = this.sweep();
    });
    this.next = { dueMs, release };
  }

  /** Never rejects: what could not be looked at is looked at a minute later. */
  private async sweep(): Promise<void> {
    const idle = this.clock.busy();
    try {
      const nowSeconds = Math.floor(this.clock.now() / 1000);
      const items = await this.ends();
      const over = items.filter(({ end }) => end <= nowSeconds && end > nowSeconds - FORGOTTEN_AFTER_SECONDS);
      for (const { item } of over) await this.remove(item);
      if (over.length > 0) this.table.stream?.wake();
      const next = Math.min(...items.filter(({ end }) => end > nowSeconds).map(({ end }) => end));
      const earliestMs = this.clock.now() + DELETED_WITHIN_MS;
      if (next < Infinity) this.lookAt(Math.max(next * 1000, earliestMs));
    } catch {
      this.lookAt(this.clock.now() + DELETED_WITHIN_MS);
    } finally {
      idle();
    }
  }

  /** Every item that has an end: its key and the attribute. */
  private async ends(): Promise<{ readonly item: Expiring; readonly end: number }[]> {
    const names = [...this.table.keyNames, this.table.attributeName];
    const input = {
      TableName: this.table.tableName,
      ConsistentRead: true,
      ProjectionExpression: names.map((_, index) => `#${index}`).join(", "),
      FilterExpression: `attribute_type(#${names.length - 1}, :number)`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#${index}`, name])),
      ExpressionAttributeValues: { ":number": { S: "N" } },
    };
    const found: Expiring[] = [];
    for (let from: object | undefined = {}; from !== undefined;) {
      const page: ScanPage = await this.database.call("DynamoDB_20120810.Scan", { ...input, ...from });
      found.push(...page.Items);
      from = page.LastEvaluatedKey && { ExclusiveStartKey: page.LastEvaluatedKey };
    }
    return found.map((item) => ({ item, end: Number((item[this.table.attributeName] as { N: string }).N) }));
  }

  /** Deletes an item unless its end has changed since it was read. */
  private async remove(item: Expiring): Promise<void> {
    const { tableName, keyNames, attributeName, stream } = this.table;
    const Key = Object.fromEntries(keyNames.map((name) => [name, item[name]]));
    const takeBack = stream?.expiries.announce(Key, { [attributeName]: item[attributeName] });
    try {
      await this.database.call("DynamoDB_20120810.DeleteItem", {
        ...{ TableName: tableName, Key, ConditionExpression: "#end = :end" },
        ExpressionAttributeNames: { "#end": attributeName },
        ExpressionAttributeValues: { ":end": item[attributeName] },
      });
    } catch (error) {
      takeBack?.();
      if ((error as Error).name !== "ConditionalCheckFailedException") throw error;
    }
  }
}

interface ScanPage {
  readonly Items: readonly Expiring[];
  readonly LastEvaluatedKey?: Expiring;
}
