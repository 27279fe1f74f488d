import { AwsError } from "../awsError";
import type { Clock } from "../clock";
import { requestJson } from "../endpoint/requestJson";
import type { Faults } from "./faults";

/** A call of an AWS operation, before it is carried out. */
export interface FaultyCall {
  /** For example `dynamodb:TransactWriteItems`. */
  readonly action: string;
  /** Absent for a caller from outside, whom only outages trouble. */
  readonly roleArn?: string;
  readonly body: Buffer;
  /** The trace header of the function's invocation that calls. */
  readonly trace?: string | undefined;
}

/** The connection breaks before an answer: the caller cannot know whether the call took effect. */
export class ConnectionBroken extends Error {}

export interface CallFaultsParts {
  readonly faults: Faults;
  readonly clock: Clock;
  /** Kills the function that acts under this role, in the middle of what it does. */
  killCaller(roleArn: string): void;
}

/** How each service says that it is asked too often; with status 400, unless {@link THROTTLED_STATUS} has another. */
const THROTTLED: Readonly<Record<string, string>> = {
  dynamodb: "ProvisionedThroughputExceededException",
  events: "ThrottlingException",
  sqs: "ThrottlingException",
  states: "ThrottlingException",
  s3: "SlowDown",
  sns: "Throttled",
  ses: "TooManyRequestsException",
};

const THROTTLED_STATUS: Readonly<Record<string, number>> = { s3: 503, sns: 429, ses: 429 };

/** Lets calls of functions go wrong, as a plan of faults decides. */
export class CallFaults {
  constructor(private readonly parts: CallFaultsParts) {}

  /** Carries a call out, or lets it go wrong: before its effect, after it, or instead of its answer. */
  async around<Answer>(call: FaultyCall, carryOut: () => Promise<Answer>): Promise<Answer> {
    const { faults, clock } = this.parts;
    const [service = ""] = call.action.split(":");
    const { roleArn } = call;
    if (faults.isAway(service, clock.now(), roleArn === undefined ? undefined : call)) {
      throw new AwsError("ServiceUnavailable", `${service} is away.`, 503);
    }
    const slownessMs = faults.slownessMs(service, roleArn);
    if (slownessMs > 0) await clock.sleep(slownessMs);
    if (roleArn === undefined || !faults.active || !faults.troubles({ action: call.action, roleArn }))
      return carryOut();
    const identity = `${roleArn}|${call.action}|${subjectOf(call.body)}`;
    this.refuse(service, call, identity);
    if (faults.strikesCall("killWorker", identity, "before")) this.kill(roleArn);
    if (faults.strikesCall("delay", identity)) this.postpone(identity, carryOut);
    const answer = await carryOut();
    if (faults.strikesCall("killWorker", identity, "after")) this.kill(roleArn);
    if (faults.strikesCall("loseAnswer", identity)) throw new ConnectionBroken("The answer was lost.");
    return answer;
  }

  private refuse(service: string, { action, body }: FaultyCall, identity: string): void {
    const { faults } = this.parts;
    if (faults.strikesCall("throttle", identity)) {
      throw new AwsError(
        THROTTLED[service] ?? "ThrottlingException",
        "Rate exceeded",
        THROTTLED_STATUS[service] ?? 400,
      );
    }
    if (action === "dynamodb:TransactWriteItems" && faults.strikesCall("conflict", identity)) {
      throw conflict(body, faults.draw("conflict on", identity));
    }
    if (faults.strikesCall("failBefore", identity))
      throw new AwsError("InternalServerError", "An injected fault.", 500);
  }

  /** The caller loses its connection now; the call takes effect later, when nobody waits for it any more. */
  private postpone(identity: string, carryOut: () => Promise<unknown>): never {
    const { clock, faults } = this.parts;
    clock.after(faults.delayOf(identity), () => {
      const release = clock.busy();
      carryOut().then(release, release);
    });
    throw new ConnectionBroken("The call is on its way, its caller is not.");
  }

  private kill(roleArn: string): never {
    this.parts.killCaller(roleArn);
    throw new ConnectionBroken("The caller was killed.");
  }
}

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html: reasons in the order of the items.
 *
 * @param drawn from 0 up to 1, which of them it is
 */
function conflict(body: Buffer, drawn: number): AwsError {
  const { TransactItems = [] } = requestJson<{ TransactItems?: unknown[] }>(body) ?? {};
  const reasons = TransactItems.map((_, index) =>
    index === Math.floor(drawn * TransactItems.length)
      ? { Code: "TransactionConflict", Message: "Transaction is ongoing for the item" }
      : { Code: "None" },
  );
  return new AwsError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`,
    400,
    { CancellationReasons: reasons },
  );
}

/**
 * What a call is about: the keys, names and types in its input, without what differs at every run
 * (times, tokens, versions). Two runs of one workload ask about the same things.
 */
function subjectOf(body: Buffer): string {
  return JSON.stringify(named(requestJson(body))) ?? "";
}

const TELLING = new Set([
  "TableName",
  "Key",
  "QueueUrl",
  "DetailType",
  "name",
  "stateMachineArn",
  "TopicArn",
  "Statement",
]);

function named(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (typeof value !== "object" || value === null) return undefined;
  const told = Object.entries(value).map(([key, field]) => [key, TELLING.has(key) ? field : named(field)] as const);
  return Object.fromEntries(told.filter(([, field]) => field !== undefined));
}
