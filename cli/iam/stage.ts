import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { FeedEvents } from "../../local/feed";
import { awsConnection } from "../awsConnection";
import { startPipeline, type Pipeline } from "../pipeline";
import { ROOMY_LIMITS } from "../simulationTarget";

const FUNCTION = "aws:lambda/function:Function";
const FINAL_WITHIN_MS = 60_000;

/** A pipeline on which scenes are played: fast clock, no limits, and every order is paid. */
export class Stage {
  private readonly events: EventBridgeClient;
  private readonly messages: FeedEvents["message"][] = [];
  private keys = 0;

  private constructor(readonly pipeline: Pipeline) {
    this.events = new EventBridgeClient(awsConnection(pipeline.outputs));
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
  async place(key = `tour-${process.pid}-${++this.keys}`): Promise<string> {
    const order = { userId: "tour", items: [{ productId: "PROD-001", qty: 1 }] };
    const { status, body } = await this.request("POST", "/orders", order, key);
    if (status !== 201) throw new Error(`POST /orders answered ${status}`);
    return String(body["orderId"]);
  }

  /** Waits until an order is final, and its events have been told to everybody who listens. */
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

  /** The ARN of the role of a function. */
  roleOf(service: string): string {
    return String(this.functionOf((name) => name.endsWith(`-${service}`))?.inputs["role"]);
  }

  /** The function that acts with a role, or undefined when a service does. */
  functionWith(roleArn: string): string | undefined {
    const { resources } = this.pipeline.runtime;
    const found = resources.find(({ type, inputs }) => type === FUNCTION && inputs["role"] === roleArn);
    return found === undefined ? undefined : String(found.outputs["name"]);
  }

  private functionOf(is: (name: string) => boolean) {
    const { resources } = this.pipeline.runtime;
    return resources.find(({ type, outputs }) => type === FUNCTION && is(String(outputs["name"])));
  }
}
