import type { Clock } from "../clock";
import { isFields, OperationInput } from "../operationInput";
import type { Operation } from "../service";
import type { Archive } from "./archive";
import { eventsRefusals, resourceNotFound, validation } from "./eventBridgeError";
import type { EventBus, Rule } from "./eventBus";
import type { EventBuses } from "./eventBuses";
import { parseEventPattern } from "./eventPattern";
import type { Target } from "./target";

const PAGE = { min: 1, max: 100 };
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
const TESTED_FIELDS = ["id", "account", "source", "time", "region", "resources", "detail-type"];

/** Reading buses, rules, targets and archives; switching rules; testing patterns. */
export function ruleOperations(buses: EventBuses, clock: Clock): Readonly<Record<string, Operation>> {
  const read = (fields: Record<string, unknown>, ...known: string[]): OperationInput =>
    new OperationInput(fields, eventsRefusals).only(...known);
  const ruleOf = (input: OperationInput): Rule => buses.rule(input.optionalText("EventBusName"), input.text("Name"));
  const switchRule = (fields: Record<string, unknown>, enabled: boolean): object => {
    ruleOf(read(fields, "Name", "EventBusName")).enabled = enabled;
    return {};
  };
  return {
    ListEventBuses: async (fields) => {
      const input = read(fields, "NamePrefix", "NextToken", "Limit");
      const { page, next } = pageOf(buses.all(), input, ({ name }) => name);
      return { EventBuses: page.map(busDocument), ...next };
    },
    DescribeEventBus: async (fields) => busDocument(buses.bus(read(fields, "Name").optionalText("Name"))),
    ListRules: async (fields) => {
      const input = read(fields, "NamePrefix", "EventBusName", "NextToken", "Limit");
      const { rules } = buses.bus(input.optionalText("EventBusName"));
      const { page, next } = pageOf([...rules.values()], input, ({ name }) => name);
      return { Rules: page.map(ruleDocument), ...next };
    },
    DescribeRule: async (fields) => ruleDocument(ruleOf(read(fields, "Name", "EventBusName"))),
    ListTargetsByRule: async (fields) => {
      const input = read(fields, "Rule", "EventBusName", "NextToken", "Limit");
      const { targets } = buses.rule(input.optionalText("EventBusName"), input.text("Rule"));
      const { page, next } = pageOf([...targets.values()], input, ({ id }) => id);
      return { Targets: page.map(targetDocument), ...next };
    },
    EnableRule: async (fields) => switchRule(fields, true),
    DisableRule: async (fields) => switchRule(fields, false),
    TestEventPattern: async (fields) => testPattern(read(fields, "EventPattern", "Event")),
    ListArchives: async (fields) => {
      const input = read(fields, "NamePrefix", "EventSourceArn", "NextToken", "Limit");
      const source = input.optionalText("EventSourceArn");
      const archives = [...buses.archives.values()].filter(
        ({ settings }) => (source ?? settings.sourceArn) === settings.sourceArn,
      );
      const { page, next } = pageOf(archives, input, ({ settings }) => settings.name);
      return { Archives: page.map((archive) => archiveSummary(archive, clock.now())), ...next };
    },
    DescribeArchive: async (fields) => {
      const name = read(fields, "ArchiveName").text("ArchiveName");
      const archive = buses.archives.get(name);
      if (archive === undefined) throw resourceNotFound(`Archive ${name}`);
      const { arn, description, pattern } = archive.settings;
      return {
        ...archiveSummary(archive, clock.now()),
        ArchiveArn: arn,
        ...(description === undefined ? {} : { Description: description }),
        ...(pattern === undefined ? {} : { EventPattern: pattern.text }),
      };
    },
  };
}

function testPattern(input: OperationInput): object {
  let event: unknown;
  try {
    event = JSON.parse(input.text("Event"));
  } catch {
    throw validation("Parameter Event is not valid JSON.");
  }
  const missing = TESTED_FIELDS.find((field) => !isFields(event) || !(field in event));
  if (missing !== undefined) throw validation(`Parameter Event is not valid. Reason: It has no field ${missing}.`);
  return { Result: parseEventPattern(input.text("EventPattern")).matches(event) };
}

function busDocument({ name, arn, description, policy, createdMs }: EventBus): object {
  return {
    Name: name,
    Arn: arn,
    ...(description === undefined ? {} : { Description: description }),
    ...(policy === undefined ? {} : { Policy: policy }),
    CreationTime: createdMs / 1000,
    LastModifiedTime: createdMs / 1000,
  };
}

function ruleDocument(rule: Rule): object {
  const { pattern, schedule, description, roleArn } = rule;
  return {
    Name: rule.name,
    Arn: rule.arn,
    State: rule.enabled ? "ENABLED" : "DISABLED",
    EventBusName: rule.busName,
    ...(pattern === undefined ? {} : { EventPattern: pattern.text }),
    ...(schedule === undefined ? {} : { ScheduleExpression: schedule.expression }),
    ...(description === undefined ? {} : { Description: description }),
    ...(roleArn === undefined ? {} : { RoleArn: roleArn }),
  };
}

function targetDocument(target: Target): object {
  return {
    Id: target.id,
    Arn: target.arn,
    ...(target.roleArn === undefined ? {} : { RoleArn: target.roleArn }),
    ...target.input,
    ...(target.deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: target.deadLetterArn } }),
    RetryPolicy: {
      MaximumRetryAttempts: target.maximumRetryAttempts,
      MaximumEventAgeInSeconds: target.maximumEventAgeSeconds,
    },
  };
}

function archiveSummary(archive: Archive, nowMs: number): object {
  const { name, sourceArn, retentionDays, createdMs } = archive.settings;
  const { events, bytes } = archive.counts(nowMs);
  return {
    ArchiveName: name,
    EventSourceArn: sourceArn,
    State: "ENABLED",
    RetentionDays: retentionDays,
    SizeBytes: bytes,
    EventCount: events,
    CreationTime: createdMs / 1000,
  };
}

/** Items whose names have the prefix, by name; a token is the name that the page before ended with. */
function pageOf<T>(
  items: readonly T[],
  input: OperationInput,
  nameOf: (item: T) => string,
): { readonly page: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const prefix = input.optionalText("NamePrefix") ?? "";
  const token = input.optionalText("NextToken");
  const after = token === undefined ? "" : Buffer.from(token, "base64url").toString();
  const limit = input.optionalInteger("Limit", PAGE) ?? PAGE.max;
  const rest = items
    .filter((item) => nameOf(item).startsWith(prefix) && nameOf(item) > after)
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const more = last !== undefined && page.length < rest.length;
  return { page, next: more ? { NextToken: Buffer.from(nameOf(last)).toString("base64url") } : {} };
}
