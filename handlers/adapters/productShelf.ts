import { GetCommand, ScanCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { ProductShelf } from "../listProducts";
import { isProductId, type ShelvedProduct } from "../productView";
import { productOfShard, shardKey } from "../../contracts/stockShards";
import { batchRead } from "./batchRead";
import { dynamoDb } from "./dynamoDb";

const PRODUCT = {
  ProjectionExpression: "#productId, #name, #priceMinor, #category, #stock",
  ExpressionAttributeNames: {
    ...{ "#productId": "productId", "#name": "name", "#priceMinor": "priceMinor" },
    ...{ "#category": "category", "#stock": "stock" },
  },
};

export interface ProductShelfOptions {
  readonly inventoryTable: string;
  /** Over how many items the stock of a product is spread. @default 1 */
  readonly stockShards?: number;
  /** @default the function's own client */
  readonly database?: DynamoDBDocumentClient;
}

/**
 * The inventory table as customers may look at it. Reads are eventually consistent, so what they say was true within
 * the last second. An item without a name, a price and an id that an order can name is no product, and left out; so are
 * the shards that hold the rest of a product's stock.
 *
 * The catalogue is listed by a scan, which is right here and nowhere else: whoever lists it wants all of it, a page reads
 * no more items than it answers, and there are as many products as people keep in order by hand, not as customers make.
 * A scan goes by the hash of the ids, so a product that is there throughout is met once, whatever comes and goes.
 */
export function productShelf({
  inventoryTable,
  stockShards = 1,
  database = dynamoDb(),
}: ProductShelfOptions): ProductShelf {
  const scan = (limit: number, after: string | undefined) =>
    database.send(
      new ScanCommand({
        TableName: inventoryTable,
        ...PRODUCT,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: { productId: after } }),
      }),
    );

  /** A product whose own item is empty is in stock all the same when another of its shards is not. */
  const withAllStock = async (products: readonly ShelvedProduct[]): Promise<readonly ShelvedProduct[]> => {
    const empty = products.filter(({ inStock }) => !inStock);
    const keys = empty.flatMap(({ productId }) =>
      Array.from({ length: stockShards - 1 }, (_, shard) => ({ productId: shardKey(productId, shard + 1) })),
    );
    const stocked = new Set<string>();
    for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
      const items = await batchRead(database, inventoryTable, keys.slice(at, at + KEYS_AT_ONCE));
      for (const { productId, stock } of items) if (Number(stock) > 0) stocked.add(productOfShard(String(productId)));
    }
    return products.map((product) => (stocked.has(product.productId) ? { ...product, inStock: true } : product));
  };

  return {
    async find(productId) {
      const { Item } = await database.send(
        new GetCommand({ TableName: inventoryTable, Key: { productId }, ...PRODUCT }),
      );
      const [product] = Item === undefined ? [] : await withAllStock(onShelf(Item));
      return product;
    },

    async page({ limit, after }) {
      const found: ShelvedProduct[] = [];
      let from = after;
      // One more than wanted tells whether there is another page.
      do {
        const { Items = [], LastEvaluatedKey } = await scan(limit + 1 - found.length, from);
        found.push(...Items.flatMap(onShelf));
        from = LastEvaluatedKey?.["productId"] as string | undefined;
      } while (from !== undefined && found.length <= limit);
      const products = await withAllStock(found.slice(0, limit));
      const end = found.length > limit ? products.at(-1)?.productId : undefined;
      return { products, ...(end !== undefined && { end }) };
    },
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const KEYS_AT_ONCE = 100;

/** The product that an item is, or nothing. */
function onShelf(item: Readonly<Record<string, unknown>>): readonly ShelvedProduct[] {
  const { productId, name, priceMinor, category, stock } = item;
  if (typeof productId !== "string" || !isProductId(productId) || typeof name !== "string") return [];
  if (typeof priceMinor !== "number" || !Number.isSafeInteger(priceMinor) || priceMinor < 0) return [];
  const inStock = typeof stock === "number" && stock > 0;
  return [{ productId, name, priceMinor, ...(typeof category === "string" && { category }), inStock }];
}
