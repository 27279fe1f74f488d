import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tenant } from "../contracts/tenant";
import { ApiStage } from "./apiStage";
import { ApiFirewall } from "./apiFirewall";
import type { AuditTrail } from "./auditTrail";
import { Component } from "./component";
import { createOrderFunction } from "./createOrderFunction";
import { HandlerFunction, type HandlerFunctionArgs, type Logging } from "./handlerFunction";
import type { InventoryStore } from "./inventoryStore";
import { openApiDocument } from "./openApi";
import { Metric, type MetricSettings } from "./metric";
import type { OrderQueue } from "./orderQueue";
import type { OrderStore } from "./orderStore";
import { physicalName } from "./physicalName";
import type { OrderLedger } from "./orderLedger";
import { outside, refuse } from "./problems";
import { queriesFunction } from "./queriesFunction";
import { reportsFunction } from "./reportsFunction";
import { type RequestLimits, TenantKeys } from "./tenantKeys";
import type { TenantLimits } from "./tenantLimits";
import { tenantsByRole } from "./tenantsByCaller";

/** Settings of an {@link OrderApi}. */
export interface OrderApiArgs {
  readonly orders: OrderStore;
  readonly inventory: InventoryStore;
  /** Where it is told what happened to an order. */
  readonly trail: AuditTrail;
  /** Who may call. */
  readonly tenants: readonly Tenant[];
  /** How they prove who they are: each by a key that it gets, or by requests that are signed by its role. */
  readonly authorization: "KEY" | "IAM";
  /** How fast each of them may place orders. */
  readonly limits: TenantLimits;
  /** How much each of them may ask, whatever it is; of no effect without keys, by which the gateway counts. */
  readonly tenantRequests: RequestLimits;
  /** Where accepted orders wait: when too many do, none is taken. */
  readonly queue: OrderQueue;
  /** Messages in that queue above which orders are answered 503, at least 1. */
  readonly backPressureDepth: number;
  /** Whether orders are taken while the tenants' limits cannot be looked up, or answered 503. */
  readonly limiterFailsOpen: boolean;
  /** Whether orders are taken while the queue's depth is not known, or answered 503. */
  readonly backPressureFailsOpen: boolean;
  /**
   * What reports are made of.
   *
   * @default none: the API has no reports
   */
  readonly ledger?: OrderLedger | undefined;
  /** The one currency of all prices, ISO 4217. */
  readonly currency: string;
  /** Seconds within which an order without an idempotency key repeats one with the same body, 0 to 86,400; 0: never. */
  readonly dedupeIdenticalBodiesSeconds: number;
  /** Requests that are taken at once, over all tenants, 1 to 5000. */
  readonly throttleBurst: number;
  /** Requests a second, over all tenants, 1 to 10,000. */
  readonly throttleRate: number;
  /** Whether this stack sets the role with which API Gateway logs, of which there is one per account and region. */
  readonly manageApiGatewayAccount: boolean;
  /**
   * Requests that a web ACL lets one address make in any five minutes, at least 10.
   *
   * @default none: the API stands behind no web ACL
   */
  readonly requestsPerAddress?: number | undefined;
  readonly logging: Logging;
}

/** The HTTP API: where tenants place orders and look at them. */
export class OrderApi extends Component {
  /** Where the API is called, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** The API's name, which its metrics go by. */
  readonly apiName: pulumi.Output<string>;
  /** Each tenant's API key, of those that have one; a secret. */
  readonly apiKeys: pulumi.Output<Record<string, string>>;
  readonly accessLogGroupName: pulumi.Output<string>;
  readonly functions: readonly HandlerFunction[];
  /** Takes orders in. */
  readonly intake: HandlerFunction;

  constructor(name: string, args: OrderApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("OrderApi", name, opts);
    refuse("OrderApi", name, [
      args.tenants.length === 0 && "tenants must name at least one: nobody could call the API",
      ...args.tenants.map(
        ({ name: tenant, roleArn }) =>
          args.authorization === "IAM" &&
          roleArn === undefined &&
          `tenants.${tenant}.roleArn must be the ARN of a role: nobody else could sign for the tenant`,
      ),
      outside("throttleBurst", args.throttleBurst, [1, 5000]),
      outside("throttleRate", args.throttleRate, [1, 10_000]),
      outside("dedupeIdenticalBodiesSeconds", args.dedupeIdenticalBodiesSeconds, [0, 86_400]),
      outside("backPressureDepth", args.backPressureDepth, [1, MAX_DEPTH]),
    ]);

    const keys = this.keys(`${name}-tenants`, args);
    const tenants = keys?.tenantByKeyId ?? tenantsByRole(args.tenants);
    const createOrder = this.handler(`${name}-create`, args, createOrderFunction(args, tenants));
    const queries = this.handler(`${name}-queries`, args, queriesFunction(args, tenants));
    const { ledger, currency } = args;
    const reports = ledger && this.handler(`${name}-reports`, args, reportsFunction(ledger, { tenants, currency }));

    const apiName = physicalName("api", API_NAME_MAX);
    const reads = queries.invokeArn;
    const uris = {
      ...{ createOrder: createOrder.invokeArn, getOrder: reads, listOrders: reads, getOrderEvents: reads },
      ...{ listProducts: reads, getProduct: reads, getRateLimit: reads },
      ...(reports && { reportOrders: reports.invokeArn }),
    };
    const roleArns = keys ? undefined : args.tenants.flatMap(({ roleArn }) => roleArn ?? []);
    const body = pulumi.jsonStringify(openApiDocument(apiName, uris, roleArns));
    const api = new aws.apigateway.RestApi(
      `${name}-api`,
      { name: apiName, body, endpointConfiguration: { types: "REGIONAL" }, ...MODERN_TLS },
      { parent: this },
    );
    const stage = new ApiStage(
      `${name}-live`,
      {
        ...{ api, body, stageName: STAGE, throttleBurst: args.throttleBurst, throttleRate: args.throttleRate },
        logRetentionDays: args.logging.retentionDays,
        manageAccount: args.manageApiGatewayAccount,
      },
      { parent: this },
    );
    const { requestsPerAddress } = args;
    if (requestsPerAddress !== undefined) {
      new ApiFirewall(`${name}-firewall`, { stageArn: stage.arn, requestsPerAddress }, { parent: this });
    }
    keys?.admitTo({ apiId: api.id, stageName: stage.stageName });
    this.admit(`${name}-create`, createOrder, pulumi.interpolate`${api.executionArn}/${STAGE}/POST/orders`);
    this.admit(`${name}-queries`, queries, pulumi.interpolate`${api.executionArn}/${STAGE}/GET/*`);
    if (reports) this.admit(`${name}-reports`, reports, pulumi.interpolate`${api.executionArn}/${STAGE}/GET/reports/*`);

    this.url = stage.invokeUrl;
    this.apiName = api.name;
    this.apiKeys = keys?.keys ?? pulumi.output<Record<string, string>>({});
    this.accessLogGroupName = stage.accessLogGroupName;
    this.intake = createOrder;
    this.functions = [createOrder, queries, ...(reports ? [reports] : [])];
    this.registerOutputs({ url: this.url, apiName: this.apiName });
  }

  metricRequests(): Metric {
    return this.metric({ name: "Count", statistic: "Sum", unit: "count", label: "requests" });
  }

  /** Answers from 400 to 499: requests that were wrong, unknown or too many. */
  metricClientErrors(): Metric {
    return this.metric({ name: "4XXError", statistic: "Sum", unit: "count", label: "4xx: the caller's" });
  }

  /** Answers from 500 on, those of a queue that is too deep included. */
  metricServerErrors(): Metric {
    return this.metric({ name: "5XXError", statistic: "Sum", unit: "count", label: "5xx: ours" });
  }

  /** From the request at the gateway to its answer. */
  metricLatency(): Metric {
    return this.metric({ name: "Latency", statistic: "p99", unit: "ms", label: "p99" });
  }

  /** By the API's name and not its id: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
  private metric(settings: Omit<MetricSettings, "namespace" | "dimensions">): Metric {
    const dimensions = { ApiName: this.apiName, Stage: STAGE };
    return new Metric({ namespace: "AWS/ApiGateway", dimensions, ...settings });
  }

  /** Keys and usage plans, which count by keys. */
  private keys(name: string, { tenants, tenantRequests, authorization }: OrderApiArgs): TenantKeys | undefined {
    if (authorization === "IAM") return undefined;
    return new TenantKeys(name, { tenants, requests: tenantRequests }, { parent: this });
  }

  private handler(name: string, { logging }: OrderApiArgs, does: ApiFunction): HandlerFunction {
    return new HandlerFunction(name, { ...does, timeoutSeconds: OPERATION_SECONDS, logging }, { parent: this });
  }

  /** Lets methods of the API, in its one stage, call a function. */
  private admit(name: string, { functionName }: HandlerFunction, sourceArn: pulumi.Input<string>): void {
    new aws.lambda.Permission(
      `${name}-permission`,
      { action: "lambda:InvokeFunction", function: functionName, principal: "apigateway.amazonaws.com", sourceArn },
      { parent: this },
    );
  }
}

const STAGE = "v1";

/**
 * TLS 1.2 and 1.3, with forward secrecy; by itself a regional API takes TLS 1.0 as well. A request must come to the host
 * name that its certificate is for: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
 */
const MODERN_TLS = { securityPolicy: "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", endpointAccessMode: "STRICT" } as const;

/** A queue may hold more; nobody wants to wait for it. */
const MAX_DEPTH = 10_000_000;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html */
const API_NAME_MAX = 128;

/** The gateway waits 29 seconds at most, and a caller gives up sooner. */
const OPERATION_SECONDS = 15;

/** What a function behind the API does. */
export type ApiFunction = Pick<
  HandlerFunctionArgs,
  "service" | "description" | "factory" | "statements" | "vpc" | "environment"
>;
