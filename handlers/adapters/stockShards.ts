import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactGetCommand, TransactWriteCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { productOfShard, shardKey } from "../../contracts/stockShards";
import type { Line, Short } from "../ledger";
import { homeShard, sharesOf } from "../stockShares";
import { isContention, retryContention, type ContentionSettings } from "./contention";
import { giveStock, takeStock } from "./stockUpdates";

export interface StockShardsOptions {
  readonly table: string;
  readonly database: DynamoDBDocumentClient;
  /** 1 to MAX_STOCK_SHARDS. */
  readonly shards: number;
  readonly contention?: ContentionSettings | undefined;
}

/** A line whose shard did not hold enough, and what its product is called. */
export interface LackingLine extends Line {
  readonly name: string;
}

/** Takes lines from the shards that their products are keys of, all or none. */
type Take<Outcome> = (sources: readonly Line[]) => Promise<Outcome | { readonly short: readonly LackingLine[] }>;

/** Which shards of its products an order takes from, and gives back to. */
export class StockShards {
  constructor(private readonly options: StockShardsOptions) {}

  /**
   * Each line on its order's own shard. That is where stock goes back to, wherever it was taken from: the sum is right,
   * and nothing need be remembered.
   */
  homes(orderId: string, lines: readonly Line[]): readonly Line[] {
    return lines.map((line) => this.home(orderId, line));
  }

  /** Takes each line from its order's own shard, and from wherever there is stock when that one is short. */
  async take<Outcome extends string>(
    orderId: string,
    lines: readonly Line[],
    take: Take<Outcome>,
  ): Promise<Outcome | Short> {
    const sources = new Map(lines.map((line) => [line, this.homes(orderId, [line])]));
    for (let looked = 0; looked <= LOOKS; looked++) {
      const outcome = await take([...sources.values()].flat());
      if (typeof outcome === "string") return outcome;
      if (this.options.shards === 1) return { short: outcome.short.map(({ name }) => name) };

      const lacking = new Set(outcome.short.map(({ productId }) => productOfShard(productId)));
      const short: string[] = [];
      for (const line of lines.filter(({ productId }) => lacking.has(productId))) {
        const found = await this.find(orderId, line);
        if (typeof found === "string") short.push(found);
        else sources.set(line, found);
      }
      if (short.length > 0) return { short };
      await this.gatherSome(orderId, sources);
    }
    throw new Error(`Order ${orderId} found stock ${LOOKS} times, and each time others had taken it first.`);
  }

  private home(orderId: string, { productId, qty }: Line): Line {
    return { productId: shardKey(productId, homeShard(orderId, productId, this.options.shards)), qty };
  }

  /**
   * Where a line can be taken from; the product's name when all shards hold too little. They are read at one instant:
   * between two reads a unit could go from a shard that was not looked at yet to one that was, and the product would
   * seem sold out although it never was.
   */
  private async find(orderId: string, { productId, qty }: Line): Promise<readonly Line[] | string> {
    const keys = Array.from({ length: this.options.shards }, (_, shard) => shardKey(productId, shard));
    const items = await this.readAtOnce(keys);
    const levels = items.map((item) => (typeof item?.["stock"] === "number" ? item["stock"] : 0));
    const shares = sharesOf(qty, levels, homeShard(orderId, productId, this.options.shards));
    if (shares !== undefined)
      return shares.map((share) => ({ productId: keys[share.shard] ?? productId, qty: share.qty }));
    const name: unknown = items[0]?.["name"];
    return typeof name === "string" ? name : productId;
  }

  /** Brings lines that lie in too many places for one transaction together, those in most places first. */
  private async gatherSome(orderId: string, sources: Map<Line, readonly Line[]>): Promise<void> {
    let count = [...sources.values()].flat().length;
    for (const [line, shares] of [...sources].sort(([, one], [, other]) => other.length - one.length)) {
      if (count <= MOST_SOURCES) return;
      await this.gather(this.home(orderId, line), shares);
      sources.set(line, this.homes(orderId, [line]));
      count -= shares.length - 1;
    }
  }

  /** Moves what a line would be taken from onto its order's own shard. The sum stays, however often this is done. */
  private async gather({ productId: home }: Line, shares: readonly Line[]): Promise<void> {
    const { table, database, contention } = this.options;
    const others = shares.filter(({ productId }) => productId !== home);
    const qty = others.reduce((sum, share) => sum + share.qty, 0);
    const takes = others.map((share) => ({ Update: takeStock(table, share) }));
    const moved = { Update: giveStock(table, { productId: home, qty }) };
    const gathering = () => database.send(new TransactWriteCommand({ TransactItems: [moved, ...takes] }));
    // Somebody has taken some of it meanwhile: then nothing was moved, and the order looks again.
    await retryContention(gathering, contention).catch((error: unknown) => {
      if (!(error instanceof TransactionCanceledException) || isContention(error)) throw error;
    });
  }

  private async readAtOnce(keys: readonly string[]): Promise<readonly (Record<string, unknown> | undefined)[]> {
    const { table, database, contention } = this.options;
    const reads = keys.map((productId) => ({ Get: { TableName: table, Key: { productId } } }));
    const { Responses = [] } = await retryContention(
      () => database.send(new TransactGetCommand({ TransactItems: reads })),
      contention,
    );
    return Responses.map(({ Item }) => Item);
  }
}

/** How often an order looks for stock that others may take before it does. Each time somebody else has got some. */
const LOOKS = 8;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html; one action is the order's own. */
const MOST_SOURCES = 99;
