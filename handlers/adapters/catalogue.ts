import { setTimeout as wait } from "node:timers/promises";
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import type { Catalogue } from "../createOrder";
import type { Product } from "../priceOrder";
import { dynamoDb } from "./dynamoDb";

type Requests = NonNullable<BatchGetCommandInput["RequestItems"]>;

const TRIES = 5;
const FIRST_PAUSE_MS = 25;

/**
 * The products of the inventory table, up to 100 at once. Reads are eventually consistent: a price that changed
 * within the last second may still be answered, and holds then, because the order keeps it. An item without
 * name and price is no product.
 */
export function catalogue(inventoryTable: string, database: DynamoDBDocumentClient = dynamoDb()): Catalogue {
  return {
    async find(productIds) {
      const found: Record<string, unknown>[] = [];
      let requests: Requests = { [inventoryTable]: productsQuery(productIds) };
      for (let tried = 1; Object.keys(requests).length > 0; tried++) {
        if (tried > TRIES) throw new Error("The inventory did not answer for all products.");
        if (tried > 1) await wait(Math.random() * FIRST_PAUSE_MS * 2 ** tried);
        const answer: BatchGetCommandOutput = await database.send(new BatchGetCommand({ RequestItems: requests }));
        found.push(...(answer.Responses?.[inventoryTable] ?? []));
        requests = answer.UnprocessedKeys ?? {};
      }
      return new Map(found.filter(isProduct).map((product) => [product.productId, product]));
    },
  };
}

function productsQuery(productIds: readonly string[]) {
  return {
    Keys: productIds.map((productId) => ({ productId })),
    ProjectionExpression: "#productId, #name, #priceMinor",
    ExpressionAttributeNames: { "#productId": "productId", "#name": "name", "#priceMinor": "priceMinor" },
  };
}

function isProduct(item: Record<string, unknown>): item is Record<string, unknown> & Product {
  return typeof item["name"] === "string" && Number.isSafeInteger(item["priceMinor"]);
}
