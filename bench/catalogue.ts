import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Subject } from "./subject";

const PRODUCTS = Array.from({ length: 20 }, (_, number) => `BENCH-${String(number + 1).padStart(2, "0")}`);

/** More than any run sells. */
const STOCK = 1_000_000_000;

/** Puts products on the shelf that never run out. */
export async function stockUp(subject: Subject): Promise<void> {
  const client = new DynamoDBClient(subject.aws);
  const items = PRODUCTS.map((productId) => ({
    ...{ productId, name: `Bench ${productId}`, priceMinor: 1_999, stock: STOCK, category: "Bench" },
  }));
  const requests = { [subject.tables.inventory]: items.map((Item) => ({ PutRequest: { Item } })) };
  try {
    await DynamoDBDocumentClient.from(client).send(new BatchWriteCommand({ RequestItems: requests }));
  } finally {
    client.destroy();
  }
}

/** The body of an order with two lines: of all products in turn, or always of the same two. */
export function twoLines(products: "all" | "same"): (number: number) => string {
  return (number) => {
    const first = products === "all" ? number : 0;
    const items = [first * 2, first * 2 + 1].map((at) => ({ productId: PRODUCTS[at % PRODUCTS.length], qty: 1 }));
    return JSON.stringify({
      userId: `user-${number % 500}`,
      items,
      customerEmail: `user-${number % 500}@bench.example`,
    });
  };
}

/** The body of an order with one line, of one product for all. */
export function oneProduct(number: number): string {
  return JSON.stringify({ userId: `user-${number % 500}`, items: [{ productId: PRODUCTS[0], qty: 1 }] });
}

/** The body of an order with one line, of all products in turn. */
export function anyProduct(number: number): string {
  const items = [{ productId: PRODUCTS[number % PRODUCTS.length], qty: 1 }];
  return JSON.stringify({ userId: `user-${number % 500}`, items });
}
