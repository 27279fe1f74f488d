import { createHash } from "node:crypto";
import type { Cloud, RegisteredInputs, ResourceKind } from "../resource";

const lettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A made-up identifier, the same at every start of the same stack. */
function madeUp(length: number, alphabet: string, ...parts: readonly string[]): string {
  const digest = createHash("sha512").update(parts.join("\n")).digest();
  return Array.from({ length }, (_, index) => alphabet[(digest[index] ?? 0) % alphabet.length]).join("");
}

/** Ten small letters and digits, as API Gateway's identifiers are. */
function idOf({ name, urn }: RegisteredInputs, { project, stack }: Cloud, length = 10): string {
  return madeUp(length, lettersAndDigits.slice(26), project, stack, urn.split("::")[2] ?? "", name);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

const restApi: ResourceKind = {
  type: "aws:apigateway/restApi:RestApi",
  honours: ["body", "name", "apiKeySource", "binaryMediaTypes", "failOnWarnings", "disableExecuteApiEndpoint"],
  withoutLocalEffect: [
    ...["description", "endpointAccessMode", "endpointConfiguration", "putRestApiMode", "region", "securityPolicy"],
    "tags",
  ],
  outputs(resource, cloud) {
    const id = idOf(resource, cloud);
    return {
      id,
      name: text(resource.inputs["name"]) || resource.physicalName,
      arn: `arn:aws:apigateway:${cloud.region}::/restapis/${id}`,
      executionArn: `arn:aws:execute-api:${cloud.region}:${cloud.accountId}:${id}`,
      rootResourceId: madeUp(10, lettersAndDigits.slice(26), id, "/"),
    };
  },
};

/**
 * The stage serves the API as it is, not as it was when the deployment was made: there is one deployment at a start.
 */
const deployment: ResourceKind = {
  type: "aws:apigateway/deployment:Deployment",
  honours: ["restApi"],
  withoutLocalEffect: ["description", "region", "triggers", "variables"],
  outputs: (resource, cloud) => ({ id: idOf(resource, cloud, 6) }),
};

const stage: ResourceKind = {
  type: "aws:apigateway/stage:Stage",
  honours: ["restApi", "deployment", "stageName", "accessLogSettings", "variables", "cacheClusterEnabled"],
  withoutLocalEffect: [
    ...["clientCertificateId", "description", "documentationVersion", "region", "tags", "xrayTracingEnabled"],
  ],
  outputs({ inputs }, cloud) {
    const [apiId, stageName] = [text(inputs["restApi"]), text(inputs["stageName"])];
    return {
      id: `ags-${apiId}-${stageName}`,
      arn: `arn:aws:apigateway:${cloud.region}::/restapis/${apiId}/stages/${stageName}`,
      executionArn: `arn:aws:execute-api:${cloud.region}:${cloud.accountId}:${apiId}/${stageName}`,
      invokeUrl: cloud.apiUrl,
      webAclArn: "",
    };
  },
};

const methodSettings: ResourceKind = {
  type: "aws:apigateway/methodSettings:MethodSettings",
  honours: ["restApi", "stageName", "methodPath", "settings"],
  withoutLocalEffect: ["region"],
  outputs: ({ inputs }) => ({
    id: [inputs["restApi"], inputs["stageName"], inputs["methodPath"]].map(text).join("-"),
  }),
};

const apiKey: ResourceKind = {
  type: "aws:apigateway/apiKey:ApiKey",
  honours: ["value", "enabled", "name"],
  withoutLocalEffect: ["customerId", "description", "region", "tags"],
  outputs(resource, cloud) {
    const id = idOf(resource, cloud);
    return {
      id,
      name: text(resource.inputs["name"]) || resource.physicalName,
      arn: `arn:aws:apigateway:${cloud.region}::/apikeys/${id}`,
      // Made from the names alone, so that a client's key outlives a restart.
      value:
        text(resource.inputs["value"]) ||
        madeUp(40, lettersAndDigits, "api key", cloud.project, cloud.stack, resource.name),
    };
  },
};

const usagePlan: ResourceKind = {
  type: "aws:apigateway/usagePlan:UsagePlan",
  honours: ["apiStages", "throttleSettings", "quotaSettings", "name"],
  withoutLocalEffect: ["description", "productCode", "region", "tags"],
  outputs(resource, cloud) {
    const id = idOf(resource, cloud);
    const arn = `arn:aws:apigateway:${cloud.region}::/usageplans/${id}`;
    return { id, arn, name: text(resource.inputs["name"]) || resource.physicalName };
  },
};

/** Its outputs `name` and `value`, copies of the key's, are not known before the key is looked up: read them there. */
const usagePlanKey: ResourceKind = {
  type: "aws:apigateway/usagePlanKey:UsagePlanKey",
  honours: ["keyId", "keyType", "usagePlanId"],
  withoutLocalEffect: ["region"],
  outputs: ({ inputs }) => ({ id: text(inputs["keyId"]) }),
};

/** The role with which API Gateway writes to CloudWatch. */
const account: ResourceKind = {
  type: "aws:apigateway/account:Account",
  honours: ["cloudwatchRoleArn"],
  withoutLocalEffect: ["region"],
  outputs: () => ({
    id: "api-gateway-account",
    apiKeyVersion: "4",
    features: ["UsagePlans"],
    throttleSettings: [{ burstLimit: 5_000, rateLimit: 10_000 }],
  }),
};

const response: ResourceKind = {
  type: "aws:apigateway/response:Response",
  honours: ["restApiId", "responseType", "statusCode", "responseParameters", "responseTemplates"],
  withoutLocalEffect: ["region"],
  outputs: ({ inputs }) => ({ id: `aggr-${text(inputs["restApiId"])}-${text(inputs["responseType"])}` }),
};

/** What API Gateway is made of, as far as a program can declare it here. */
export const apiGatewayKinds = {
  restApi,
  deployment,
  stage,
  methodSettings,
  apiKey,
  usagePlan,
  usagePlanKey,
  account,
  response,
} as const;
