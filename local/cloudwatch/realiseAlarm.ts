import type { Resource } from "../resource";
import { initialState, type Alarm, type AlarmIdentity } from "./alarms/alarm";
import { compositeAlarmSettings } from "./alarms/compositeAlarmSettings";
import { metricAlarmSettings } from "./alarms/metricAlarmSettings";

const MOST_ACTIONS = 5;

/** Makes the alarm of a resource; throws what CloudWatch would refuse, and what has no stand-in here. */
export function alarmOf(resource: Resource, nowMs: number): Alarm {
  const identity = identityOf(resource, nowMs);
  const common = { identity, actionsEnabled: resource.inputs["actionsEnabled"] !== false, state: initialState(nowMs) };
  if (resource.type === "aws:cloudwatch/metricAlarm:MetricAlarm") {
    return { type: "MetricAlarm", ...common, settings: metricAlarmSettings(resource) };
  }
  return { type: "CompositeAlarm", ...common, settings: compositeAlarmSettings(resource), suppression: undefined };
}

function identityOf({ inputs, outputs }: Resource, createdMs: number): AlarmIdentity {
  const { alarmDescription } = inputs;
  const name = String(outputs["id"]);
  if (name.length > 255) throw new Error(`the name "${name}" is longer than 255 characters.`);
  return {
    name,
    arn: String(outputs["arn"]),
    description: typeof alarmDescription === "string" ? alarmDescription : undefined,
    createdMs,
    actions: {
      ALARM: topics(inputs["alarmActions"], "alarmActions"),
      OK: topics(inputs["okActions"], "okActions"),
      INSUFFICIENT_DATA: topics(inputs["insufficientDataActions"], "insufficientDataActions"),
    },
  };
}

/** ARNs of topics; CloudWatch has other actions too, which have no stand-in. */
function topics(given: unknown, input: string): readonly string[] {
  const actions = Array.isArray(given) ? given.map(String) : [];
  if (actions.length > MOST_ACTIONS) throw new Error(`${input} must not name more than ${MOST_ACTIONS} actions.`);
  const other = actions.find((action) => !/^arn:aws[\w-]*:sns:/.test(action));
  if (other === undefined) return actions;
  throw new Error(`the local runtime has no stand-in for the action ${other} in ${input}; it knows SNS topics.`);
}
