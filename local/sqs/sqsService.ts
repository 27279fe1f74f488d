import type { Clock } from "../clock";
import type { Feed } from "../feed";
import type { Permission } from "../iam/access";
import type { PolicyBook } from "../iam/resourcePolicies";
import type { PolledMessage, PolledQueue, QueueSource } from "../lambda/eventSources";
import { chunks } from "../meter/charge";
import type { Cloud, Resource } from "../resource";
import type { LocalService, Operation } from "../service";
import type { MessageAttributes, ReceivedMessage } from "./message";
import { digestOfAttributes, digestOfBody } from "./messageDigest";
import { checkDraft } from "./messageDraft";
import { messageOperations } from "./messageOperations";
import { MoveTasks } from "./moveOperations";
import { permissionsOf } from "./permissions";
import type { Queue } from "./queue";
import { ATTRIBUTE_KINDS, ATTRIBUTE_OF_INPUT, FIFO_INPUTS, queueKinds } from "./queueKinds";
import { queueOperations } from "./queueOperations";
import { Queues } from "./queues";
import { systemAttributesOf } from "./receivedMessage";
import { queueDoesNotExist } from "./sqsError";

/** What the stand-in for SQS needs. */
export interface SqsServiceOptions {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  /** Numbers from 0 up to 1, for ids; absent for true randomness. */
  readonly random?: () => number;
  /** Told the policies of queues; absent, they are kept and bind nobody. */
  readonly policies?: PolicyBook;
}

/** SQS in memory: standard queues with the semantics of the real ones, all times on the clock. */
export class SqsService implements LocalService, QueueSource {
  readonly name = "sqs";
  readonly kinds = queueKinds;
  readonly targetPrefixes = ["AmazonSQS"];
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly cloud: Cloud;
  private readonly queues: Queues;
  private readonly moves: MoveTasks;

  private readonly feed: Feed;

  constructor({ cloud, clock, feed, random, policies }: SqsServiceOptions) {
    this.feed = feed;
    this.cloud = cloud;
    this.queues = new Queues(cloud, { clock, feed, random }, policies);
    this.moves = new MoveTasks(this.queues, clock, random);
    this.operations = {
      ...queueOperations(this.queues, clock),
      ...messageOperations((input) => this.queues.of(input)),
      ...this.moves.operations,
    };
  }

  async realise({ type, name, inputs, outputs }: Resource): Promise<void> {
    try {
      if (type === "aws:sqs/queue:Queue") this.realiseQueue(outputs["name"] as string, inputs);
      else this.realiseAttribute(type, inputs);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
    }
  }

  permissionsFor(operation: string, input: Record<string, unknown>): readonly Permission[] {
    return permissionsOf(operation, input, this.cloud);
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    this.moves.stop();
    for (const queue of this.queues.all()) queue.stop();
  }

  /** Every queue, for metrics and views. */
  all(): readonly Queue[] {
    return this.queues.all();
  }

  /** The queue itself, with its settings, attributes and counts. */
  queueByArn(arn: string): Queue | undefined {
    return this.queues.byArn(arn);
  }

  /**
   * Sends a message from within the runtime.
   *
   * @throws QueueDoesNotExist, InvalidParameterValueException, InvalidMessageContents
   */
  send(arn: string, body: string, attributes: MessageAttributes = {}): void {
    const queue = this.queues.byArn(arn);
    if (queue === undefined) throw queueDoesNotExist();
    const draft = { body, attributes, senderId: "local-runtime" };
    checkDraft(draft, queue.settings.maximumMessageBytes);
    queue.send([draft]);
    const { name: resource } = queue.identity;
    this.feed.emit("billed", {
      ...{ unit: "sqsRequest", resource, quantity: chunks(Buffer.byteLength(body)), about: () => body },
    });
  }

  queue(arn: string): PolledQueue | undefined {
    const queue = this.queues.byArn(arn);
    if (queue === undefined) return undefined;
    return {
      arn,
      get visibilityTimeoutSeconds() {
        return queue.settings.visibilityTimeoutSeconds;
      },
      receive: (max) => queue.receive(max).map(polledMessage),
      delete: (receiptHandle) => queue.delete(receiptHandle),
      onAvailable: (listener) => queue.onAvailable(listener),
      send: (body, attributes = {}) => this.send(arn, body, textAttributes(attributes)),
    };
  }

  private realiseQueue(name: string, inputs: Resource["inputs"]): void {
    for (const input of FIFO_INPUTS) {
      if (inputs[input] !== undefined && inputs[input] !== false) {
        throw new Error(`the local runtime has no stand-in for FIFO queues, which ${input} asks for.`);
      }
    }
    if (this.queues.all().some(({ identity }) => identity.name === name)) {
      throw new Error(`a queue named ${name} exists already.`);
    }
    const attributes = Object.entries(ATTRIBUTE_OF_INPUT).flatMap(([input, attribute]) =>
      inputs[input] === undefined ? [] : [[attribute, textOf(inputs[input])] as const],
    );
    this.queues.create(name, Object.fromEntries(attributes));
  }

  private realiseAttribute(type: string, inputs: Resource["inputs"]): void {
    const input = ATTRIBUTE_KINDS[type];
    const attribute = ATTRIBUTE_OF_INPUT[input ?? ""];
    if (input === undefined || attribute === undefined) throw new Error(`SQS has no stand-in for ${type}.`);
    this.queues.change(this.queues.byUrl(textOf(inputs["queueUrl"])), { [attribute]: textOf(inputs[input]) });
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function textAttributes(attributes: Readonly<Record<string, string>>): MessageAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, stringValue]) => [name, { dataType: "String", stringValue }]),
  );
}

function polledMessage(received: ReceivedMessage): PolledMessage {
  const { message, receiptHandle } = received;
  const digest = digestOfAttributes(message.attributes);
  return {
    messageId: message.id,
    receiptHandle,
    body: message.body,
    md5OfBody: digestOfBody(message.body),
    attributes: systemAttributesOf(received),
    messageAttributes: message.attributes,
    ...(digest === undefined ? {} : { md5OfMessageAttributes: digest }),
  };
}
