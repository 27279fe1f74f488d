import type { Cloud, RegisteredInputs, ResourceKind } from "../resource";
import { busArn, busName, DEFAULT_BUS, ruleArn } from "./eventBus";
import { TARGET_INPUTS } from "./target";

/** The ARN of an archive. */
export function archiveArn({ region, accountId }: Cloud, name: string): string {
  return `arn:aws:events:${region}:${accountId}:archive/${name}`;
}

function nameOf({ inputs, physicalName }: RegisteredInputs): string {
  const { name, namePrefix } = inputs;
  if (typeof name === "string") return name;
  return typeof namePrefix === "string" ? `${namePrefix}${physicalName.slice(-7)}` : physicalName;
}

const busOf = ({ inputs }: RegisteredInputs): string => busName(inputs["eventBusName"] as string | undefined);

/** The id of a target: given, or made up from the resource's name. */
export function targetId({ inputs, physicalName }: RegisteredInputs): string {
  return (inputs["targetId"] as string | undefined) ?? physicalName;
}

/** Event bus, its policy, rule, target and archive. */
export const eventKinds: readonly ResourceKind[] = [
  {
    type: "aws:cloudwatch/eventBus:EventBus",
    honours: ["name", "description", "eventSourceName"],
    // The bus's own dead-letter queue is for events that cannot be encrypted: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html
    withoutLocalEffect: ["deadLetterConfig", "kmsKeyIdentifier", "logConfig", "tags", "region"],
    outputs(resource, { region, accountId }) {
      const name = nameOf(resource);
      return { id: name, name, arn: busArn(region, accountId, name) };
    },
  },
  {
    type: "aws:cloudwatch/eventRule:EventRule",
    honours: [
      "name",
      "namePrefix",
      "description",
      "eventBusName",
      "eventPattern",
      "scheduleExpression",
      "state",
      "isEnabled",
      "roleArn",
    ],
    withoutLocalEffect: ["forceDestroy", "tags", "region"],
    outputs(resource, { region, accountId }) {
      const [name, bus] = [nameOf(resource), busOf(resource)];
      const arn = ruleArn(region, accountId, { bus, rule: name });
      return { id: bus === DEFAULT_BUS ? name : `${bus}/${name}`, name, arn, eventBusName: bus };
    },
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    honours: TARGET_INPUTS,
    withoutLocalEffect: ["forceDestroy", "region"],
    outputs(resource) {
      const id = targetId(resource);
      return { id: `${resource.inputs["rule"] as string}-${id}`, targetId: id, eventBusName: busOf(resource) };
    },
  },
  {
    type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
    honours: ["eventBusName", "policy"],
    withoutLocalEffect: ["region"],
    outputs: (resource) => ({ id: busOf(resource), eventBusName: busOf(resource) }),
  },
  {
    type: "aws:cloudwatch/eventArchive:EventArchive",
    honours: ["name", "description", "eventSourceArn", "eventPattern", "retentionDays"],
    withoutLocalEffect: ["kmsKeyIdentifier", "region"],
    outputs(resource, cloud) {
      const name = nameOf(resource);
      return { id: name, name, arn: archiveArn(cloud, name) };
    },
  },
];
