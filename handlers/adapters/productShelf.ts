import { GetCommand, ScanCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { ProductShelf } from "../listProducts";
import { isProductId, type ShelvedProduct } from "../productView";
import { dynamoDb } from "./dynamoDb";

const PRODUCT = {
  ProjectionExpression: "#productId, #name, #priceMinor, #category, #stock",
  ExpressionAttributeNames: {
    ...{ "#productId": "productId", "#name": "name", "#priceMinor": "priceMinor" },
    ...{ "#category": "category", "#stock": "stock" },
  },
};

/**
 * The inventory table as customers may look at it. Reads are eventually consistent, so what they say was true within
 * the last second. An item without a name, a price and an id that an order can name is no product, and left out.
 *
 * The catalogue is listed by a scan, which is right here and nowhere else: whoever lists it wants all of it, a page reads
 * no more items than it answers, and there are as many products as people keep in order by hand, not as customers make.
 * A scan goes by the hash of the ids, so a product that is there throughout is met once, whatever comes and goes.
 */
export function productShelf(inventoryTable: string, database: DynamoDBDocumentClient = dynamoDb()): ProductShelf {
  const scan = (limit: number, after: string | undefined) =>
    database.send(
      new ScanCommand({
        TableName: inventoryTable,
        ...PRODUCT,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: { productId: after } }),
      }),
    );

  return {
    async find(productId) {
      const { Item } = await database.send(
        new GetCommand({ TableName: inventoryTable, Key: { productId }, ...PRODUCT }),
      );
      return Item && onShelf(Item)[0];
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
      const products = found.slice(0, limit);
      const end = found.length > limit ? products.at(-1)?.productId : undefined;
      return { products, ...(end !== undefined && { end }) };
    },
  };
}

/** The product that an item is, or nothing. */
function onShelf(item: Readonly<Record<string, unknown>>): readonly ShelvedProduct[] {
  const { productId, name, priceMinor, category, stock } = item;
  if (typeof productId !== "string" || !isProductId(productId) || typeof name !== "string") return [];
  if (typeof priceMinor !== "number" || !Number.isSafeInteger(priceMinor) || priceMinor < 0) return [];
  const inStock = typeof stock === "number" && stock > 0;
  return [{ productId, name, priceMinor, ...(typeof category === "string" && { category }), inStock }];
}
