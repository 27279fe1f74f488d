import { randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import type { Feed } from "../feed";
import type { AccessLog } from "./accessLog";
import type { ApiDefinition, ApiOperation } from "./apiDefinition";
import type { Callers } from "./callers";
import { type Answer, type Exchange, headerOf, type HttpRequest, type StageFacts } from "./exchange";
import type { FunctionCaller } from "./functionIntegration";
import { GatewayFailure } from "./gatewayFailure";
import { renderFailure } from "./gatewayResponse";
import type { MethodSettings } from "./methodSettings";
import { answerMock } from "./mockIntegration";
import { isBinaryRequest, proxyEvent } from "./proxyEvent";
import { readProxyResponse } from "./proxyResponse";
import { validateRequest } from "./requestValidation";
import { clientHeaders } from "./responseHeaders";
import { Routes } from "./routes";
import type { UsagePlans } from "./usagePlans";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const headerBytesLimit = 10_240;

/** What a stage is made of. */
export interface StageParts {
  readonly facts: StageFacts;
  readonly api: ApiDefinition;
  readonly plans: UsagePlans;
  readonly callers: Callers;
  readonly settings: MethodSettings;
  readonly caller: FunctionCaller;
  readonly accessLog: AccessLog | undefined;
  readonly clock: Clock;
  readonly feed: Feed;
}

/**
 * A deployed stage of an API: takes a request through route, signature, API key, usage plan, throttle, validation and
 * integration, in the order of API Gateway.
 */
export class Stage {
  private readonly routes: Routes;

  constructor(private readonly parts: StageParts) {
    this.routes = new Routes(parts.api.operations);
  }

  async answer(request: HttpRequest): Promise<Answer> {
    const exchange = this.begin(request);
    const { headers, status, body } = await this.process(exchange);
    const answer: Answer = { status, headers: clientHeaders(headers, exchange), body };
    this.tell(exchange, answer);
    return answer;
  }

  private begin(request: HttpRequest): Exchange {
    const chosenId = headerOf(request, "x-amzn-requestid") ?? "";
    const receivedMs = this.parts.clock.now();
    return {
      request,
      stage: this.parts.facts,
      requestId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(chosenId) ? chosenId : randomUUID(),
      extendedRequestId: randomBytes(11).toString("base64"),
      traceHeader: traceHeader(request, receivedMs),
      receivedMs,
      path: request.path,
      pathParameters: {},
    };
  }

  private async process(exchange: Exchange): Promise<Answer> {
    try {
      const operation = this.route(exchange);
      this.admit(operation, exchange);
      validateRequest(operation, exchange);
      return await this.integrate(operation, exchange);
    } catch (error) {
      const failure =
        error instanceof GatewayFailure
          ? error
          : new GatewayFailure("DEFAULT_5XX", { trouble: (error as Error).message });
      exchange.failure = failure;
      return renderFailure(failure, this.parts.api.gatewayResponses, exchange);
    }
  }

  /** On AWS the stage is the first segment of every URL; here it may be left out. */
  private route(exchange: Exchange): ApiOperation {
    const { request } = exchange;
    refuseTooLarge(request);
    const prefix = `/${this.parts.facts.name}`;
    const isPrefixed = request.path === prefix || request.path.startsWith(`${prefix}/`);
    const withoutStage = isPrefixed ? request.path.slice(prefix.length) || "/" : undefined;
    for (const path of withoutStage === undefined ? [request.path] : [withoutStage, request.path]) {
      const match = this.routes.match(request.method, path);
      if (match === undefined) continue;
      exchange.path = path;
      exchange.operation = match.operation;
      exchange.pathParameters = match.pathParameters;
      return match.operation;
    }
    throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN");
  }

  private admit(operation: ApiOperation, exchange: Exchange): void {
    const { plans, facts, settings, clock, callers } = this.parts;
    const nowMs = clock.now();
    callers.admit(operation, exchange);
    if (operation.requiresApiKey) {
      const key = plans.identify(headerOf(exchange.request, "x-api-key"), facts.apiId, facts.name);
      exchange.apiKey = { id: key.id, value: key.value };
      plans.admit(key, { apiId: facts.apiId, stageName: facts.name, operation, nowMs });
    }
    if (!settings.admits(operation, nowMs)) throw new GatewayFailure("THROTTLED");
  }

  private async integrate({ integration }: ApiOperation, exchange: Exchange): Promise<Answer> {
    if (integration.type === "mock") return answerMock(integration, exchange);
    const { binaryMediaTypes } = this.parts.api;
    const isBinary = !integration.convertsToText && isBinaryRequest(exchange, binaryMediaTypes);
    const payload = await this.parts.caller.call(integration, proxyEvent(exchange, isBinary), exchange);
    return readProxyResponse(payload, exchange, binaryMediaTypes);
  }

  private tell(exchange: Exchange, { status, body }: Answer): void {
    const { clock, feed, accessLog, facts } = this.parts;
    const nowMs = clock.now();
    const durationMs = Math.max(0, nowMs - exchange.receivedMs);
    exchange.answered = { status, bytes: Buffer.byteLength(body), latencyMs: Math.round(durationMs) };
    accessLog?.write(exchange, nowMs);
    const { request, requestId, path, integration, failure } = exchange;
    const invoked = integration?.functionName;
    feed.emit("request", {
      ...{ method: request.method, path, status, durationMs, requestId, timeMs: nowMs, stage: facts.name },
      ...(facts.apiName === undefined ? {} : { api: facts.apiName }),
      ...(invoked === undefined ? {} : { invoked, integrationMs: integration?.latencyMs ?? 0 }),
      ...(failure === undefined ? {} : { refusal: failure.responseType }),
      about: () => `${path} ${body.toString()}`,
    });
    if (failure?.trouble === undefined) return;
    feed.emit("trouble", { where: `${request.method} ${path}`, message: failure.trouble });
  }
}

function refuseTooLarge(request: HttpRequest): void {
  if (request.isTooLarge) throw new GatewayFailure("REQUEST_TOO_LARGE");
  const bytes = request.headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (bytes <= headerBytesLimit) return;
  // That the status is 431 is a guess: the quota is documented, its error is not.
  throw new GatewayFailure("DEFAULT_4XX", { status: 431, message: "Request Header Fields Too Large" });
}

/** Goes on with the client's trace, if it sent one, else begins a new one. */
function traceHeader(request: HttpRequest, nowMs: number): string {
  const given = /Root=[^;]+/.exec(headerOf(request, "x-amzn-trace-id") ?? "")?.[0];
  if (given !== undefined) return given;
  const seconds = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${randomBytes(12).toString("hex")}`;
}
