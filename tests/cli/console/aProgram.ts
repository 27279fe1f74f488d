import type { Resource } from "../../../local/resource";

/** A resource as the program would have registered it. */
export function aResource(type: string, name: string, fields: Partial<Resource> = {}): Resource {
  return {
    ...{ urn: `urn:${name}`, type, name, custom: true, parent: "urn:shop", protect: false },
    ...{ inputs: {}, outputs: {}, dependencies: [], propertyDependencies: {} },
    ...fields,
  };
}

const arnOf = (service: string, name: string): string => `arn:aws:${service}:eu-central-1:000000000000:${name}`;
const ROLE = "arn:aws:iam::000000000000:role/p-dev-work";

/** A queue with dead letters that feeds a function which writes to a table. */
export const PROGRAM: readonly Resource[] = [
  aResource("pulumi:pulumi:Stack", "p-dev", { custom: false }),
  { ...aResource("shop:Shop", "shop", { custom: false }), parent: "urn:p-dev" },
  aResource("aws:sqs/queue:Queue", "shop-queue", {
    inputs: {
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: arnOf("sqs", "p-dev-jobs-dead-letters"),
        maxReceiveCount: 3,
      }),
    },
    outputs: { name: "p-dev-jobs", arn: arnOf("sqs", "p-dev-jobs") },
  }),
  aResource("aws:sqs/queue:Queue", "shop-letters", {
    outputs: { name: "p-dev-jobs-dead-letters", arn: arnOf("sqs", "p-dev-jobs-dead-letters") },
  }),
  aResource("aws:dynamodb/table:Table", "shop-table", {
    outputs: { name: "p-dev-things", arn: arnOf("dynamodb", "table/p-dev-things") },
  }),
  aResource("aws:lambda/function:Function", "shop-work", {
    inputs: { role: ROLE },
    outputs: { name: "p-dev-work", arn: arnOf("lambda", "function:p-dev-work") },
  }),
  aResource("aws:lambda/eventSourceMapping:EventSourceMapping", "shop-mapping", {
    inputs: { eventSourceArn: arnOf("sqs", "p-dev-jobs"), functionName: "p-dev-work" },
  }),
  aResource("aws:iam/rolePolicy:RolePolicy", "shop-policy", {
    inputs: {
      role: "p-dev-work",
      policy: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
            Resource: arnOf("sqs", "p-dev-jobs"),
          },
          { Effect: "Allow", Action: "dynamodb:PutItem", Resource: arnOf("dynamodb", "table/p-dev-things") },
          { Effect: "Allow", Action: "dynamodb:Query", Resource: arnOf("dynamodb", "table/p-dev-things/index/byName") },
        ],
      }),
    },
  }),
  aResource("aws:cloudwatch/logGroup:LogGroup", "shop-log", { outputs: { name: "/aws/lambda/p-dev-work" } }),
];

export const WORK_ROLE = ROLE;
