import assert from "node:assert/strict";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { awsConnection } from "../../cli/awsConnection";
import { startPipeline, type Pipeline } from "../../cli/pipeline";
import { ROOMY_LIMITS } from "../../cli/simulationTarget";
import type { BusEvent, FeedEvents } from "../../local/feed";

export interface Placed {
  readonly status: number;
  readonly body: any;
  readonly headers: Headers;
}

type StartOptions = NonNullable<Parameters<typeof startPipeline>[0]>;

/** A running pipeline as a test uses it: over HTTP as a customer, through the AWS SDK as an operator. */
export class Shop {
  readonly events: BusEvent[] = [];
  readonly invocations: FeedEvents["invocation"][] = [];
  readonly executions: FeedEvents["execution"][] = [];
  readonly messages: FeedEvents["message"][] = [];
  private readonly client: DynamoDBClient;
  private readonly tables: DynamoDBDocumentClient;

  private constructor(readonly pipeline: Pipeline) {
    const { feed } = pipeline.runtime;
    feed.on("busEvent", ({ event }) => this.events.push(event));
    feed.on("invocation", (invocation) => this.invocations.push(invocation));
    feed.on("execution", (execution) => this.executions.push(execution));
    feed.on("message", (message) => this.messages.push(message));
    this.client = new DynamoDBClient(awsConnection(pipeline.outputs));
    this.tables = DynamoDBDocumentClient.from(this.client);
  }

  /** Tenants are not held back, and payments not declined unless other settings are given. */
  static async open({ settings = ["paymentFailurePercent=0"], ...options }: StartOptions = {}): Promise<Shop> {
    return new Shop(await startPipeline({ ...options, settings: [...ROOMY_LIMITS, ...settings] }));
  }

  get outputs(): Pipeline["outputs"] {
    return this.pipeline.outputs;
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.pipeline.stop();
  }

  async request(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Placed> {
    const answer = await fetch(`${this.outputs.apiUrl}${path}`, {
      method,
      headers: { "content-type": "application/json", "x-api-key": this.outputs.apiKeys["acme"] ?? "", ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
  }

  place(order: object, headers: Record<string, string> = {}): Promise<Placed> {
    return this.request("POST", "/orders", JSON.stringify(order), headers);
  }

  /** Places an order that must be accepted, and answers its id. */
  async accepted(order: object, headers: Record<string, string> = {}): Promise<string> {
    const { status, body } = await this.place(order, headers);
    assert.equal(status, 201, JSON.stringify(body));
    return body.orderId;
  }

  /** The order once it is final. */
  async final(orderId: string, withinMs = 20_000): Promise<any> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const { body, status } = await this.request("GET", `/orders/${orderId}`);
      // A crowd that polls is throttled like anybody else.
      assert.ok(status === 200 || status === 429, JSON.stringify(body));
      if (status === 200 && body.status !== "PENDING") return body;
      assert.ok(performance.now() < deadline, `order ${orderId} is still ${body.stage}`);
      await pause(status === 429 ? 200 : 20);
    }
  }

  async stock(productId: string): Promise<number> {
    const key = { TableName: this.outputs.inventoryTable, Key: { productId }, ConsistentRead: true };
    const { Item } = await this.tables.send(new GetCommand(key));
    return Item?.["stock"] as number;
  }

  async stocked(productId: string, stock: number): Promise<void> {
    const Item = { productId, name: `Product ${productId}`, priceMinor: 1_000, stock, category: "Test" };
    await this.tables.send(new PutCommand({ TableName: this.outputs.inventoryTable, Item }));
  }

  /** The order as the table keeps it. */
  async ledger(orderId: string): Promise<any> {
    const key = { TableName: this.outputs.ordersTable, Key: { orderId }, ConsistentRead: true };
    return (await this.tables.send(new GetCommand(key))).Item;
  }

  /** What the payment gateway's own books say of an order. */
  async payment(orderId: string): Promise<any> {
    const key = { TableName: this.outputs.paymentsTable, Key: { orderId }, ConsistentRead: true };
    return (await this.tables.send(new GetCommand(key))).Item;
  }

  /** When a tenant's orders would have come, had they come evenly; a thousand for each order at this rate. */
  async limiterState(tenantId: string, ratePerSecond: number): Promise<number> {
    const key = { TableName: String(this.outputs["rateLimitsTable"]), Key: { tenantId }, ConsistentRead: true };
    return (await this.tables.send(new GetCommand(key))).Item?.[`arrivalAt${ratePerSecond}PerSecond`];
  }

  async payments(): Promise<any[]> {
    return (await this.tables.send(new ScanCommand({ TableName: this.outputs.paymentsTable }))).Items ?? [];
  }

  /** What lies under a key of the bucket of receipts. */
  async receipt(Key: string): Promise<any> {
    const bucket = new S3Client(awsConnection(this.outputs));
    try {
      const { Body } = await bucket.send(new GetObjectCommand({ Bucket: String(this.outputs["receiptsBucket"]), Key }));
      return JSON.parse((await Body?.transformToString()) ?? "");
    } finally {
      bucket.destroy();
    }
  }

  eventsOf(orderId: string): BusEvent[] {
    return this.events.filter(({ detail }) => (detail as { orderId?: string }).orderId === orderId);
  }

  /** Names of the functions that the API called while `act` ran. */
  async invokedBy(act: () => Promise<unknown>): Promise<string[]> {
    const invoked: string[] = [];
    const release = this.pipeline.runtime.feed.on(
      "request",
      ({ invoked: name }) => name !== undefined && invoked.push(name),
    );
    await act();
    release();
    return invoked;
  }

  /** Waits for something that the runtime will do by itself. */
  async until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!(await holds())) {
      assert.ok(performance.now() < deadline, `not within ${withinMs} ms: ${what}`);
      await pause(10);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
