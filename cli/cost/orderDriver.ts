import { setTimeout as pause } from "node:timers/promises";
import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { FeedEvents } from "../../local/feed";
import type { Reading } from "../../local/meter/reading";
import { awsConnection } from "../awsConnection";
import { functionRole } from "../functionRole";
import type { Pipeline } from "../pipeline";
import type { EndingRecipe } from "./endings";

/** Nothing comes after what has been quiet for so long: longer than any window in which consumers gather. */
const QUIET_MS = 2_500;
const SETTLE_WITHIN_MS = 120_000;

/** Places orders in a running pipeline, and reads its meter once they and all that follows from them are over. */
export class OrderDriver {
  private readonly ended = new Map<string, string>();
  private lastMs = performance.now();
  private readonly releases: readonly (() => void)[];

  constructor(private readonly pipeline: Pipeline) {
    const { feed } = pipeline.runtime;
    const stir = (): void => void (this.lastMs = performance.now());
    this.releases = [
      feed.on("busEvent", ({ event }) => this.note(event)),
      feed.on("invocation", stir),
      feed.on("message", stir),
    ];
  }

  close(): void {
    for (const release of this.releases) release();
  }

  /** More of what is sold than all orders take. What has none keeps none. */
  async stockUp(): Promise<void> {
    const { outputs } = this.pipeline;
    const client = new DynamoDBClient(awsConnection(outputs));
    for (const productId of ["PROD-001", "PROD-003"]) {
      await client.send(
        new UpdateItemCommand({
          TableName: outputs.inventoryTable,
          Key: { productId: { S: productId } },
          UpdateExpression: "SET #stock = :stock",
          ExpressionAttributeNames: { "#stock": "stock" },
          ExpressionAttributeValues: { ":stock": { N: "100000" } },
        }),
      );
    }
    client.destroy();
  }

  /** What so many orders used, one after the other when `perSecond` is 0. Throws when one does not end as it should. */
  async run(recipe: EndingRecipe, orders: number, perSecond: number): Promise<Reading> {
    const { meter, faults, resources } = this.pipeline.runtime;
    const before = meter.read();
    if (recipe.faults !== undefined) faults.set(recipe.faults((service) => functionRole(resources, service)));
    const placed: Promise<string>[] = [];
    for (let at = 0; at < orders; at++) {
      placed.push(this.place(recipe));
      if (perSecond > 0) await pause(1000 / perSecond);
      else await this.settle(await Promise.all(placed), recipe);
    }
    await this.settle(await Promise.all(placed), recipe);
    faults.clear();
    return meter.read().since(before);
  }

  private async place({ items }: EndingRecipe): Promise<string> {
    const { outputs } = this.pipeline;
    const [apiKey = ""] = Object.values(outputs.apiKeys);
    const answer = await fetch(`${outputs.apiUrl}/orders`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": apiKey },
      body: JSON.stringify({ userId: "user-123", items, customerEmail: "customer@example.com" }),
    });
    const body = (await answer.json()) as { readonly orderId?: string };
    if (body.orderId === undefined) throw new Error(`An order was answered ${answer.status}: ${JSON.stringify(body)}`);
    return body.orderId;
  }

  private async settle(orderIds: readonly string[], { status }: EndingRecipe): Promise<void> {
    const untilMs = performance.now() + SETTLE_WITHIN_MS;
    const over = (): boolean =>
      orderIds.every((orderId) => this.ended.has(orderId)) && performance.now() - this.lastMs > QUIET_MS;
    while (!over()) {
      if (performance.now() > untilMs) throw new Error("The orders did not come to an end: is this machine too busy?");
      await pause(50);
    }
    const wrong = orderIds.find((orderId) => this.ended.get(orderId) !== status);
    if (wrong !== undefined) throw new Error(`Order ${wrong} should be ${status}, and is ${this.ended.get(wrong)}.`);
  }

  private note({ detail, "detail-type": type }: FeedEvents["busEvent"]["event"]): void {
    const { orderId = "" } = detail as { readonly orderId?: string };
    if (type === "OrderPlaced") this.ended.set(orderId, "CONFIRMED");
    if (type === "OrderFailed") this.ended.set(orderId, "FAILED");
  }
}
