import type { Clock, Release } from "../clock";
import type { Queue } from "./queue";

/** How to move the messages of a dead-letter queue. */
export interface MoveRequest {
  readonly source: Queue;
  /** Absent: each message goes back to the queue that it failed in. */
  readonly destinationArn?: string | undefined;
  /** Messages a second, 1 to 500. */
  readonly ratePerSecond?: number | undefined;
}

export interface MoveSurroundings {
  readonly clock: Clock;
  queueByArn(arn: string): Queue | undefined;
}

/** The most that SQS moves by itself: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
export const MOST_MOVES_PER_SECOND = 500;
const STEP_MS = 100;

/**
 * Moves visible messages of a dead-letter queue at a steady rate on the clock, oldest first, until none is
 * left. A moved message keeps body and attributes and is otherwise new: its id, its time, its receive count.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export class MoveTask {
  status: "RUNNING" | "COMPLETED" | "CANCELLED" | "FAILED" = "RUNNING";
  moved = 0;
  failureReason: string | undefined;
  readonly startedMs: number;
  /** Visible messages at the start. */
  readonly toMove: number;
  private readonly ratePerSecond: number;
  private release: Release | undefined;

  constructor(
    readonly handle: string,
    readonly request: MoveRequest,
    private readonly around: MoveSurroundings,
  ) {
    this.startedMs = around.clock.now();
    this.toMove = request.source.counts().visible;
    this.ratePerSecond = request.ratePerSecond ?? MOST_MOVES_PER_SECOND;
    this.wait();
  }

  cancel(): void {
    this.end("CANCELLED");
  }

  /** Stops moving without an end, when the runtime stops. */
  stop(): void {
    this.release?.();
  }

  private wait(): void {
    const delayMs = Math.max(STEP_MS, 1000 / this.ratePerSecond);
    this.release = this.around.clock.after(delayMs, () => this.step());
  }

  private step(): void {
    const elapsedSeconds = (this.around.clock.now() - this.startedMs) / 1000;
    const allowed = Math.floor(elapsedSeconds * this.ratePerSecond);
    while (this.status === "RUNNING" && this.moved < allowed) this.moveOne();
    if (this.status === "RUNNING") this.wait();
  }

  private moveOne(): void {
    const { source, destinationArn } = this.request;
    const message = source.takeForMove();
    if (message === undefined) return this.end("COMPLETED");
    const arn = destinationArn ?? message.deadLetterSourceArn;
    const destination = arn === undefined ? undefined : this.around.queueByArn(arn);
    if (destination === undefined) {
      source.putBack(message);
      const reason = arn === undefined ? "CouldNotDetermineMessageSource" : "AWS.SimpleQueueService.NonExistentQueue";
      return this.end("FAILED", reason);
    }
    this.moved++;
    source.tellMoved(message, destination.identity.name);
    destination.acceptRedriven(message);
  }

  private end(status: "COMPLETED" | "CANCELLED" | "FAILED", reason?: string): void {
    this.status = status;
    this.failureReason = reason;
    this.release?.();
  }
}
