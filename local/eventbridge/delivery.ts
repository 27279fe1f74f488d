import { setMaxListeners } from "node:events";
import type { Clock } from "../clock";
import type { BusEvent, Feed, FeedEvents } from "../feed";
import { demand, type AccessControl, type Principal } from "../iam/access";
import type { InvokeOptions } from "../invoker";
import type { LogSink } from "../logs/logSink";
import type { MessageAttributes } from "../sqs/message";
import { DeliveryFailure, failureOf, noPermissions } from "./deliveryFailure";
import type { Rule } from "./eventBus";
import type { Target } from "./target";

/** How rules call functions. Implemented by the Lambda service. */
export interface AsyncInvoker {
  /** Takes on an asynchronous call, whose failure is the function's affair; throws AwsError when it cannot. */
  invokeLater(functionNameOrArn: string, payload: string, options?: InvokeOptions): string;
  /** Whether the function's resource policy lets the caller invoke it. */
  permits(functionNameOrArn: string, caller: { readonly principal: string; readonly sourceArn: string }): boolean;
}

/** Where rules deliver to. */
export interface Destinations {
  readonly queues: {
    send(arn: string, body: string, attributes: MessageAttributes): void;
    /** Absent, every queue is there. */
    has?(arn: string): boolean;
  };
  readonly invoker: AsyncInvoker;
  readonly logs: LogSink & { hasGroup(name: string): boolean };
  /** Who may do what, and where the policies of buses go; absent, rules may everything but invoke functions. */
  readonly access?: AccessControl;
}

/** An event on its way through a bus. */
export interface Publication {
  readonly event: BusEvent & { readonly "replay-name"?: string };
  readonly receivedMs: number;
  /** Whether another bus sent it; such an event goes to no third bus. */
  readonly forwarded: boolean;
  readonly traceHeader?: string | undefined;
}

/** What is needed to deliver, beside the destinations. */
export interface DeliverySurroundings {
  readonly clock: Clock;
  readonly feed: Feed;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  /** Hands an event to another bus; throws ResourceNotFoundException. */
  forward(busArn: string, publication: Publication): void;
}

const FIRST_BACKOFF_MS = 1000;
/** 185 attempts in 24 hours leave about eight minutes between two. */
const LONGEST_BACKOFF_MS = 480_000;

/** Delivers events to targets: at least once, retried with backoff and jitter, then dead-lettered or dropped. */
export class Delivery {
  private readonly stopped = new AbortController();

  constructor(
    private readonly to: Destinations,
    private readonly around: DeliverySurroundings,
  ) {
    // One for each delivery that waits for its next attempt; Node takes more than ten for a leak.
    setMaxListeners(0, this.stopped.signal);
  }

  /** Begins to deliver; the answer comes before the first attempt. */
  begin(publication: Publication, rule: Rule, target: Target): void {
    this.deliver(publication, rule, target).catch((error: unknown) => {
      if (!this.stopped.signal.aborted) this.trouble(rule, target, String(error));
    });
  }

  stop(): void {
    this.stopped.abort(new Error("The runtime stopped."));
  }

  private async deliver(publication: Publication, rule: Rule, target: Target): Promise<void> {
    await Promise.resolve();
    const { clock } = this.around;
    const lastMs = publication.receivedMs + target.maximumEventAgeSeconds * 1000;
    for (let retries = 0; ; retries++) {
      this.note(rule, "attempted");
      const failure = this.attempt(publication, rule, target);
      if (failure === undefined) this.note(rule, "delivered");
      if (failure === undefined || this.stopped.signal.aborted) return;
      const backoffMs = this.backoffMs(retries);
      const exhausted = !failure.retryable
        ? "none"
        : retries >= target.maximumRetryAttempts
          ? "MaximumRetryAttempts"
          : clock.now() + backoffMs > lastMs
            ? "MaximumEventAgeInSeconds"
            : undefined;
      if (exhausted !== undefined) return this.giveUp({ publication, rule, target, failure, retries, exhausted });
      await clock.sleep(backoffMs, this.stopped.signal);
      this.note(rule, "retried");
    }
  }

  private backoffMs(retries: number): number {
    const longestMs = Math.min(FIRST_BACKOFF_MS * 2 ** retries, LONGEST_BACKOFF_MS);
    return longestMs * (0.5 + this.around.random() / 2);
  }

  private attempt(publication: Publication, rule: Rule, target: Target): DeliveryFailure | undefined {
    try {
      this.hand(publication, rule, target);
      return undefined;
    } catch (error) {
      return failureOf(error);
    }
  }

  private hand(publication: Publication, rule: Rule, target: Target): void {
    const { event, receivedMs, traceHeader } = publication;
    if (target.kind === "eventBus") {
      this.demand(target.arn, "events:PutEvents", { rule, target });
      if (publication.forwarded) {
        throw new DeliveryFailure(
          "THIRD_ACCOUNT_HOP_DETECTED",
          "An event that came from a bus goes to no third bus.",
          false,
        );
      }
      return this.around.forward(target.arn, { ...publication, forwarded: true });
    }
    const ingestionTime = new Date(receivedMs).toISOString();
    const text = target.render(event, { ruleArn: rule.arn, ruleName: rule.name, ingestionTime });
    if (target.kind === "queue") return this.sendTo(text, rule, target);
    if (target.kind === "logGroup") return this.log(target, rule, text);
    this.invoke(target, rule, { text, traceHeader });
  }

  private sendTo(text: string, rule: Rule, target: Target): void {
    // A queue that is gone has no policy that could let the rule in: it is missing, not forbidden.
    if (this.to.queues.has?.(target.arn) !== false) this.demand(target.arn, "sqs:SendMessage", { rule, target });
    this.to.queues.send(target.arn, text, {});
  }

  /** A target with a role is reached with it; any other must let the rule in by a policy of its own. */
  private demand(resource: string, action: string, { rule, target }: { rule: Rule; target?: Target }): void {
    const roleArn = target?.roleArn;
    const principal: Principal =
      roleArn === undefined
        ? { kind: "service", service: "events.amazonaws.com", sourceArn: rule.arn }
        : { kind: "role", roleArn, session: rule.name.slice(0, 64) };
    demand(this.to.access, { principal, action, resource });
  }

  /** All lines of a rule go to one stream; EventBridge itself makes up stream names. */
  private log(target: Target, rule: Rule, text: string): void {
    const group = target.arn.split(":log-group:")[1]?.replace(/:\*$/, "") ?? "";
    if (!this.to.logs.hasGroup(group))
      throw new DeliveryFailure("NO_RESOURCE", `The log group ${group} does not exist.`, false);
    const stream = `${target.arn.replace(/:\*$/, "")}:log-stream:${rule.name}`;
    for (const action of ["logs:CreateLogStream", "logs:PutLogEvents"]) this.demand(stream, action, { rule });
    this.to.logs.put(group, rule.name, this.around.clock.now(), text);
  }

  private invoke(
    target: Target,
    rule: Rule,
    { text, traceHeader }: { text: string; traceHeader: string | undefined },
  ): void {
    try {
      JSON.parse(text);
    } catch {
      throw new DeliveryFailure("INVALID_JSON", `The input for ${target.arn} is not JSON: ${text}`, false);
    }
    if (target.roleArn !== undefined) this.demand(target.arn, "lambda:InvokeFunction", { rule, target });
    const caller = { principal: "events.amazonaws.com", sourceArn: rule.arn };
    if (target.roleArn === undefined && !this.to.invoker.permits(target.arn, caller)) {
      throw noPermissions(`No permission of ${target.arn} lets ${caller.principal} invoke it for ${rule.arn}.`);
    }
    this.to.invoker.invokeLater(target.arn, text, traceHeader === undefined ? {} : { traceHeader });
  }

  private giveUp(end: DeliveryEnd): void {
    const { rule, target, failure, publication } = end;
    if (target.deadLetterArn === undefined) {
      this.note(rule, "dropped");
      return this.trouble(rule, target, `dropped event ${publication.event.id}: ${failure.code}: ${failure.message}`);
    }
    try {
      this.demand(target.deadLetterArn, "sqs:SendMessage", { rule });
      this.to.queues.send(target.deadLetterArn, JSON.stringify(publication.event), deadLetterAttributes(end));
      this.note(rule, "deadLettered");
    } catch (error) {
      this.note(rule, "lost");
      this.trouble(
        rule,
        target,
        `lost event ${publication.event.id}, its dead-letter queue failed: ${(error as Error).message}`,
      );
    }
  }

  private note({ busName, name }: Rule, what: FeedEvents["ruleDelivery"]["what"]): void {
    const { feed, clock } = this.around;
    feed.emit("ruleDelivery", { bus: busName, rule: name, what, timeMs: clock.now() });
  }

  private trouble(rule: Rule, target: Target, message: string): void {
    this.around.feed.emit("trouble", { where: `rule ${rule.name}, target ${target.arn}`, message });
  }
}

interface DeliveryEnd {
  readonly publication: Publication;
  readonly rule: Rule;
  readonly target: Target;
  readonly failure: DeliveryFailure;
  readonly retries: number;
  readonly exhausted: "none" | "MaximumRetryAttempts" | "MaximumEventAgeInSeconds";
}

function deadLetterAttributes({ rule, target, failure, retries, exhausted }: DeliveryEnd): MessageAttributes {
  const text = (stringValue: string): { dataType: string; stringValue: string } => ({
    dataType: "String",
    stringValue,
  });
  return {
    RULE_ARN: text(rule.arn),
    TARGET_ARN: text(target.arn),
    ERROR_CODE: text(failure.code),
    ERROR_MESSAGE: text(failure.message.slice(0, 1024)),
    RETRY_ATTEMPTS: text(`${retries}`),
    ...(exhausted === "none" ? {} : { EXHAUSTED_RETRY_CONDITION: text(exhausted) }),
  };
}
