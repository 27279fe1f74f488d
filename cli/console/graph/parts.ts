import type { Part, PartKind } from "../../../console/protocol";
import type { Resource } from "../../../local/resource";

/** A part together with the resource that it stands for. */
export interface Placed {
  readonly part: Part;
  readonly resource: Resource;
  /** What others name it by: its ARN where it has one. */
  readonly arn: string;
  /** Its name in the account. */
  readonly physicalName: string;
}

/** Types that are drawn; everything else hangs on one of them. */
const KINDS: Readonly<Record<string, PartKind>> = {
  "aws:apigateway/restApi:RestApi": "api",
  "aws:lambda/function:Function": "function",
  "aws:dynamodb/table:Table": "table",
  "aws:sqs/queue:Queue": "queue",
  "aws:cloudwatch/eventBus:EventBus": "bus",
  "aws:cloudwatch/eventRule:EventRule": "rule",
  "aws:sfn/stateMachine:StateMachine": "machine",
  "aws:sns/topic:Topic": "topic",
  "aws:sns/topicSubscription:TopicSubscription": "mailbox",
  "aws:s3/bucket:Bucket": "bucket",
  "aws:cloudwatch/logGroup:LogGroup": "log",
};

/** The parts of a program, in its order. Log groups are parts only when something is delivered to them. */
export function partsOf(resources: readonly Resource[], prefix: string): Placed[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const delivered = new Set(
    resources.filter(({ type }) => type.endsWith(":EventTarget")).map(({ inputs }) => String(inputs["arn"])),
  );
  const placed = resources.flatMap((resource): Placed[] => {
    const kind = KINDS[resource.type];
    if (kind === undefined) return [];
    const arn = String(resource.outputs["arn"] ?? resource.outputs["id"]);
    if (kind === "log" && !delivered.has(arn)) return [];
    const physicalName = String(resource.outputs["name"] ?? resource.outputs["bucket"] ?? resource.outputs["id"]);
    const part = {
      id: resource.name,
      kind: kind === "rule" && resource.inputs["scheduleExpression"] !== undefined ? ("schedule" as const) : kind,
      title: titleOf(resource, physicalName, prefix),
      box: boxOf(resource, byUrn),
    };
    return [{ part, resource, arn, physicalName }];
  });
  return withUniqueIds(placed);
}

function titleOf({ type, inputs }: Resource, physicalName: string, prefix: string): string {
  if (type.endsWith(":TopicSubscription")) return String(inputs["endpoint"]);
  const [last = physicalName] = physicalName.split("/").slice(-1);
  const short = last.startsWith(prefix) ? last.slice(prefix.length) : last;
  // Buckets have a name that nobody else in the world has; its last part says nothing.
  return type.endsWith(":Bucket") ? short.replace(/-[0-9a-f]{7}$/, "") : short;
}

/** The component right below the stack. */
function boxOf(resource: Resource, byUrn: ReadonlyMap<string, Resource>): string {
  let at = resource;
  for (;;) {
    const parent = at.parent === undefined ? undefined : byUrn.get(at.parent);
    if (parent === undefined || parent.type === "pulumi:pulumi:Stack") return at.name;
    at = parent;
  }
}

/** Two resources of different types may share a logical name. */
function withUniqueIds(placed: readonly Placed[]): Placed[] {
  const seen = new Set<string>();
  return placed.map((one) => {
    const id = seen.has(one.part.id) ? `${one.part.id}-${one.part.kind}` : one.part.id;
    seen.add(id);
    return { ...one, part: { ...one.part, id } };
  });
}
