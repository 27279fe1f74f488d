import { AwsError } from "../awsError";
import { parseArn } from "../arn";
import type { Clock } from "../clock";
import type { Feed } from "../feed";
import type { Permission } from "../iam/access";
import type { PolicyBook } from "../iam/resourcePolicies";
import type { OperationInput } from "../operationInput";
import type { Cloud, Resource } from "../resource";
import type { LocalService, Operation } from "../service";
import { groupOperations } from "./groupOperations";
import { LogGroup } from "./logGroup";
import { logKinds } from "./logKinds";
import { invalidParameter, notFound } from "./logsError";
import type { LogSink } from "./logSink";
import { permissionsOf } from "./permissions";
import { readOperations } from "./readOperations";
import { writeOperations } from "./writeOperations";

/** Retentions in days that CloudWatch Logs takes; 0 means for ever. */
const RETENTIONS = new Set([
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

/** What the stand-in for CloudWatch Logs needs. */
export interface LogsServiceOptions {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  /** Told the account's policies for its groups; absent, they bind nobody. */
  readonly policies?: PolicyBook;
}

/**
 * CloudWatch Logs in memory: groups, streams, at most 10,000 lines a group, retention on the clock.
 * Everything that is written is told on the feed as `log`.
 */
export class LogsService implements LocalService, LogSink {
  readonly name = "logs";
  readonly kinds = logKinds;
  readonly targetPrefixes = ["Logs_20140328"];
  readonly operations: Readonly<Record<string, Operation>>;
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly groups = new Map<string, LogGroup>();
  private readonly feed: Feed;
  private readonly policies: PolicyBook | undefined;
  private readonly documents: string[] = [];

  constructor({ cloud, clock, feed, policies }: LogsServiceOptions) {
    this.policies = policies;
    this.cloud = cloud;
    this.clock = clock;
    this.feed = feed;
    this.operations = { ...groupOperations(this), ...readOperations(this), ...writeOperations(this) };
  }

  async realise({ type, name, inputs, outputs }: Resource): Promise<void> {
    if (type === "aws:cloudwatch/logResourcePolicy:LogResourcePolicy") return this.addPolicy(name, inputs);
    const logGroupClass = inputs["logGroupClass"] ?? "STANDARD";
    if (logGroupClass !== "STANDARD") {
      throw new Error(
        `${name}: the local runtime has no stand-in for the log group class ${JSON.stringify(logGroupClass)}.`,
      );
    }
    const days = inputs["retentionInDays"] ?? 0;
    if (typeof days !== "number" || !RETENTIONS.has(days)) {
      throw new Error(
        `${name}: retentionInDays must be one of ${[...RETENTIONS].join(", ")}, not ${JSON.stringify(days)}.`,
      );
    }
    const group = this.createGroup(outputs["name"] as string);
    group.retentionDays = days === 0 ? undefined : days;
  }

  put(group: string, stream: string, timeMs: number, message: string): void {
    const target = this.groups.get(group) ?? this.createGroup(group);
    target.add({ stream, timeMs, message, ingestedMs: this.clock.now() });
    this.feed.emit("log", { group, stream, timeMs, message });
  }

  /** Whether a group of that name was declared, created or written to. */
  hasGroup(name: string): boolean {
    return this.groups.has(name);
  }

  /** @throws ResourceAlreadyExistsException */
  createGroup(name: string): LogGroup {
    if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) throw invalidParameter(`"${name}" is not a log group name.`);
    if (this.groups.has(name)) {
      throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
    }
    const group = new LogGroup(name, this.clock.now());
    this.groups.set(name, group);
    return group;
  }

  deleteGroup({ name }: LogGroup): void {
    this.groups.delete(name);
  }

  /** The group that `logGroupName` or `logGroupIdentifier` (name or ARN) names. */
  groupOf(input: OperationInput): LogGroup {
    const identifier = input.optionalText("logGroupIdentifier") ?? input.text("logGroupName");
    const group = this.groups.get(groupName(identifier));
    if (group === undefined) throw notFound("log group");
    return group;
  }

  permissionsFor(operation: string, input: Record<string, unknown>): readonly Permission[] {
    return permissionsOf(operation, input, this.cloud);
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  /** These policies are the account's: each may speak of any group. */
  private addPolicy(name: string, { policyDocument }: Resource["inputs"]): void {
    try {
      this.documents.push(typeof policyDocument === "string" ? policyDocument : JSON.stringify(policyDocument));
      this.policies?.attach("arn:aws:logs", this.documents);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}.`, { cause: error });
    }
  }
}

/** The name in `arn:aws:logs:region:account:log-group:name[:*]`; a name is answered as it is. */
export function groupName(identifier: string): string {
  if (!identifier.startsWith("arn:")) return identifier;
  return parseArn(identifier)
    .resource.replace(/^log-group:/, "")
    .replace(/:\*$/, "");
}
