import type { Clock } from "../clock";
import { OperationInput } from "../operationInput";
import { randomUuid } from "../randomUuid";
import type { Operation } from "../service";
import { MOST_MOVES_PER_SECOND, MoveTask } from "./moveTask";
import type { Queue } from "./queue";
import type { Queues } from "./queues";
import { invalidParameterValue, resourceNotFound, sqsRefusals, unsupportedOperation } from "./sqsError";

const TASKS_PER_QUEUE = 10;

/** The tasks that move dead letters back, newest first; those of a queue beyond the tenth are forgotten. */
export class MoveTasks {
  private readonly tasks = new Map<string, MoveTask[]>();

  constructor(
    private readonly queues: Queues,
    private readonly clock: Clock,
    private readonly random?: () => number,
  ) {}

  readonly operations: Readonly<Record<string, Operation>> = {
    StartMessageMoveTask: async (fields) => this.begin(new OperationInput(fields, sqsRefusals)),
    ListMessageMoveTasks: async (fields) => this.list(new OperationInput(fields, sqsRefusals)),
    CancelMessageMoveTask: async (fields) => this.cancel(new OperationInput(fields, sqsRefusals)),
  };

  stop(): void {
    for (const tasks of this.tasks.values()) for (const task of tasks) task.stop();
  }

  private begin(input: OperationInput): object {
    input.only("SourceArn", "DestinationArn", "MaxNumberOfMessagesPerSecond");
    const ratePerSecond = input.optionalInteger("MaxNumberOfMessagesPerSecond", { min: 1, max: MOST_MOVES_PER_SECOND });
    const source = this.queue(input.text("SourceArn"), "SourceArn");
    if (this.queues.sourcesOf(source).length === 0) {
      throw invalidParameterValue("Source queue must be configured as a Dead Letter Queue.");
    }
    const destinationArn = input.optionalText("DestinationArn");
    if (destinationArn !== undefined) this.queue(destinationArn, "DestinationArn");
    if (destinationArn === source.identity.arn) {
      throw invalidParameterValue("Source queue arn and destination queue arn cannot be the same.");
    }
    const earlier = this.tasks.get(source.identity.arn) ?? [];
    if (earlier[0]?.status === "RUNNING") {
      throw unsupportedOperation(
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
      );
    }
    const id = JSON.stringify({ taskId: randomUuid(this.random), sourceArn: source.identity.arn });
    const handle = Buffer.from(id).toString("base64");
    const around = { clock: this.clock, queueByArn: (arn: string) => this.queues.byArn(arn) };
    const task = new MoveTask(handle, { source, destinationArn, ratePerSecond }, around);
    this.tasks.set(source.identity.arn, [task, ...earlier].slice(0, TASKS_PER_QUEUE));
    return { TaskHandle: handle };
  }

  private list(input: OperationInput): object {
    input.only("SourceArn", "MaxResults");
    const most = input.optionalInteger("MaxResults", { min: 1, max: TASKS_PER_QUEUE }) ?? 1;
    const source = this.queue(input.text("SourceArn"), "SourceArn");
    return { Results: (this.tasks.get(source.identity.arn) ?? []).slice(0, most).map(taskDocument) };
  }

  private cancel(input: OperationInput): object {
    const handle = input.only("TaskHandle").text("TaskHandle");
    const task = [...this.tasks.values()].flat().find((known) => known.handle === handle);
    if (task === undefined) throw resourceNotFound("Task does not exist.");
    if (task.status !== "RUNNING") throw unsupportedOperation("Only active tasks can be cancelled.");
    task.cancel();
    return { ApproximateNumberOfMessagesMoved: task.moved };
  }

  private queue(arn: string, field: string): Queue {
    const queue = this.queues.byArn(arn);
    if (queue === undefined) {
      throw resourceNotFound(`The resource that you specified for the ${field} parameter doesn't exist.`);
    }
    return queue;
  }
}

/** Only a running task shows its handle: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasksResultEntry.html */
function taskDocument(task: MoveTask): object {
  const { source, destinationArn, ratePerSecond } = task.request;
  return {
    ...(task.status === "RUNNING" ? { TaskHandle: task.handle } : {}),
    Status: task.status,
    SourceArn: source.identity.arn,
    ...(destinationArn === undefined ? {} : { DestinationArn: destinationArn }),
    ...(ratePerSecond === undefined ? {} : { MaxNumberOfMessagesPerSecond: ratePerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failureReason === undefined ? {} : { FailureReason: task.failureReason }),
    StartedTimestamp: Math.floor(task.startedMs),
  };
}
