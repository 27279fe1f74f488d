import { request as httpRequest } from "node:http";
import { ApiGatewayService } from "../../../local/apigateway/apiGatewayService";
import { Clock } from "../../../local/clock";
import { Feed, type FeedEvents } from "../../../local/feed";
import type { InvocationResult, Invoker } from "../../../local/invoker";
import type { Cloud, Resource } from "../../../local/resource";

export const functionArn = "arn:aws:lambda:eu-central-1:000000000000:function:orders-create";
export const uri = `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
export const keyValue = "acme-key-0123456789-0123456789";
export const proxy = { type: "aws_proxy", httpMethod: "POST", uri };

/** An OpenAPI document with what a test cares about laid over a small API of orders. */
export function openApi(overrides: Record<string, any> = {}): Record<string, any> {
  return {
    openapi: "3.0.1",
    info: { title: "orders", version: "1" },
    "x-amazon-apigateway-request-validators": {
      full: { validateRequestBody: true, validateRequestParameters: true },
    },
    "x-amazon-apigateway-request-validator": "full",
    components: {
      securitySchemes: { api_key: { type: "apiKey", name: "x-api-key", in: "header" } },
      schemas: {
        NewOrder: {
          type: "object",
          required: ["userId", "items"],
          additionalProperties: false,
          properties: {
            userId: { type: "string", minLength: 1 },
            items: { type: "array", minItems: 1, maxItems: 50, items: { $ref: "#/components/schemas/Line" } },
          },
        },
        Line: {
          type: "object",
          required: ["productId", "qty"],
          properties: { productId: { type: "string" }, qty: { type: "integer", minimum: 1 } },
        },
      },
    },
    paths: paths(),
    ...overrides,
  };
}

function paths(): Record<string, any> {
  const security = [{ api_key: [] }];
  const body = { "application/json": { schema: { $ref: "#/components/schemas/NewOrder" } } };
  return {
    "/orders": {
      post: { security, requestBody: { content: body }, "x-amazon-apigateway-integration": proxy },
      get: {
        parameters: [{ name: "userId", in: "query", required: true, schema: { type: "string" } }],
        "x-amazon-apigateway-integration": proxy,
      },
    },
    "/orders/{orderId}": { get: { "x-amazon-apigateway-integration": proxy } },
    "/orders/{orderId}/events": { get: { "x-amazon-apigateway-integration": proxy } },
    "/orders/latest": { get: { "x-amazon-apigateway-integration": proxy } },
    "/files/{proxy+}": { "x-amazon-apigateway-any-method": { "x-amazon-apigateway-integration": proxy } },
    "/health": {
      get: {
        responses: { 200: { description: "up", headers: { "Cache-Control": { schema: { type: "string" } } } } },
        "x-amazon-apigateway-integration": {
          type: "mock",
          passthroughBehavior: "never",
          requestTemplates: { "application/json": '{"statusCode": 200}' },
          responses: {
            default: {
              statusCode: "200",
              responseParameters: { "method.response.header.Cache-Control": "'no-store'" },
              responseTemplates: { "application/json": '{"status":"ok","stage":"$context.stage"}' },
            },
          },
        },
      },
    },
  };
}

export interface GatewayOptions {
  readonly document?: Record<string, any>;
  readonly answer?: (event: any) => Promise<InvocationResult>;
  readonly apiInputs?: Record<string, unknown>;
  readonly stageInputs?: Record<string, unknown>;
  readonly settings?: Record<string, unknown>;
  readonly plan?: Record<string, unknown>;
  readonly key?: Record<string, unknown>;
  readonly more?: readonly { type: string; inputs: Record<string, unknown> }[];
  readonly clock?: Clock;
}

export const ok = (payload: unknown): Promise<InvocationResult> =>
  Promise.resolve({ ok: true, payload, requestId: "invocation-1" });

/** A started gateway with one stage, and what it did. */
export class Gateway {
  readonly events: any[] = [];
  readonly invoked: { target: string; traceHeader: string | undefined }[] = [];
  readonly requests: FeedEvents["request"][] = [];
  readonly troubles: FeedEvents["trouble"][] = [];
  readonly lines: { group: string; stream: string; message: string }[] = [];
  readonly service: ApiGatewayService;
  readonly outputs = new Map<string, Record<string, any>>();
  url = "";
  private cloud: Cloud;

  constructor(
    readonly clock: Clock,
    answer: (event: any) => Promise<InvocationResult> = () => ok({ statusCode: 200, body: "{}" }),
  ) {
    const feed = new Feed();
    feed.on("request", (event) => this.requests.push(event));
    feed.on("trouble", (event) => this.troubles.push(event));
    const invoker: Invoker = {
      invoke: (target, payload, options) => {
        this.events.push(payload);
        this.invoked.push({ target, traceHeader: options?.traceHeader });
        return answer(payload);
      },
    };
    this.cloud = {
      ...{ region: "eu-central-1", accountId: "000000000000", project: "orders", stack: "test" },
      ...{ endpoint: "http://127.0.0.1:1", apiUrl: "http://127.0.0.1:2" },
    };
    const logs = {
      put: (group: string, stream: string, _timeMs: number, message: string) =>
        void this.lines.push({ group, stream, message }),
    };
    this.service = new ApiGatewayService({ cloud: this.cloud, clock, feed, invoker, logs });
  }

  async listen(): Promise<void> {
    this.url = `http://127.0.0.1:${await this.service.listen(0, "127.0.0.1")}`;
  }

  /** Registers and realises a resource as the engine does; answers its outputs. */
  async add(type: string, name: string, inputs: Record<string, unknown>): Promise<Record<string, any>> {
    const kind = this.service.kinds.find((candidate) => candidate.type.endsWith(`:${type}`));
    if (kind === undefined) throw new Error(`No kind ${type}.`);
    const unknown = Object.keys(inputs).filter((key) => ![...kind.honours, ...kind.withoutLocalEffect].includes(key));
    if (unknown.length > 0) throw new Error(`${type} does not know ${unknown.join(", ")}.`);
    const urn = `urn:pulumi:test::orders::${kind.type}::${name}`;
    const outputs = { ...inputs, ...kind.outputs({ name, urn, inputs, physicalName: `${name}-1` }, this.cloud) };
    const resource: Resource = {
      ...{ urn, type: kind.type, name, custom: true, inputs, outputs },
      ...{ dependencies: [], propertyDependencies: {}, protect: false },
    };
    await this.service.realise(resource);
    this.outputs.set(type, outputs);
    return outputs;
  }

  call(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, { ...init, redirect: "manual" });
  }

  /** POST /orders with a good key. */
  order(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.call("/orders", {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": keyValue, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  }

  /** Sends header names in exactly this letter case, which fetch does not. */
  raw(method: string, path: string, headers: readonly string[]): Promise<{ status: number; rawHeaders: string[] }> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.url);
      const outgoing = httpRequest({ hostname, port, method, path, headers, agent: false }, (incoming) => {
        incoming
          .resume()
          .on("end", () => resolve({ status: incoming.statusCode ?? 0, rawHeaders: incoming.rawHeaders }));
      });
      outgoing.on("error", reject).end();
    });
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.service.close();
    this.clock.stop();
  }
}

const open: Gateway[] = [];

/** Realises an API with one stage, one key and one plan, and starts to serve it. */
export async function deploy(options: GatewayOptions = {}): Promise<Gateway> {
  const gateway = new Gateway(options.clock ?? new Clock(), options.answer);
  open.push(gateway);
  await gateway.listen();
  const body = JSON.stringify(options.document ?? openApi());
  const api = await gateway.add("RestApi", "api", { body, ...options.apiInputs });
  for (const { type, inputs } of options.more ?? []) {
    await gateway.add(type, "more", { restApiId: api["id"], ...inputs });
  }
  const deployment = await gateway.add("Deployment", "api", { restApi: api["id"] });
  const stage = { restApi: api["id"], deployment: deployment["id"], stageName: "dev" };
  await gateway.add("Stage", "stage", { ...stage, ...options.stageInputs });
  if (options.settings !== undefined) {
    const inputs = { restApi: api["id"], stageName: "dev", methodPath: "*/*", settings: options.settings };
    await gateway.add("MethodSettings", "settings", inputs);
  }
  const key = await gateway.add("ApiKey", "acme", { value: keyValue, ...options.key });
  const apiStages = [{ apiId: api["id"], stage: "dev" }];
  const plan = await gateway.add("UsagePlan", "acme", { apiStages, ...options.plan });
  const planKey = { keyId: key["id"], keyType: "API_KEY", usagePlanId: plan["id"] };
  await gateway.add("UsagePlanKey", "acme", planKey);
  await gateway.service.start();
  return gateway;
}

/** To be called after each test. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((gateway) => gateway.close()));
}

export const goodOrder = { userId: "u", items: [{ productId: "PROD-001", qty: 1 }] };
