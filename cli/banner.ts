import pc from "picocolors";
import type { Resource } from "../local/resource";
import type { SigningCredentials, StackOutputs } from "./stackOutputs";

export interface BannerFacts {
  readonly stack: string;
  readonly speed: number;
  readonly startedInMs: number;
  readonly resources: readonly Resource[];
  readonly outputs: StackOutputs;
  readonly outputsFile: string;
  readonly consoleUrl: string;
}

/** What stands on the terminal once the pipeline listens: where it is, its keys, and an order to copy. */
export function banner(facts: BannerFacts): string {
  const { stack, speed, startedInMs, resources, outputs, outputsFile, consoleUrl } = facts;
  const seconds = (startedInMs / 1000).toFixed(1);
  return [
    "",
    `${pc.bold("Orderflow")} is listening, stack ${pc.bold(stack)}, up in ${seconds} s` +
      (speed === 1 ? "" : `, clock ×${speed} while idle`),
    pc.dim(inventoryOf(resources)),
    "",
    `  API           ${pc.cyan(outputs.apiUrl)}`,
    `  Console       ${pc.cyan(consoleUrl)}  ${pc.dim("watch it work, place orders, break things")}`,
    `  AWS endpoint  ${pc.cyan(outputs.awsEndpoint ?? "")}  ${pc.dim("export AWS_ENDPOINT_URL to use it with any SDK")}`,
    `  Outputs       ${outputsFile}`,
    "",
    ...proofs(outputs),
    "",
    "  Place an order",
    ...exampleCurl(outputs),
    "",
    "  Then",
    `    npm run order -- ORDER_ID    ${pc.dim("what happened to it, step by step")}`,
    `    npm run inbox                ${pc.dim("what its customer was told")}`,
    "",
    pc.dim("  Ctrl-C stops everything. What happens to orders follows."),
    "",
  ].join("\n");
}

function proofs({ apiKeys, tenantCredentials }: StackOutputs): string[] {
  if (tenantCredentials === undefined) {
    const keys = Object.entries(apiKeys);
    const width = Math.max(...keys.map(([tenant]) => tenant.length));
    return ["  API keys", ...keys.map(([tenant, key]) => `    ${tenant.padEnd(width)}  ${key}`)];
  }
  return [
    `  Credentials of the tenants' roles  ${pc.dim("requests must be signed with them")}`,
    ...Object.entries(tenantCredentials).flatMap(([tenant, { accessKeyId, secretAccessKey, sessionToken }]) => [
      `    ${tenant}`,
      `      access key id      ${accessKeyId}`,
      `      secret access key  ${secretAccessKey}`,
      `      session token      ${sessionToken}`,
    ]),
  ];
}

function exampleCurl({ apiUrl, apiKeys, tenantCredentials, ...others }: StackOutputs): string[] {
  const [credentials] = Object.values(tenantCredentials ?? {});
  const region = String(others.stateMachineArn).split(":")[3] ?? "";
  const items = [
    { productId: "PROD-001", qty: 2 },
    { productId: "PROD-003", qty: 1 },
  ];
  const order = JSON.stringify({ userId: "user-123", items, totalAmount: 109.97 });
  return [
    `    curl -s ${apiUrl}/orders -H 'content-type: application/json' \\`,
    ...(credentials ? signed(credentials, region) : [`      -H 'x-api-key: ${Object.values(apiKeys)[0] ?? ""}' \\`]),
    `      -d '${order}'`,
  ];
}

function signed({ accessKeyId, secretAccessKey, sessionToken }: SigningCredentials, region: string): string[] {
  return [
    `      --aws-sigv4 aws:amz:${region}:execute-api --user ${accessKeyId}:${secretAccessKey} \\`,
    `      -H 'x-amz-security-token: ${sessionToken}' \\`,
  ];
}

/** "94 resources: 12 functions, 3 tables, …", counted from what the program registered. */
function inventoryOf(resources: readonly Resource[]): string {
  const custom = resources.filter((resource) => resource.custom && !resource.type.startsWith("pulumi:"));
  const counted = COUNTED.map(([type, noun]) => {
    const count = custom.filter((resource) => resource.type === type).length;
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
  });
  return `${custom.length} resources: ${counted.filter((text) => !text.startsWith("0 ")).join(", ")}`;
}

const COUNTED: readonly (readonly [string, string])[] = [
  ["aws:apigateway/restApi:RestApi", "REST API"],
  ["aws:lambda/function:Function", "function"],
  ["aws:dynamodb/table:Table", "table"],
  ["aws:sqs/queue:Queue", "queue"],
  ["aws:cloudwatch/eventBus:EventBus", "event bus"],
  ["aws:cloudwatch/eventRule:EventRule", "rule"],
  ["aws:sfn/stateMachine:StateMachine", "state machine"],
];
