import { AwsError } from "../awsError";
import type { Cloud } from "../resource";
import { OperationInput } from "../operationInput";
import type { Operation } from "../service";
import type { LogGroup, LogStream } from "./logGroup";
import { logGroupArn } from "./logKinds";
import { invalidParameter, logsRefusals } from "./logsError";
import type { LogReading } from "./readOperations";

/** What the operations on groups and streams need of the service. */
export interface LogGroups extends LogReading {
  readonly cloud: Cloud;
  readonly groups: ReadonlyMap<string, LogGroup>;
  createGroup(name: string): LogGroup;
  deleteGroup(group: LogGroup): void;
}

const PAGE = { min: 1, max: 50 };

/** CreateLogGroup, DeleteLogGroup, CreateLogStream, DescribeLogGroups and DescribeLogStreams. */
export function groupOperations(service: LogGroups): Readonly<Record<string, Operation>> {
  const read = (fields: Record<string, unknown>): OperationInput => new OperationInput(fields, logsRefusals);
  return {
    CreateLogGroup: async (fields) => {
      const input = read(fields).only("logGroupName", "tags", "kmsKeyId");
      service.createGroup(input.text("logGroupName"));
      return {};
    },
    DeleteLogGroup: async (fields) => {
      service.deleteGroup(service.groupOf(read(fields).only("logGroupName")));
      return {};
    },
    CreateLogStream: async (fields) => {
      const input = read(fields).only("logGroupName", "logStreamName");
      const group = service.groupOf(input);
      const name = input.text("logStreamName");
      if (!/^[^:*]{1,512}$/.test(name)) throw invalidParameter(`"${name}" is not a log stream name.`);
      if (group.streams.has(name)) {
        throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
      }
      group.stream(name, service.clock.now());
      return {};
    },
    DescribeLogGroups: async (fields) => describeGroups(service, read(fields)),
    DescribeLogStreams: async (fields) => describeStreams(service, read(fields)),
  };
}

function describeGroups(service: LogGroups, input: OperationInput): object {
  input.only("logGroupNamePrefix", "logGroupNamePattern", "limit", "nextToken");
  const prefix = input.optionalText("logGroupNamePrefix");
  const pattern = input.optionalText("logGroupNamePattern")?.toLowerCase();
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }
  const groups = [...service.groups.values()]
    .filter(({ name }) => name.startsWith(prefix ?? "") && name.toLowerCase().includes(pattern ?? ""))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { page, nextToken } = pageOf(groups, input);
  return { logGroups: page.map((group) => groupDocument(group, service.cloud)), ...nextToken };
}

function groupDocument(group: LogGroup, { region, accountId }: Cloud): object {
  const arn = logGroupArn(region, accountId, group.name);
  return {
    logGroupName: group.name,
    creationTime: Math.floor(group.createdMs),
    ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    logGroupClass: "STANDARD",
    storedBytes: group.storedBytes(),
  };
}

function describeStreams(service: LogGroups, input: OperationInput): object {
  input.only(
    "logGroupName",
    "logGroupIdentifier",
    "logStreamNamePrefix",
    "orderBy",
    "descending",
    "limit",
    "nextToken",
  );
  const group = service.groupOf(input);
  const prefix = input.optionalText("logStreamNamePrefix");
  const orderBy = input.optionalText("orderBy") ?? "LogStreamName";
  if (orderBy !== "LogStreamName" && orderBy !== "LastEventTime") {
    throw logsRefusals.invalid("orderBy", orderBy, "must be LogStreamName or LastEventTime");
  }
  if (orderBy === "LastEventTime" && prefix !== undefined) {
    throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  }
  const streams = [...group.streams.values()]
    .filter(({ name }) => name.startsWith(prefix ?? ""))
    .sort(orderBy === "LogStreamName" ? byName : (a, b) => (a.lastTimeMs ?? 0) - (b.lastTimeMs ?? 0) || byName(a, b));
  if (input.flag("descending")) streams.reverse();
  const { page, nextToken } = pageOf(streams, input);
  const arn = logGroupArn(service.cloud.region, service.cloud.accountId, group.name);
  return { logStreams: page.map((stream) => streamDocument(stream, arn)), ...nextToken };
}

function byName(a: LogStream, b: LogStream): number {
  return a.name < b.name ? -1 : 1;
}

function streamDocument(stream: LogStream, groupArn: string): object {
  return {
    logStreamName: stream.name,
    creationTime: Math.floor(stream.createdMs),
    ...(stream.firstTimeMs === undefined ? {} : { firstEventTimestamp: Math.floor(stream.firstTimeMs) }),
    ...(stream.lastTimeMs === undefined ? {} : { lastEventTimestamp: Math.floor(stream.lastTimeMs) }),
    ...(stream.lastIngestedMs === undefined ? {} : { lastIngestionTime: Math.floor(stream.lastIngestedMs) }),
    arn: `${groupArn}:log-stream:${stream.name}`,
    storedBytes: 0,
  };
}

/** Items come in a stable order, so a token is the name that the page before ended with. */
function pageOf<T extends { readonly name: string }>(
  items: readonly T[],
  input: OperationInput,
): { page: readonly T[]; nextToken: { nextToken?: string } } {
  const token = input.optionalText("nextToken");
  const limit = input.optionalInteger("limit", PAGE) ?? PAGE.max;
  const start = token === undefined ? 0 : items.findIndex(({ name }) => name === fromToken(token)) + 1;
  if (token !== undefined && start === 0) throw invalidParameter("The specified nextToken is invalid.");
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  const more = last !== undefined && start + limit < items.length;
  return { page, nextToken: more ? { nextToken: Buffer.from(last.name).toString("base64url") } : {} };
}

function fromToken(token: string): string {
  return Buffer.from(token, "base64url").toString();
}
