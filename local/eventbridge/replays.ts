import { AwsError } from "../awsError";
import type { Clock, Release } from "../clock";
import type { BusEvent } from "../feed";
import { OperationInput } from "../operationInput";
import type { Operation } from "../service";
import { eventsRefusals, resourceNotFound, validation } from "./eventBridgeError";
import type { EventBuses } from "./eventBuses";

/** Events that a replay sends at once, and the time between two such steps. */
const STEP_EVENTS = 500;
const STEP_MS = 1000;

interface Replay {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly archiveArn: string;
  readonly busArn: string;
  readonly ruleArns: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly startedMs: number;
  readonly events: readonly BusEvent[];
  sent: number;
  state: "STARTING" | "RUNNING" | "COMPLETED" | "CANCELLED";
  endedMs: number | undefined;
  release: Release | undefined;
}

/** Replays of archives to the bus that they were made of, on the clock. */
export class Replays {
  private readonly replays = new Map<string, Replay>();

  constructor(
    private readonly buses: EventBuses,
    private readonly clock: Clock,
  ) {}

  readonly operations: Readonly<Record<string, Operation>> = {
    StartReplay: async (fields) => this.begin(new OperationInput(fields, eventsRefusals)),
    DescribeReplay: async (fields) => describe(this.find(new OperationInput(fields, eventsRefusals))),
    CancelReplay: async (fields) => this.cancel(this.find(new OperationInput(fields, eventsRefusals))),
  };

  stop(): void {
    for (const { release } of this.replays.values()) release?.();
  }

  private begin(input: OperationInput): object {
    input.only("ReplayName", "Description", "EventSourceArn", "EventStartTime", "EventEndTime", "Destination");
    const name = input.text("ReplayName");
    if (this.replays.has(name)) {
      throw new AwsError("ResourceAlreadyExistsException", `Replay ${name} already exists.`);
    }
    const archiveArn = input.text("EventSourceArn");
    const archive = [...this.buses.archives.values()].find(({ settings }) => settings.arn === archiveArn);
    if (archive === undefined) throw resourceNotFound(`Archive ${archiveArn}`);
    const destination = new OperationInput(input.fieldsOf("Destination"), eventsRefusals).only("Arn", "FilterArns");
    const busArn = destination.text("Arn");
    // A replay goes back to the bus that the archive was made of, and to no other.
    if (busArn !== archive.settings.sourceArn) {
      throw validation("Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
    }
    const [fromMs, toMs] = [milliseconds(input, "EventStartTime"), milliseconds(input, "EventEndTime")];
    if (toMs <= fromMs) throw validation("EventEndTime must be later than EventStartTime.");
    const replay: Replay = {
      name,
      arn: archiveArn.replace(/:archive\/.*$/, `:replay/${name}`),
      description: input.optionalText("Description"),
      archiveArn,
      busArn,
      ruleArns: destination.texts("FilterArns"),
      fromMs,
      toMs,
      startedMs: this.clock.now(),
      events: archive.between({ fromMs, toMs }, this.clock.now()),
      sent: 0,
      state: "STARTING",
      endedMs: undefined,
      release: undefined,
    };
    this.replays.set(name, replay);
    this.wait(replay);
    return { ReplayArn: replay.arn, State: "STARTING", ReplayStartTime: replay.startedMs / 1000 };
  }

  private wait(replay: Replay): void {
    replay.release = this.clock.after(STEP_MS, () => this.step(replay));
  }

  private step(replay: Replay): void {
    replay.state = "RUNNING";
    const rules = replay.ruleArns.length === 0 ? undefined : new Set(replay.ruleArns);
    for (const event of replay.events.slice(replay.sent, replay.sent + STEP_EVENTS)) {
      const replayed = { ...event, "replay-name": replay.name };
      const publication = { event: replayed, receivedMs: this.clock.now(), forwarded: false };
      this.buses.publish(this.buses.bus(replay.busArn), publication, rules);
      replay.sent++;
    }
    if (replay.sent < replay.events.length) return this.wait(replay);
    replay.state = "COMPLETED";
    replay.endedMs = this.clock.now();
  }

  private cancel(replay: Replay): object {
    if (replay.state === "COMPLETED" || replay.state === "CANCELLED") {
      throw new AwsError("IllegalStatusException", `Replay ${replay.name} is not in a valid state for this operation.`);
    }
    replay.release?.();
    replay.state = "CANCELLED";
    replay.endedMs = this.clock.now();
    return { ReplayArn: replay.arn, State: "CANCELLED" };
  }

  private find(input: OperationInput): Replay {
    const name = input.only("ReplayName").text("ReplayName");
    const replay = this.replays.get(name);
    if (replay === undefined) throw resourceNotFound(`Replay ${name}`);
    return replay;
  }
}

function describe(replay: Replay): object {
  const last = replay.events[replay.sent - 1];
  return {
    ReplayName: replay.name,
    ReplayArn: replay.arn,
    ...(replay.description === undefined ? {} : { Description: replay.description }),
    State: replay.state,
    EventSourceArn: replay.archiveArn,
    Destination: { Arn: replay.busArn, ...(replay.ruleArns.length === 0 ? {} : { FilterArns: replay.ruleArns }) },
    EventStartTime: replay.fromMs / 1000,
    EventEndTime: replay.toMs / 1000,
    ...(last === undefined ? {} : { EventLastReplayedTime: Date.parse(last.time) / 1000 }),
    ReplayStartTime: replay.startedMs / 1000,
    ...(replay.endedMs === undefined ? {} : { ReplayEndTime: replay.endedMs / 1000 }),
  };
}

function milliseconds(input: OperationInput, field: string): number {
  const seconds = input.optionalNumber(field);
  if (seconds === undefined) throw eventsRefusals.missing(field);
  return seconds * 1000;
}
