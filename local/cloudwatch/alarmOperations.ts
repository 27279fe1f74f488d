import { OperationInput } from "../operationInput";
import type { Operation } from "../service";
import type { Alarm } from "./alarms/alarm";
import type { Alarms } from "./alarms/alarms";
import { describeComposite, describeMetric } from "./alarms/describe";
import type { StateValue } from "./alarms/verdict";
import { cloudWatchRefusals, invalidCombination, invalidValue, notFound } from "./cloudWatchError";
import { pageOf } from "./paging";
import { optionalChoice, optionalTimeMs } from "./requestFields";

const STATES: readonly StateValue[] = ["OK", "ALARM", "INSUFFICIENT_DATA"];
const TYPES: readonly Alarm["type"][] = ["MetricAlarm", "CompositeAlarm"];
const MOST_RECORDS = 100;
const DESCRIBE_FIELDS = ["AlarmNames", "AlarmNamePrefix", "AlarmTypes", "StateValue", "ActionPrefix"];
const HISTORY_FIELDS = ["AlarmName", "AlarmTypes", "HistoryItemType", "StartDate", "EndDate", "ScanBy"];
const PAGE_FIELDS = ["MaxRecords", "NextToken"];

/** The operations on alarms. Alarms are made by the program alone. */
export function alarmOperations(alarms: Alarms): Readonly<Record<string, Operation>> {
  const read = (fields: Record<string, unknown>): OperationInput => new OperationInput(fields, cloudWatchRefusals);
  return {
    DescribeAlarms: async (fields) => describeAlarms(read(fields), alarms),
    DescribeAlarmHistory: async (fields) => describeAlarmHistory(read(fields), alarms),
    SetAlarmState: async (fields) => setAlarmState(read(fields), alarms),
    EnableAlarmActions: async (fields) => switchActions(read(fields), alarms, "on"),
    DisableAlarmActions: async (fields) => switchActions(read(fields), alarms, "off"),
  };
}

/** Metric alarms alone, unless AlarmTypes says otherwise: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
function describeAlarms(input: OperationInput, alarms: Alarms): object {
  input.only(...DESCRIBE_FIELDS, ...PAGE_FIELDS);
  const names = input.texts("AlarmNames");
  const [prefix, actionPrefix] = [input.optionalText("AlarmNamePrefix"), input.optionalText("ActionPrefix")];
  if (names.length > 0 && prefix !== undefined) {
    throw invalidCombination("AlarmNames and AlarmNamePrefix exclude each other.");
  }
  const types = typesOf(input, ["MetricAlarm"]);
  const state = optionalChoice(input, "StateValue", STATES);
  const chosen = sorted(alarms).filter(({ type, identity, state: { value } }) => {
    const actions = Object.values(identity.actions).flat();
    return (
      types.includes(type) &&
      (names.length === 0 || names.includes(identity.name)) &&
      identity.name.startsWith(prefix ?? "") &&
      (state === undefined || value === state) &&
      (actionPrefix === undefined || actions.some((action) => action.startsWith(actionPrefix)))
    );
  });
  const { items, next } = pageOf(chosen, input, mostRecords(input));
  return {
    MetricAlarms: items.filter((alarm) => alarm.type === "MetricAlarm").map(describeMetric),
    CompositeAlarms: items.filter((alarm) => alarm.type === "CompositeAlarm").map(describeComposite),
    ...next,
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html */
function describeAlarmHistory(input: OperationInput, alarms: Alarms): object {
  input.only(...HISTORY_FIELDS, ...PAGE_FIELDS);
  const name = input.optionalText("AlarmName");
  const types = typesOf(input, ["MetricAlarm"]);
  const kind = optionalChoice(input, "HistoryItemType", ["ConfigurationUpdate", "StateUpdate", "Action"]);
  const fromMs = optionalTimeMs(input, "StartDate") ?? -Infinity;
  const toMs = optionalTimeMs(input, "EndDate") ?? Infinity;
  const ascending =
    optionalChoice(input, "ScanBy", ["TimestampAscending", "TimestampDescending"]) === "TimestampAscending";
  const chosen = alarms.history.items.filter(
    ({ AlarmName, AlarmType, HistoryItemType, timeMs }) =>
      types.includes(AlarmType) &&
      (name === undefined || AlarmName === name) &&
      (kind === undefined || HistoryItemType === kind) &&
      timeMs >= fromMs &&
      timeMs <= toMs,
  );
  const { items, next } = pageOf(ascending ? chosen : chosen.reverse(), input, mostRecords(input));
  return { AlarmHistoryItems: items.map(({ timeMs, ...item }) => ({ ...item, Timestamp: timeMs / 1000 })), ...next };
}

/** Until the next evaluation: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
function setAlarmState(input: OperationInput, alarms: Alarms): object {
  input.only("AlarmName", "StateValue", "StateReason", "StateReasonData");
  const name = input.text("AlarmName");
  const value = optionalChoice(input, "StateValue", STATES);
  if (value === undefined) throw cloudWatchRefusals.missing("StateValue");
  const reason = input.text("StateReason");
  const reasonData = input.optionalText("StateReasonData");
  if (reasonData !== undefined) checkJson(reasonData);
  const alarm = alarms.find(name);
  if (alarm === undefined) throw notFound(`There is no alarm ${name}.`);
  alarms.turn(alarm, { value, reason, reasonData });
  return {};
}

function checkJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw invalidValue("StateReasonData must be JSON.");
  }
}

/** Names of alarms that there are not are passed over, as on AWS. */
function switchActions(input: OperationInput, alarms: Alarms, to: "on" | "off"): object {
  input.only("AlarmNames");
  for (const name of input.texts("AlarmNames")) {
    const alarm = alarms.find(name);
    if (alarm !== undefined) alarm.actionsEnabled = to === "on";
  }
  return {};
}

function typesOf(input: OperationInput, otherwise: readonly Alarm["type"][]): readonly Alarm["type"][] {
  const given = input.texts("AlarmTypes");
  const unknown = given.find((type) => !TYPES.some((known) => known === type));
  if (unknown !== undefined) throw invalidValue(`${unknown} is not a type of alarm here: ${TYPES.join(", ")} are.`);
  return given.length === 0 ? otherwise : TYPES.filter((type) => given.includes(type));
}

function mostRecords(input: OperationInput): number {
  return input.optionalInteger("MaxRecords", { min: 1, max: MOST_RECORDS }) ?? 50;
}

function sorted(alarms: Alarms): readonly Alarm[] {
  return [...alarms.all].sort((a, b) => (a.identity.name < b.identity.name ? -1 : 1));
}
