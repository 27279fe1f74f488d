import type { Clock } from "../clock";
import type { PolicyBook } from "../iam/resourcePolicies";
import type { OperationInput } from "../operationInput";
import type { Cloud } from "../resource";
import { Queue, type QueueIdentity, type QueueSurroundings } from "./queue";
import { INITIAL_ATTRIBUTES, settingsOf, withChanges, type QueueAttributes } from "./queueSettings";
import { invalidParameterValue, queueDeletedRecently, queueDoesNotExist, queueNameExists } from "./sqsError";

/** How long a deleted queue's name stays taken: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
const NAME_REST_MS = 60_000;

/** ARN and URL of a queue. The URL is of the local endpoint, since SDKs call the host that a queue's URL names. */
export function queueIdentity(name: string, { region, accountId, endpoint }: Cloud): QueueIdentity {
  return { name, arn: `arn:aws:sqs:${region}:${accountId}:${name}`, url: `${endpoint}/${accountId}/${name}` };
}

/** The queues of the account, and the rules that hold between them. */
export class Queues {
  private readonly byName = new Map<string, Queue>();
  private readonly deletedMs = new Map<string, number>();
  private readonly around: QueueSurroundings;
  private readonly clock: Clock;

  constructor(
    private readonly cloud: Cloud,
    around: Omit<QueueSurroundings, "queueByArn">,
    private readonly policies?: PolicyBook,
  ) {
    this.clock = around.clock;
    this.around = { ...around, queueByArn: (arn) => this.byArn(arn) };
  }

  all(): readonly Queue[] {
    return [...this.byName.values()];
  }

  byArn(arn: string): Queue | undefined {
    const queue = this.byName.get(arn.split(":").at(-1) ?? "");
    return queue?.identity.arn === arn ? queue : undefined;
  }

  /** The queue that a URL names by its last parts, whatever its host; a bare name will do. */
  byUrl(url: string): Queue {
    const [name = "", accountId = this.cloud.accountId] = url.split("/").reverse();
    const queue = accountId === this.cloud.accountId ? this.byName.get(name) : undefined;
    if (queue === undefined) throw queueDoesNotExist();
    return queue;
  }

  of(input: OperationInput): Queue {
    return this.byUrl(input.text("QueueUrl"));
  }

  /** Creates a queue, or answers the one of that name when no given attribute differs. */
  create(name: string, attributes: QueueAttributes): Queue {
    if (!/^[\w-]{1,80}$/.test(name)) {
      const fifo = name.endsWith(".fifo") ? "The local runtime has no stand-in for FIFO queues. " : "";
      throw invalidParameterValue(
        `${fifo}Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length`,
      );
    }
    const known = this.byName.get(name);
    if (known !== undefined) {
      const different = Object.entries(attributes).find(([attribute, value]) => known.attributes[attribute] !== value);
      if (different !== undefined) throw queueNameExists(different[0]);
      return known;
    }
    if (this.clock.now() - (this.deletedMs.get(name) ?? -Infinity) < NAME_REST_MS) throw queueDeletedRecently();
    const identity = queueIdentity(name, this.cloud);
    const values = this.checked(identity.arn, INITIAL_ATTRIBUTES, attributes);
    this.attach(identity.arn, values);
    const queue = new Queue(identity, values, this.around);
    this.byName.set(name, queue);
    return queue;
  }

  change(queue: Queue, changes: QueueAttributes): void {
    const changed = this.checked(queue.identity.arn, queue.attributes, changes);
    this.attach(queue.identity.arn, changed);
    queue.attributes = changed;
  }

  delete(queue: Queue): void {
    queue.stop();
    queue.purge();
    this.byName.delete(queue.identity.name);
    this.policies?.attach(queue.identity.arn, undefined);
    this.deletedMs.set(queue.identity.name, this.clock.now());
  }

  /** The queues whose dead letters go to this one. */
  sourcesOf(queue: Queue): readonly Queue[] {
    return this.all().filter(({ settings }) => settings.redrive?.deadLetterTargetArn === queue.identity.arn);
  }

  private attach(arn: string, { Policy }: QueueAttributes): void {
    try {
      this.policies?.attach(arn, Policy);
    } catch (error) {
      throw invalidParameterValue(
        `Value ${Policy} for parameter Policy is invalid. Reason: ${(error as Error).message}.`,
      );
    }
  }

  private checked(arn: string, values: QueueAttributes, changes: QueueAttributes): QueueAttributes {
    const changed = withChanges(values, changes);
    const { redrive } = settingsOf(changed);
    if (redrive === undefined || changes["RedrivePolicy"] === undefined) return changed;
    const refuse = (reason: string): Error =>
      invalidParameterValue(
        `Value ${changes["RedrivePolicy"]} for parameter RedrivePolicy is invalid. Reason: ${reason}.`,
      );
    const target = this.byArn(redrive.deadLetterTargetArn);
    if (target === undefined) throw refuse("Dead letter target does not exist");
    if (target.identity.arn === arn) throw refuse("A queue cannot be its own dead letter target");
    const { redrivePermission, sourceQueueArns } = target.settings.redriveAllow;
    const allowed = redrivePermission === "allowAll" || sourceQueueArns.includes(arn);
    if (!allowed) throw refuse("The dead letter target's RedriveAllowPolicy does not allow this source queue");
    return changed;
  }
}
