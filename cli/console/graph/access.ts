import type { Arrow } from "../../../console/protocol";
import type { Resource } from "../../../local/resource";
import { arrow, type Directory } from "./directory";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** What a function is allowed to call, in the words of the picture; setting the other part to work is a flow. */
const SETS_TO_WORK = /^(?:sqs:SendMessage|states:Start|events:PutEvents|sns:Publish|lambda:Invoke)/;
/** An event source mapping acts under the function's role; these calls are its own, and the mapping has an arrow. */
const OF_MAPPINGS =
  /^(?:sqs:(?:ReceiveMessage|DeleteMessage|ChangeMessageVisibility)|dynamodb:(?:DescribeStream|GetRecords|GetShardIterator|ListStreams))/;

/** Arrows from functions to what their roles let them call. */
export function accessArrows(policies: readonly Resource[], directory: Directory): Arrow[] {
  const functions = directory.placed.filter(({ part }) => part.kind === "function");
  return policies.flatMap(({ inputs }) => {
    const caller = functions.find(({ resource }) => nameOf(resource.inputs["role"]) === nameOf(inputs["role"]));
    if (caller === undefined) return [];
    const { Statement = [] } = JSON.parse(String(inputs["policy"])) as { Statement?: readonly Statement[] };
    const allowed = new Map<string, Set<string>>();
    for (const { Effect, Action, Resource } of Statement) {
      if (Effect !== "Allow") continue;
      const actions = listOf(Action).filter((action) => !OF_MAPPINGS.test(action));
      for (const resource of listOf(Resource)) {
        const key = baseOf(resource);
        for (const action of actions) allowed.set(key, (allowed.get(key) ?? new Set()).add(action));
      }
    }
    return [...allowed].flatMap(([resource, actions]) => {
      const all = [...actions];
      const way = all.some((action) => SETS_TO_WORK.test(action)) ? "flow" : "access";
      const onlyMapping =
        all.every((action) => action === "sqs:GetQueueAttributes") && mapped(caller.part.id, resource, directory);
      const says = all.map((action) => action.split(":")[1]).join(", ");
      return all.length === 0 || onlyMapping ? [] : arrow(caller, directory.find(resource), way, says);
    });
  });
}

/** A function that takes messages from a queue asks for its attributes too. */
function mapped(functionId: string, resource: string, directory: Directory): boolean {
  const queue = directory.find(resource);
  const caller = directory.placed.find(({ part }) => part.id === functionId);
  return queue !== undefined && caller !== undefined && queue.part.box === caller.part.box;
}

/** An index belongs to its table, an object to its bucket. */
function baseOf(resource: string): string {
  if (resource.includes(":s3:::")) return resource.split("/")[0] ?? resource;
  return resource.replace(/\/(?:index|stream)\/.*$/, "");
}

function nameOf(role: unknown): string {
  return String(role).split("/").at(-1) ?? "";
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
