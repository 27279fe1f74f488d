import { EVENT_SOURCE, type EventDetail } from "../contracts/events";
import type { FeedEvents } from "../local/feed";
import type { Target } from "./target";

/** An order's event, as it stood on the bus. */
export interface SeenEvent {
  readonly type: string;
  readonly detail: EventDetail & Readonly<Record<string, unknown>>;
}

/** A message to the customer of an order. */
export interface SeenMessage {
  readonly orderId: string;
  readonly ending: string;
}

/** What happened inside, counted. */
export interface Happenings {
  executions: number;
  /** Executions beyond the first of an order. */
  doubleExecutions: number;
  failedExecutions: number;
  stepRetries: number;
  /** Attempts to charge an order that was being cancelled, or had been. */
  lateChargesRefused: number;
  /** Messages that were received again. */
  redeliveries: number;
  deadLetters: number;
  /** Copies of events that had been on the bus before. */
  repeatedEvents: number;
  /** Functions that died or threw something that is no business answer. */
  functionFaults: number;
}

/** Rejections reach Lambda as thrown errors of these types; they are answers. */
const REJECTIONS: ReadonlySet<string> = new Set(["OutOfStock", "PaymentDeclined", "OrderCancelled"]);

/** Listens to the runtime from its creation on, until stopped. */
export class Observations {
  readonly events: SeenEvent[] = [];
  readonly messages: SeenMessage[] = [];
  readonly happened: Happenings = {
    executions: 0,
    doubleExecutions: 0,
    failedExecutions: 0,
    stepRetries: 0,
    lateChargesRefused: 0,
    redeliveries: 0,
    deadLetters: 0,
    repeatedEvents: 0,
    functionFaults: 0,
  };
  /** When something last happened, on the runtime's clock. */
  lastMs: number;
  /** What functions threw, and what the runtime could tell to nobody else. */
  readonly troubles: string[] = [];
  private readonly created = new Map<string, SeenEvent>();
  private readonly eventIds = new Set<string>();
  private readonly executed = new Set<string>();
  private readonly listeners: (() => void)[];

  constructor(private readonly target: Pick<Target, "feed" | "clock" | "queues">) {
    const { feed, clock } = target;
    this.lastMs = clock.now();
    this.listeners = [
      feed.on("busEvent", (event) => this.onEvent(event)),
      feed.on("execution", (execution) => this.onExecution(execution)),
      feed.on("message", (message) => this.onMessage(message)),
      feed.on("invocation", (invocation) => this.onInvocation(invocation)),
      feed.on("mail", ({ attributes: { orderId, ending } }) => {
        if (orderId !== undefined && ending !== undefined) this.messages.push({ orderId, ending });
      }),
      feed.on("trouble", ({ where, message }) => this.troubles.push(`${where}: ${message}`)),
    ];
  }

  stop(): void {
    for (const stop of this.listeners) stop();
  }

  /** OrderCreated of an order, once it was on the bus. */
  createdEvent(orderId: string): SeenEvent | undefined {
    return this.created.get(orderId);
  }

  private onEvent({ event }: FeedEvents["busEvent"]): void {
    if (event.source !== EVENT_SOURCE) return;
    this.lastMs = this.target.clock.now();
    const seen = { type: event["detail-type"], detail: event.detail as SeenEvent["detail"] };
    this.events.push(seen);
    if (this.eventIds.has(seen.detail.eventId)) this.happened.repeatedEvents += 1;
    this.eventIds.add(seen.detail.eventId);
    if (seen.type === "OrderCreated") this.created.set(seen.detail.orderId, seen);
  }

  private onExecution({ what, name }: FeedEvents["execution"]): void {
    this.lastMs = this.target.clock.now();
    if (what === "retried") this.happened.stepRetries += 1;
    if (what === "failed" || what === "timedOut") this.happened.failedExecutions += 1;
    if (what !== "started") return;
    this.happened.executions += 1;
    const orderId = UUID.exec(name)?.[0] ?? name;
    if (this.executed.has(orderId)) this.happened.doubleExecutions += 1;
    this.executed.add(orderId);
  }

  private onMessage({ what, queue, receiveCount }: FeedEvents["message"]): void {
    this.lastMs = this.target.clock.now();
    const ofOrders = this.target.queues.orders.endsWith(`/${queue}`);
    if (what === "received" && ofOrders && receiveCount > 1) this.happened.redeliveries += 1;
    if (what === "moved" && ofOrders) this.happened.deadLetters += 1;
  }

  private onInvocation({ functionName, error }: FeedEvents["invocation"]): void {
    // A schedule runs every minute for ever; what it finds to do shows as messages.
    if (!functionName.endsWith("-reconcileOrders")) this.lastMs = this.target.clock.now();
    if (error === undefined) return;
    if (!REJECTIONS.has(error.errorType)) {
      this.happened.functionFaults += 1;
      const fault = `${functionName}: ${error.errorType}: ${error.errorMessage}`;
      this.troubles.push(fault);
    }
    if (error.errorType === "OrderCancelled" && /processPayment/i.test(functionName)) {
      this.happened.lateChargesRefused += 1;
    }
  }
}

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/;
