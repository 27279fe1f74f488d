import { AwsError } from "../awsError";
import type { RestOperation, RestRequest, RestResponse } from "../endpoint/endpoint";
import type { InvocationResult, InvokeOptions } from "../invoker";
import type { Permission } from "../iam/access";
import type { FunctionSettings } from "./functionKind";
import { concurrencyOperations } from "./concurrencyOperations";
import type { Mapping, Mappings } from "./mappings";
import { checkedJson, invalid, ok, reference } from "./restRequest";

/** What the API needs of the service. */
export interface LambdaApi {
  readonly mappings: Mappings;
  readonly functionSettings: readonly FunctionSettings[];
  settingsOf(functionNameOrArn: string): FunctionSettings;
  invokeText(functionNameOrArn: string, payload: string, options: InvokeOptions): Promise<InvocationResult>;
  invokeLater(functionNameOrArn: string, payload: string, options: InvokeOptions): string;
  reservedConcurrencyOf(functionNameOrArn: string): number | undefined;
  reserveConcurrency(functionNameOrArn: string, concurrency?: number): void;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
export function restOperations(lambda: LambdaApi): readonly RestOperation[] {
  const { mappings } = lambda;
  return [
    {
      action: "lambda:InvokeFunction",
      method: "POST",
      path: /^\/2015-03-31\/functions\/(?<name>[^/]+)\/invocations$/,
      permissionsOf: (request) => onFunction(lambda, "InvokeFunction", request),
      handle: (request) => invoke(lambda, request),
    },
    {
      action: "lambda:GetFunction",
      method: "GET",
      path: /^\/2015-03-31\/functions\/(?<name>[^/]+)$/,
      permissionsOf: (request) => onFunction(lambda, "GetFunction", request),
      handle: async (request) =>
        ok({ Configuration: configuration(lambda.settingsOf(reference(request))), Code: { RepositoryType: "S3" } }),
    },
    {
      action: "lambda:GetFunctionConfiguration",
      method: "GET",
      path: /^\/2015-03-31\/functions\/(?<name>[^/]+)\/configuration$/,
      permissionsOf: (request) => onFunction(lambda, "GetFunctionConfiguration", request),
      handle: async (request) => ok(configuration(lambda.settingsOf(reference(request)))),
    },
    {
      action: "lambda:ListFunctions",
      method: "GET",
      path: /^\/2015-03-31\/functions\/?$/,
      handle: async () => ok({ Functions: lambda.functionSettings.map(configuration) }),
    },
    {
      action: "lambda:ListEventSourceMappings",
      method: "GET",
      path: /^\/2015-03-31\/event-source-mappings\/?$/,
      handle: async ({ query }) => ok({ EventSourceMappings: listed(lambda, query).map(mappingState) }),
    },
    {
      action: "lambda:GetEventSourceMapping",
      method: "GET",
      path: /^\/2015-03-31\/event-source-mappings\/(?<uuid>[^/]+)$/,
      handle: async ({ parameters }) => ok(mappingState(found(mappings, parameters["uuid"]))),
    },
    {
      action: "lambda:UpdateEventSourceMapping",
      method: "PUT",
      path: /^\/2015-03-31\/event-source-mappings\/(?<uuid>[^/]+)$/,
      handle: (request) => update(mappings, request),
    },
    ...concurrencyOperations(lambda),
  ];
}

/** On the version too, when the caller names one. */
function onFunction(lambda: LambdaApi, operation: string, request: RestRequest): readonly Permission[] {
  const { arn } = lambda.settingsOf(reference(request));
  const qualifier =
    request.query.get("Qualifier") ?? /:function:[^:]+:(.+)$/.exec(request.parameters["name"] ?? "")?.[1];
  return [{ action: `lambda:${operation}`, resource: qualifier === undefined ? arn : `${arn}:${qualifier}` }];
}

async function invoke(lambda: LambdaApi, request: RestRequest): Promise<RestResponse> {
  const { headers, body } = request;
  for (const header of ["x-amz-log-type", "x-amz-client-context", "x-amz-durable-execution-name"]) {
    const value = headers[header];
    if (value !== undefined && value !== "None")
      throw invalid(`The local runtime does not know ${header}: ${String(value)}.`);
  }
  const name = reference(request);
  const payload = body.length === 0 ? "{}" : checkedJson(body.toString());
  const traceHeader = headers["x-amzn-trace-id"];
  const options = typeof traceHeader === "string" ? { traceHeader } : {};
  switch (headers["x-amz-invocation-type"] ?? "RequestResponse") {
    case "RequestResponse":
      return answer(await lambda.invokeText(name, payload, options));
    case "Event":
      return { status: 202, headers: { "x-amzn-requestid": lambda.invokeLater(name, payload, options) }, body: "" };
    case "DryRun":
      lambda.settingsOf(name);
      return { status: 204, body: "" };
    default:
      throw invalid(`Invalid invocation type: ${String(headers["x-amz-invocation-type"])}.`);
  }
}

function answer(result: InvocationResult): RestResponse {
  const headers = { "x-amzn-requestid": result.requestId, "x-amz-executed-version": "$LATEST" };
  if (result.ok) return { status: 200, headers, body: JSON.stringify(result.payload) };
  return { status: 200, headers: { ...headers, "x-amz-function-error": "Unhandled" }, body: result.error };
}

async function update(mappings: Mappings, { parameters, body }: RestRequest): Promise<RestResponse> {
  const { Enabled: enabled, ...others } = JSON.parse(checkedJson(body.toString())) as Record<string, unknown>;
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw invalid(`The local runtime can change Enabled only, not ${unknown.join(", ")}.`);
  if (typeof enabled !== "boolean") throw invalid("Enabled must be true or false.");
  const mapping = found(mappings, parameters["uuid"]);
  await mappings.switch(mapping, enabled);
  return { status: 202, body: mappingState(mapping) };
}

function configuration(settings: FunctionSettings): object {
  return {
    FunctionName: settings.name,
    FunctionArn: settings.arn,
    Version: "$LATEST",
    Runtime: settings.runtime,
    Handler: settings.handler,
    Role: settings.roleArn,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMegabytes,
    PackageType: "Zip",
    State: "Active",
    LastUpdateStatus: "Successful",
    Environment: { Variables: settings.variables },
    LoggingConfig: { LogFormat: settings.logFormat, LogGroup: settings.logGroup },
  };
}

function listed(lambda: LambdaApi, query: URLSearchParams): readonly Mapping[] {
  const source = query.get("EventSourceArn");
  const name = query.get("FunctionName");
  const functionArn = name === null ? undefined : lambda.settingsOf(name).arn;
  return lambda.mappings.all.filter(
    (mapping) =>
      (source === null || mapping.settings.eventSourceArn === source) &&
      (functionArn === undefined || mapping.functionArn === functionArn),
  );
}

function mappingState({ settings, functionArn, wanted }: Mapping): object {
  return {
    UUID: settings.uuid,
    EventSourceArn: settings.eventSourceArn,
    FunctionArn: functionArn,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.windowSeconds,
    FunctionResponseTypes: settings.reportsItemFailures ? ["ReportBatchItemFailures"] : [],
    State: wanted ? "Enabled" : "Disabled",
  };
}

function found(mappings: Mappings, uuid = ""): Mapping {
  const mapping = mappings.find(uuid);
  if (mapping !== undefined) return mapping;
  throw new AwsError("ResourceNotFoundException", `The event source mapping ${uuid} does not exist.`, 404);
}
