import { OperationInput } from "../operationInput";
import type { Operation } from "../service";
import type { Clock } from "../clock";
import type { Queue } from "./queue";
import type { Queues } from "./queues";
import { SETTABLE } from "./queueSettings";
import { invalidAttributeName, invalidParameterValue, purgeQueueInProgress, sqsRefusals } from "./sqsError";

const PAGE = { min: 1, max: 1000 };
const PURGE_REST_MS = 60_000;

/** Queues themselves: creation, attributes, tags, purge, lists. */
export function queueOperations(queues: Queues, clock: Clock): Readonly<Record<string, Operation>> {
  const purgedMs = new WeakMap<Queue, number>();
  const read = (fields: Record<string, unknown>): OperationInput => new OperationInput(fields, sqsRefusals);
  return {
    CreateQueue: async (fields) => {
      const input = read(fields).only("QueueName", "Attributes", "tags");
      const queue = queues.create(input.text("QueueName"), input.textsByName("Attributes"));
      queue.tags = { ...queue.tags, ...input.textsByName("tags") };
      return { QueueUrl: queue.identity.url };
    },
    DeleteQueue: async (fields) => {
      queues.delete(queues.of(read(fields).only("QueueUrl")));
      return {};
    },
    GetQueueUrl: async (fields) => {
      const input = read(fields).only("QueueName", "QueueOwnerAWSAccountId");
      const owner = input.optionalText("QueueOwnerAWSAccountId");
      const name = input.text("QueueName");
      return { QueueUrl: queues.byUrl(owner === undefined ? name : `${owner}/${name}`).identity.url };
    },
    ListQueues: async (fields) => {
      const input = read(fields).only("QueueNamePrefix", "MaxResults", "NextToken");
      const prefix = input.optionalText("QueueNamePrefix") ?? "";
      return pageOfUrls(
        queues.all().filter(({ identity }) => identity.name.startsWith(prefix)),
        input,
        "QueueUrls",
      );
    },
    ListDeadLetterSourceQueues: async (fields) => {
      const input = read(fields).only("QueueUrl", "MaxResults", "NextToken");
      return { queueUrls: [], ...pageOfUrls(queues.sourcesOf(queues.of(input)), input, "queueUrls") };
    },
    GetQueueAttributes: async (fields) => {
      const input = read(fields).only("QueueUrl", "AttributeNames");
      return attributesDocument(queues.of(input), input.texts("AttributeNames"));
    },
    SetQueueAttributes: async (fields) => {
      const input = read(fields).only("QueueUrl", "Attributes");
      if (!input.has("Attributes")) throw sqsRefusals.missing("Attributes");
      queues.change(queues.of(input), input.textsByName("Attributes"));
      return {};
    },
    PurgeQueue: async (fields) => {
      const queue = queues.of(read(fields).only("QueueUrl"));
      const nowMs = clock.now();
      if (nowMs - (purgedMs.get(queue) ?? -Infinity) < PURGE_REST_MS) throw purgeQueueInProgress(queue.identity.name);
      purgedMs.set(queue, nowMs);
      queue.purge();
      return {};
    },
    ...tagOperations(queues, read),
  };
}

function tagOperations(
  queues: Queues,
  read: (fields: Record<string, unknown>) => OperationInput,
): Readonly<Record<string, Operation>> {
  return {
    TagQueue: async (fields) => {
      const input = read(fields).only("QueueUrl", "Tags");
      const queue = queues.of(input);
      queue.tags = { ...queue.tags, ...input.textsByName("Tags") };
      return {};
    },
    UntagQueue: async (fields) => {
      const input = read(fields).only("QueueUrl", "TagKeys");
      const queue = queues.of(input);
      const removed = input.texts("TagKeys");
      queue.tags = Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !removed.includes(key)));
      return {};
    },
    ListQueueTags: async (fields) => {
      const { tags } = queues.of(read(fields).only("QueueUrl"));
      return Object.keys(tags).length === 0 ? {} : { Tags: tags };
    },
  };
}

/** The attributes that describe the queue's state, as texts. */
function observed(queue: Queue): Readonly<Record<string, string>> {
  const { visible, hidden, delayed } = queue.counts();
  return {
    QueueArn: queue.identity.arn,
    ApproximateNumberOfMessages: `${visible}`,
    ApproximateNumberOfMessagesNotVisible: `${hidden}`,
    ApproximateNumberOfMessagesDelayed: `${delayed}`,
    CreatedTimestamp: `${Math.floor(queue.createdMs / 1000)}`,
    LastModifiedTimestamp: `${Math.floor(queue.modifiedMs / 1000)}`,
  };
}

function attributesDocument(queue: Queue, wanted: readonly string[]): object {
  const all = { ...observed(queue), ...queue.attributes };
  const unknown = wanted.find((name) => name !== "All" && !(name in all) && !SETTABLE.includes(name));
  if (unknown !== undefined) throw invalidAttributeName(unknown);
  const entries = Object.entries(all).filter(([name]) => wanted.includes("All") || wanted.includes(name));
  return entries.length === 0 ? {} : { Attributes: Object.fromEntries(entries) };
}

/** Without MaxResults all are answered, at most 1000, and no token. */
function pageOfUrls(queues: readonly Queue[], input: OperationInput, field: string): object {
  const names = queues.map(({ identity }) => identity).sort((a, b) => (a.name < b.name ? -1 : 1));
  const most = input.optionalInteger("MaxResults", PAGE);
  const token = input.optionalText("NextToken");
  if (token !== undefined && most === undefined)
    throw invalidParameterValue("MaxResults is a mandatory parameter when you provide a value for NextToken.");
  const after = token === undefined ? "" : Buffer.from(token, "base64").toString();
  const rest = names.filter(({ name }) => name > after);
  const page = rest.slice(0, most ?? PAGE.max);
  const last = page.at(-1);
  if (last === undefined) return {};
  const more = most !== undefined && page.length < rest.length;
  return {
    [field]: page.map(({ url }) => url),
    ...(more ? { NextToken: Buffer.from(last.name).toString("base64") } : {}),
  };
}
