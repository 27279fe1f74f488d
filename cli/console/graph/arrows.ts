import type { Arrow } from "../../../console/protocol";
import type { Resource } from "../../../local/resource";
import { accessArrows } from "./access";
import { arrow, type Directory } from "./directory";
import type { Placed } from "./parts";

/** Every arrow between parts that the program's resources tell of. */
export function arrowsOf(resources: readonly Resource[], directory: Directory): Arrow[] {
  const ofType = (type: string): readonly Resource[] => resources.filter((resource) => resource.type === type);
  const found = [
    ...directory.ofType("aws:apigateway/restApi:RestApi").flatMap((api) => apiArrows(api, directory)),
    ...ofType("aws:lambda/eventSourceMapping:EventSourceMapping").flatMap((it) => mappingArrows(it, directory)),
    ...directory.ofType("aws:cloudwatch/eventRule:EventRule").flatMap((rule) => busArrow(rule, directory)),
    ...ofType("aws:cloudwatch/eventTarget:EventTarget").flatMap((it) => targetArrows(it, directory)),
    ...directory.ofType("aws:sqs/queue:Queue").flatMap((queue) => redriveArrow(queue, directory)),
    ...directory.ofType("aws:sfn/stateMachine:StateMachine").flatMap((it) => taskArrows(it, directory)),
    ...directory.ofType("aws:sns/topicSubscription:TopicSubscription").flatMap((it) => mailArrow(it, directory)),
  ];
  const flows = new Set(found.map(({ from, to }) => `${from}>${to}`));
  const access = accessArrows(ofType("aws:iam/rolePolicy:RolePolicy"), directory).filter(({ id }) => !flows.has(id));
  const unique = new Map([...found, ...access].map((arrow) => [arrow.id, arrow]));
  return [...unique.values()];
}

interface ApiDocument {
  readonly paths?: Readonly<
    Record<string, Readonly<Record<string, { "x-amazon-apigateway-integration"?: { uri?: string } }>>>
  >;
}

function apiArrows(api: Placed, directory: Directory): Arrow[] {
  const { paths = {} } = parsed(api.resource.inputs["body"]) as ApiDocument;
  const routes = new Map<Placed, string[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const called = directory.find(operation["x-amazon-apigateway-integration"]?.uri);
      if (called !== undefined) routes.set(called, [...(routes.get(called) ?? []), `${method.toUpperCase()} ${path}`]);
    }
  }
  return [...routes].flatMap(([called, says]) => arrow(api, called, "flow", says.join(", ")));
}

function mappingArrows({ inputs }: Resource, directory: Directory): Arrow[] {
  const source = directory.find(inputs["eventSourceArn"]);
  const called = directory.find(inputs["functionName"]);
  if (source === undefined || called === undefined) return [];
  const { onFailure } = (inputs["destinationConfig"] ?? {}) as { onFailure?: { destinationArn?: string } };
  const says = source.part.kind === "queue" ? "messages" : "changes, batch by batch";
  return [
    ...arrow(source, called, "flow", says),
    ...arrow(called, directory.find(onFailure?.destinationArn), "failure", "batches that were given up"),
  ];
}

function busArrow(rule: Placed, directory: Directory): Arrow[] {
  const bus = directory.find(rule.resource.inputs["eventBusName"]);
  if (bus === undefined || rule.part.kind === "schedule") return [];
  return arrow(bus, rule, "flow", textOf(rule.resource.inputs["description"]) ?? "events that match");
}

function targetArrows({ inputs }: Resource, directory: Directory): Arrow[] {
  const rule = directory.find(inputs["rule"]);
  if (rule === undefined) return [];
  const { arn: failures } = (inputs["deadLetterConfig"] ?? {}) as { arn?: string };
  const says = rule.part.kind === "schedule" ? String(rule.resource.inputs["scheduleExpression"]) : "events";
  return [
    ...arrow(rule, directory.find(inputs["arn"]), "flow", says),
    ...arrow(rule, directory.find(failures), "failure", "events that could not be delivered"),
  ];
}

function redriveArrow(queue: Placed, directory: Directory): Arrow[] {
  const { deadLetterTargetArn, maxReceiveCount } = parsed(queue.resource.inputs["redrivePolicy"]) as {
    deadLetterTargetArn?: string;
    maxReceiveCount?: number;
  };
  const says = `messages that failed ${maxReceiveCount} times`;
  return arrow(queue, directory.find(deadLetterTargetArn), "failure", says);
}

function taskArrows(machine: Placed, directory: Directory): Arrow[] {
  const { States = {} } = parsed(machine.resource.inputs["definition"]) as {
    States?: Readonly<Record<string, { Resource?: string }>>;
  };
  return Object.entries(States).flatMap(([name, { Resource }]) =>
    arrow(machine, directory.find(Resource), "flow", `state ${name}`),
  );
}

function mailArrow(mailbox: Placed, directory: Directory): Arrow[] {
  const topic = directory.find(mailbox.resource.inputs["topic"]);
  return topic === undefined ? [] : arrow(topic, mailbox, "flow", "mails");
}

function parsed(text: unknown): object {
  return typeof text === "string" ? (JSON.parse(text) as object) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
