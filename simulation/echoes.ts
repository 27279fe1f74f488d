import { SFNClient, StartSyncExecutionCommand } from "@aws-sdk/client-sfn";
import type { Observations } from "./observations";
import type { Queues } from "./queues";
import type { Target } from "./target";
import type { Echo, Undertaking } from "./undertaking";

/** How long OrderCreated is waited for, in milliseconds of the runtime's clock. */
const CREATED_WITHIN_MS = 600_000;
const LOOK_EVERY_MS = 250;
/** Of the wall: longer than an execution may take. */
const PATIENCE_MS = 70_000;

/** Repeats what the pipeline does by itself: messages that were sent, executions that were started. */
export class Echoes {
  private readonly states: SFNClient;
  private readonly begun = new Set<Undertaking>();
  private readonly underWay: Promise<void>[] = [];
  private cancelled = false;

  constructor(
    private readonly target: Pick<Target, "aws" | "clock" | "stateMachineArn">,
    private readonly queues: Queues,
    private readonly observations: Observations,
  ) {
    const requestHandler = { requestTimeout: PATIENCE_MS };
    // A retry by the SDK would be a further execution, which nobody drew.
    this.states = new SFNClient({ ...target.aws, maxAttempts: 1, disableHostPrefix: true, requestHandler });
  }

  /** Begins the echo of an undertaking's order, once. */
  begin(undertaking: Undertaking, orderId: string): void {
    if (undertaking.echo === undefined || this.begun.has(undertaking)) return;
    this.begun.add(undertaking);
    this.underWay.push(this.echo(undertaking.echo, orderId));
  }

  get count(): number {
    return this.begun.size;
  }

  /** Resolves when all have been made. */
  async done(): Promise<void> {
    await Promise.all(this.underWay);
  }

  close(): void {
    this.cancelled = true;
    this.states.destroy();
  }

  private async echo({ messages, executions, afterMs }: Echo, orderId: string): Promise<void> {
    const { clock, stateMachineArn } = this.target;
    const untilMs = clock.now() + CREATED_WITHIN_MS;
    let created = this.observations.createdEvent(orderId);
    while (created === undefined) {
      if (this.cancelled || clock.now() > untilMs) return;
      await clock.sleep(LOOK_EVERY_MS);
      created = this.observations.createdEvent(orderId);
    }
    await clock.sleep(afterMs);
    const { detail } = created;
    const start = { stateMachineArn, name: `${orderId}-echo`, input: JSON.stringify(detail) };
    // Whatever goes wrong here is wanted: these are copies, and the order must not depend on them.
    await Promise.allSettled([
      ...Array.from({ length: messages }, () => this.queues.sendOrder(detail)),
      ...Array.from({ length: executions }, () => this.states.send(new StartSyncExecutionCommand(start))),
    ]);
  }
}
