import type { Clock } from "../clock";
import type { Feed } from "../feed";
import type { AccessControl } from "../iam/access";
import type { Invoker } from "../invoker";
import type { LogSink } from "../logs/logSink";
import { streamArn } from "../logs/permissions";
import type { Cloud, Resource } from "../resource";
import type { LocalService, Operation } from "../service";
import { AccessLog } from "./accessLog";
import type { ApiDefinition } from "./apiDefinition";
import { Callers } from "./callers";
import { FunctionCaller } from "./functionIntegration";
import { type GatewayResponse, readGatewayResponse } from "./gatewayResponse";
import { type GatewayResponseType, isGatewayResponseType } from "./gatewayFailure";
import { GatewayServer } from "./gatewayServer";
import { JsonPlace } from "./jsonPlace";
import { checkLoggingRole, writeRefusal } from "./loggingRole";
import { MethodSettings } from "./methodSettings";
import { readOpenApi } from "./openApi";
import { apiGatewayKinds as kinds } from "./resourceKinds";
import { Stage } from "./stage";
import { readUsagePlan } from "./usagePlan";
import { UsagePlans } from "./usagePlans";

interface ServedApi extends ApiDefinition {
  readonly name: string;
  readonly callers: Callers;
  readonly gatewayResponses: Map<GatewayResponseType, GatewayResponse>;
}

/** What the gateway works with; functions are called through `invoker`, access logs go to `logs`. */
export interface ApiGatewayDependencies {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly invoker: Invoker;
  readonly logs: LogSink;
  /** Who may do what; absent, every API may everything. */
  readonly access?: AccessControl;
  /** ARNs of the roles of the program, whose functions may sign too. */
  readonly roles?: () => readonly string[];
}

/**
 * The stand-in for API Gateway REST APIs. It serves the one stage that a program declares at one address: call
 * {@link listen} before the program runs, since the address is an output of the stage. Until {@link start} it
 * answers 503.
 */
export class ApiGatewayService implements LocalService {
  readonly name = "apigateway";
  readonly kinds = Object.values(kinds);
  readonly targetPrefixes: readonly string[] = [];
  readonly operations: Readonly<Record<string, Operation>> = {};

  private readonly server: GatewayServer;
  private readonly apis = new Map<string, ServedApi>();
  private readonly plans = new UsagePlans();
  private readonly settings = new Map<string, MethodSettings>();
  private readonly realisers: ReadonlyMap<string, (resource: Resource) => void>;
  private stage: { readonly name: string; readonly serves: Stage } | undefined;
  private isOpen = false;
  private loggingRoleArn: string | undefined;

  constructor(private readonly dependencies: ApiGatewayDependencies) {
    this.server = new GatewayServer(dependencies.clock, (request) =>
      this.isOpen ? this.stage?.serves.answer(request) : undefined,
    );
    this.realisers = new Map<string, (resource: Resource) => void>([
      [kinds.restApi.type, (resource) => this.realiseApi(resource)],
      [kinds.deployment.type, (resource) => void this.apiOf(resource, "restApi")],
      [kinds.stage.type, (resource) => this.realiseStage(resource)],
      [kinds.methodSettings.type, (resource) => this.realiseSettings(resource)],
      [kinds.apiKey.type, (resource) => this.realiseKey(resource)],
      [kinds.usagePlan.type, ({ inputs, outputs }) => this.plans.addPlan(text(outputs, "id"), readUsagePlan(inputs))],
      [kinds.usagePlanKey.type, (resource) => this.realisePlanKey(resource)],
      [kinds.account.type, ({ inputs }) => this.realiseAccount(text(inputs, "cloudwatchRoleArn"))],
      [kinds.response.type, (resource) => this.realiseResponse(resource)],
    ]);
  }

  /** @param port 0 for any free port. @returns the port. Rejects with EADDRINUSE when the port is taken */
  listen(port: number, host: "127.0.0.1"): Promise<number> {
    return this.server.listen(port, host);
  }

  /** Gives the address up; takes less than a second, whatever clients still hold open. */
  async close(): Promise<void> {
    this.isOpen = false;
    await this.server.close();
  }

  async realise(resource: Resource): Promise<void> {
    try {
      this.realisers.get(resource.type)?.(resource);
    } catch (error) {
      throw new Error(`${resource.type} "${resource.name}": ${(error as Error).message}`, { cause: error });
    }
  }

  async start(): Promise<void> {
    this.isOpen = true;
  }

  async stop(): Promise<void> {
    this.isOpen = false;
    await this.server.settle();
  }

  private realiseApi({ inputs, outputs }: Resource): void {
    const { body, apiKeySource, disableExecuteApiEndpoint, binaryMediaTypes, failOnWarnings } = inputs;
    if (typeof body !== "string") throw new Error("body must be an OpenAPI document: nothing else makes an API here.");
    if (apiKeySource !== undefined && apiKeySource !== "HEADER")
      throw new Error("apiKeySource can only be HEADER here.");
    if (disableExecuteApiEndpoint === true) {
      throw new Error("disableExecuteApiEndpoint would leave the API without an address here.");
    }
    const definition = readOpenApi(body, {
      failOnWarnings: failOnWarnings === true,
      binaryMediaTypes: (binaryMediaTypes ?? []) as readonly string[],
    });
    const name = text(outputs, "name");
    const { access, roles = () => [], cloud } = this.dependencies;
    const callers = new Callers({
      ...{ access, roles, region: cloud.region, executionArn: text(outputs, "executionArn") },
      policy: definition.policy,
    });
    const gatewayResponses = new Map(definition.gatewayResponses);
    this.apis.set(text(outputs, "id"), { ...definition, name, callers, gatewayResponses });
  }

  private realiseStage(resource: Resource): void {
    const { inputs, outputs } = resource;
    const { cloud, clock, feed, invoker, logs } = this.dependencies;
    const api = this.apiOf(resource, "restApi");
    const name = text(inputs, "stageName");
    if (!/^[\w-]{1,128}$/.test(name)) throw new Error("stageName may hold letters, digits, hyphens and underscores.");
    if (this.stage !== undefined) throw new Error(`one address serves one stage, and "${this.stage.name}" is there.`);
    if (inputs["cacheClusterEnabled"] === true) throw new Error("cacheClusterEnabled is not supported here.");
    const { accessLogSettings } = inputs;
    const [apiId, deploymentId] = [text(inputs, "restApi"), text(inputs, "deployment")];
    const variables = (inputs["variables"] ?? {}) as Record<string, string>;
    const accessLog =
      accessLogSettings === undefined
        ? undefined
        : AccessLog.read(accessLogSettings, text(outputs, "arn"), this.logWriter(logs));
    const { region, accountId } = cloud;
    const serves = new Stage({
      ...{ api, callers: api.callers, plans: this.plans, accessLog, clock, feed },
      facts: { region, accountId, apiId, apiName: api.name, name, deploymentId, variables },
      settings: this.settingsOf(apiId, name),
      caller: new FunctionCaller(invoker, clock),
    });
    this.stage = { name, serves };
  }

  /** The account's, which the program may leave to others; then they have seen to its role. */
  private realiseAccount(roleArn: string): void {
    const { access } = this.dependencies;
    if (roleArn === "" || access === undefined) return;
    checkLoggingRole(roleArn, access);
    this.loggingRoleArn = roleArn;
  }

  /** Where a stage's log lines go, with the account's role; lines that it must not write are lost. */
  private logWriter(logs: LogSink): LogSink {
    const { cloud, access, feed } = this.dependencies;
    return {
      put: (group, stream, timeMs, message) => {
        const roleArn = this.loggingRoleArn;
        const refusal =
          roleArn && access && writeRefusal(access, { roleArn, resource: streamArn(group, stream, cloud) });
        if (!refusal) return logs.put(group, stream, timeMs, message);
        feed.emit("trouble", { where: `access log ${group}`, message: refusal });
      },
    };
  }

  private realiseSettings(resource: Resource): void {
    const { inputs } = resource;
    this.apiOf(resource, "restApi");
    const settings = this.settingsOf(text(inputs, "restApi"), text(inputs, "stageName"));
    settings.put(text(inputs, "methodPath"), inputs["settings"]);
  }

  private realiseKey({ inputs, outputs }: Resource): void {
    const value = text(outputs, "value");
    if (value.length < 20 || value.length > 128) throw new Error("value must be 20 to 128 characters long.");
    this.plans.addKey({ id: text(outputs, "id"), value, enabled: inputs["enabled"] !== false });
  }

  private realisePlanKey({ inputs }: Resource): void {
    if (inputs["keyType"] !== "API_KEY") throw new Error("keyType must be API_KEY.");
    this.plans.join(text(inputs, "keyId"), text(inputs, "usagePlanId"));
  }

  private realiseResponse(resource: Resource): void {
    const { restApiId: _, responseType, region: _region, ...response } = resource.inputs;
    const type = String(responseType);
    if (!isGatewayResponseType(type)) throw new Error(`responseType "${type}" is not a type of gateway response.`);
    const problems: string[] = [];
    const read = readGatewayResponse(JsonPlace.root(response, problems));
    if (problems.length > 0) throw new Error(problems.join(" "));
    this.apiOf(resource, "restApiId").gatewayResponses.set(type, read);
  }

  private apiOf({ inputs }: Resource, input: string): ServedApi {
    const api = this.apis.get(text(inputs, input));
    if (api === undefined) throw new Error(`${input} "${text(inputs, input)}" is not a REST API of this program.`);
    return api;
  }

  private settingsOf(apiId: string, stageName: string): MethodSettings {
    const key = `${apiId}/${stageName}`;
    const settings = this.settings.get(key) ?? new MethodSettings();
    this.settings.set(key, settings);
    return settings;
  }
}

function text(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}
