import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ApiStage } from "./apiStage";
import { Component } from "./component";
import { createOrderFunction } from "./createOrderFunction";
import { HandlerFunction, type HandlerFunctionArgs, type Logging } from "./handlerFunction";
import type { InventoryStore } from "./inventoryStore";
import { openApiDocument } from "./openApi";
import type { OrderStore } from "./orderStore";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import { queriesFunction } from "./queriesFunction";
import { TenantKeys } from "./tenantKeys";

/** Settings of an {@link OrderApi}. */
export interface OrderApiArgs {
  readonly orders: OrderStore;
  readonly inventory: InventoryStore;
  /** Who may call, by name; each gets a key. */
  readonly tenants: readonly string[];
  /** The one currency of all prices, ISO 4217. */
  readonly currency: string;
  /** Requests that are taken at once, over all tenants, 1 to 5000. */
  readonly throttleBurst: number;
  /** Requests a second, over all tenants, 1 to 10,000. */
  readonly throttleRate: number;
  /** Whether this stack sets the role with which API Gateway logs, of which there is one per account and region. */
  readonly manageApiGatewayAccount: boolean;
  readonly logging: Logging;
}

/** The HTTP API: where tenants place orders and look at them. */
export class OrderApi extends Component {
  /** Where the API is called, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** The API's name, which its metrics go by. */
  readonly apiName: pulumi.Output<string>;
  /** Each tenant's API key; a secret. */
  readonly apiKeys: pulumi.Output<Record<string, string>>;
  readonly accessLogGroupName: pulumi.Output<string>;
  readonly functions: readonly HandlerFunction[];

  constructor(name: string, args: OrderApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("OrderApi", name, opts);
    refuse("OrderApi", name, [
      args.tenants.length === 0 && "tenants must name at least one: nobody could call the API",
      outside("throttleBurst", args.throttleBurst, [1, 5000]),
      outside("throttleRate", args.throttleRate, [1, 10_000]),
    ]);

    const keys = new TenantKeys(`${name}-tenants`, { tenants: args.tenants }, { parent: this });
    const createOrder = this.handler(`${name}-create`, args, createOrderFunction(args, keys));
    const queries = this.handler(`${name}-queries`, args, queriesFunction(args, keys));

    const apiName = physicalName("api", API_NAME_MAX);
    const body = pulumi.jsonStringify(
      openApiDocument(apiName, { createOrder: createOrder.invokeArn, getOrder: queries.invokeArn }),
    );
    const api = new aws.apigateway.RestApi(
      `${name}-api`,
      { name: apiName, body, endpointConfiguration: { types: "REGIONAL" } },
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
    keys.admitTo({ apiId: api.id, stageName: stage.stageName });
    this.admit(`${name}-create`, createOrder, pulumi.interpolate`${api.executionArn}/${STAGE}/POST/orders`);
    this.admit(`${name}-queries`, queries, pulumi.interpolate`${api.executionArn}/${STAGE}/GET/*`);

    this.url = stage.invokeUrl;
    this.apiName = api.name;
    this.apiKeys = keys.keys;
    this.accessLogGroupName = stage.accessLogGroupName;
    this.functions = [createOrder, queries];
    this.registerOutputs({ url: this.url, apiName: this.apiName });
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

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html */
const API_NAME_MAX = 128;

/** The gateway waits 29 seconds at most, and a caller gives up sooner. */
const OPERATION_SECONDS = 15;

/** What a function behind the API does. */
export type ApiFunction = Pick<HandlerFunctionArgs, "service" | "description" | "factory" | "statements">;
