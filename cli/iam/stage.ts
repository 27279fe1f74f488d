import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { FeedEvents } from "../../local/feed";
import { awsConnection } from "../awsConnection";
import { startPipeline, type Pipeline } from "../pipeline";
import { ROOMY_LIMITS } from "../simulationTarget";

const FUNCTION = "aws:lambda/function:Function";
const QUIET_MS = 700;
const FINAL_WITHIN_MS = 60_000;

/** A pipeline on which scenes are played: fast clock, no limits, and every order is paid. */
export class Stage {
  private readonly events: EventBridgeClient;
  private readonly database: DynamoDBClient;
  private readonly messages: FeedEvents["message"][] = [];
  private keys = 0;

  private constructor(readonly pipeline: Pipeline) {
    this.events = new EventBridgeClient(awsConnection(pipeline.outputs));
    this.database = new DynamoDBClient(awsConnection(pipeline.outputs));
    pipeline.runtime.feed.on("message", (message) => this.messages.push(message));
  }

  static async open(): Promise<Stage> {
    const settings = [...ROOMY_LIMITS, "paymentFailurePercent=0", "finalWithinSeconds=60"];
    // What is taken away here is no finding about the program.
    return new Stage(await startPipeline({ speed: 1_000, settings, usageFolder: undefined }));
  }

  get faults() {
    return this.pipeline.runtime.faults;
  }

  async close(): Promise<void> {
    this.events.destroy();
    this.database.destroy();
    await this.pipeline.stop();
  }

  /** A request of a customer; answers the status and the body. */
  async request(method: string, path: string, body?: object, key?: string) {
    const { apiUrl, apiKeys } = this.pipeline.outputs;
    const answer = await fetch(`${apiUrl}${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        "x-api-key": apiKeys["acme"] ?? "",
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Readonly<Record<string, unknown>> };
  }

  /** Reads something that must be there. */
  async look(path: string): Promise<void> {
    const { status } = await this.request("GET", path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
  }

  /** Places an order for one mouse; the same key is the same order. Answers its id. */
  async place(key = `tour-${process.pid}-${++this.keys}`, productId = "PROD-001"): Promise<string> {
    const order = { userId: "tour", items: [{ productId, qty: 1 }] };
    const { status, body } = await this.request("POST", "/orders", order, key);
    if (status !== 201) throw new Error(`POST /orders answered ${status}`);
    return String(body["orderId"]);
  }

  /** Waits until an order is final. */
  async ends(orderId: string, status: "CONFIRMED" | "FAILED"): Promise<void> {
    let seen: unknown;
    await this.until(`the end of order ${orderId}`, async () => {
      seen = (await this.request("GET", `/orders/${orderId}`)).body["status"];
      return seen === "CONFIRMED" || seen === "FAILED";
    });
    if (seen !== status) throw new Error(`the order ended ${String(seen)}, not ${status}`);
  }

  /** How many messages of a queue, by the end of its name, met this fate so far. */
  count(queue: string, what: FeedEvents["message"]["what"]): number {
    return this.messages.filter((message) => message.what === what && message.queue.endsWith(queue)).length;
  }

  /** Waits until no function has been called for a while, but the reconciler, which the clock calls. */
  async quiet(): Promise<void> {
    let lastMs = performance.now();
    const release = this.pipeline.runtime.feed.on("invocation", ({ functionName }) => {
      if (!functionName.endsWith("-reconcileOrders")) lastMs = performance.now();
    });
    await this.until("quiet", () => performance.now() - lastMs > QUIET_MS);
    release();
  }

  async until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = performance.now() + FINAL_WITHIN_MS;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(`not within ${FINAL_WITHIN_MS / 1000} s: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  /** Lets a service be away until the answer is called. */
  away(service: string): () => void {
    return this.faults.away({ service, fromMs: this.pipeline.runtime.clock.now(), untilMs: Infinity });
  }

  /** Lets created orders reach the queue, or not. */
  async queueing(mode: "on" | "off"): Promise<void> {
    const { resources } = this.pipeline.runtime;
    const rule = resources.find(
      ({ type, outputs }) =>
        type === "aws:cloudwatch/eventRule:EventRule" && String(outputs["name"]).endsWith("-order-created"),
    );
    const named = { Name: String(rule?.outputs["name"]), EventBusName: this.pipeline.outputs.eventBusName };
    await this.events.send(mode === "on" ? new EnableRuleCommand(named) : new DisableRuleCommand(named));
  }

  /** Puts a product into the catalogue, or takes it out. */
  async catalogue(productId: string, mode: "with" | "without"): Promise<void> {
    const TableName = this.pipeline.outputs.inventoryTable;
    if (mode === "without") {
      await this.database.send(new DeleteItemCommand({ TableName, Key: { productId: { S: productId } } }));
      return;
    }
    const texts = { productId: { S: productId }, name: { S: "A mouse of the tour" }, category: { S: "Tour" } };
    const Item = { ...texts, priceMinor: { N: "100" }, stock: { N: "10" } };
    await this.database.send(new PutItemCommand({ TableName, Item }));
  }

  /** The ARN of the role of a function. */
  roleOf(service: string): string {
    return String(this.functionOf((name) => name.endsWith(`-${service}`))?.inputs["role"]);
  }

  private functionOf(is: (name: string) => boolean) {
    const { resources } = this.pipeline.runtime;
    return resources.find(({ type, outputs }) => type === FUNCTION && is(String(outputs["name"])));
  }
}
