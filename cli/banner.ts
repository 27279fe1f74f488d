import pc from "picocolors";
import type { Resource } from "../local/resource";
import type { StackOutputs } from "./stackOutputs";

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
  const keys = Object.entries(outputs.apiKeys);
  const width = Math.max(...keys.map(([tenant]) => tenant.length));
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
    "  API keys",
    ...keys.map(([tenant, key]) => `    ${tenant.padEnd(width)}  ${key}`),
    "",
    "  Place an order",
    ...exampleCurl(outputs.apiUrl, keys[0]?.[1] ?? ""),
    "",
    "  Then",
    `    npm run order -- ORDER_ID    ${pc.dim("what happened to it, step by step")}`,
    `    npm run inbox                ${pc.dim("what its customer was told")}`,
    "",
    pc.dim("  Ctrl-C stops everything. What happens to orders follows."),
    "",
  ].join("\n");
}

function exampleCurl(apiUrl: string, key: string): string[] {
  const items = [
    { productId: "PROD-001", qty: 2 },
    { productId: "PROD-003", qty: 1 },
  ];
  const order = JSON.stringify({ userId: "user-123", items, totalAmount: 109.97 });
  return [
    `    curl -s ${apiUrl}/orders -H 'content-type: application/json' \\`,
    `      -H 'x-api-key: ${key}' \\`,
    `      -d '${order}'`,
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
