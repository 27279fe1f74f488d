import { AwsError } from "../awsError";
import type { Clock } from "../clock";
import type { Feed } from "../feed";
import type { Permission } from "../iam/access";
import { OperationInput } from "../operationInput";
import type { Cloud, Resource } from "../resource";
import type { LocalService, Operation } from "../service";
import type { Destinations } from "./delivery";
import { eventsRefusals } from "./eventBridgeError";
import { DEFAULT_BUS, type Rule } from "./eventBus";
import { EventBuses } from "./eventBuses";
import { eventKinds } from "./eventKinds";
import { permissionsOf } from "./permissions";
import { newEvent, putEvents, type PutEventsSurroundings } from "./putEvents";
import { realiseEvents } from "./realiseEvents";
import { Replays } from "./replays";
import { ruleOperations } from "./ruleOperations";
import { SCHEDULED_EVENT, Schedules } from "./schedules";

/** What the stand-in for EventBridge needs. */
export interface EventBridgeServiceOptions extends Destinations {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  /** Numbers from 0 up to 1, for ids and jitter; absent for true randomness. */
  readonly random?: () => number;
  /** Whether an entry of PutEvents is throttled now, whose call is not; absent: never. */
  readonly throttles?: PutEventsSurroundings["throttles"];
}

/**
 * EventBridge in memory: buses, rules by pattern or rate, targets with retries and dead letters, archives
 * and their replay. Every accepted event is told on the feed as `busEvent`.
 */
export class EventBridgeService implements LocalService {
  readonly name = "events";
  readonly kinds = eventKinds;
  readonly targetPrefixes = ["AWSEvents"];
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly buses: EventBuses;
  private readonly schedules: Schedules;
  private readonly replays: Replays;
  private readonly around: PutEventsSurroundings;

  constructor(private readonly options: EventBridgeServiceOptions) {
    const { cloud, clock, feed, random, throttles } = options;
    this.buses = new EventBuses({ cloud, clock, feed, random: random ?? Math.random, destinations: options });
    this.around = { buses: this.buses, cloud, clock, feed, random, throttles };
    this.schedules = new Schedules(clock, (rule, dueMs) => this.triggerSchedule(rule, dueMs));
    this.replays = new Replays(this.buses, clock);
    this.operations = {
      PutEvents: async (fields) => putEvents(new OperationInput(fields, eventsRefusals), this.around),
      ...ruleOperations(this.buses, clock),
      ...this.replays.operations,
    };
  }

  async realise(resource: Resource): Promise<void> {
    try {
      realiseEvents(resource, { buses: this.buses, clock: this.options.clock, policies: this.options.access });
    } catch (error) {
      const code = error instanceof AwsError ? `${error.code}: ` : "";
      throw new Error(`${resource.name}: ${code}${(error as Error).message}`, { cause: error });
    }
  }

  permissionsFor(operation: string, input: Record<string, unknown>): readonly Permission[] {
    return permissionsOf(operation, input, this.options.cloud);
  }

  async start(): Promise<void> {
    this.schedules.start([...this.buses.bus(DEFAULT_BUS).rules.values()]);
  }

  async stop(): Promise<void> {
    this.schedules.stop();
    this.replays.stop();
    this.buses.stop();
  }

  /** A schedule reaches the targets of its own rule alone, not the other rules of the bus. */
  private triggerSchedule(rule: Rule, dueMs: number): void {
    const event = newEvent(this.around, dueMs, { ...SCHEDULED_EVENT, resources: [rule.arn] });
    this.options.feed.emit("busEvent", { bus: rule.busName, event });
    this.buses.trigger(rule, { event, receivedMs: this.options.clock.now(), forwarded: false });
  }
}
