import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../physicalName";
import { describe, WAIT_SECONDS, type AlarmDefinition, type Told } from "./alarmDefinition";
import { actions, ALARM_NAME_MAX, type AlarmSettings } from "./realiseAlarm";

/** An alarm on a metric, made. */
export interface MadeAlarm {
  readonly definition: AlarmDefinition;
  readonly alarm: aws.cloudwatch.MetricAlarm;
}

/** The alarm that speaks for its symptoms. */
const ORDERS_NOT_FLOWING: Told = {
  id: "orders-not-flowing",
  meaning:
    "Orders do not come in, wait, or fail by a fault of ours. Which symptoms there are is in the console and in the runbook.",
  severity: "now",
  firstStep: "npm run alarms lists the symptoms that are on; follow the section of the first of them.",
};

/** Seconds that it stays held back after the cause is gone, because some consequences end by themselves a little later. */
const EXTENSION_SECONDS = 600;

/**
 * Makes of many alarms one mail for each incident. The symptoms have no mail of their own; `orders-not-flowing` is on
 * while any of them is. Every other alarm that an incident may set off as well is wrapped in a composite alarm, `ID-mail`,
 * whose actions are held back while orders do not flow: an alarm on a metric cannot be held back itself
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html). A wrapper for
 * each, not one around all: one letter that waits for days would keep every later mail from being sent.
 */
export function incidentMails(
  name: string,
  { made, topicArn, runbook }: AlarmSettings & { readonly made: readonly MadeAlarm[] },
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.CompositeAlarm {
  const symptoms = made.filter(({ definition }) => definition.mail === "symptom");
  const incident = new aws.cloudwatch.CompositeAlarm(
    `${name}-${ORDERS_NOT_FLOWING.id}`,
    {
      alarmName: physicalName(ORDERS_NOT_FLOWING.id, ALARM_NAME_MAX),
      alarmDescription: describe(ORDERS_NOT_FLOWING, runbook),
      alarmRule: anyOf(symptoms.map(({ alarm }) => alarm.name)),
      ...actions(topicArn),
    },
    opts,
  );
  for (const { definition, alarm } of made.filter(({ definition: { mail } }) => mail === "unless orders stand")) {
    new aws.cloudwatch.CompositeAlarm(
      `${name}-${definition.id}-mail`,
      {
        alarmName: physicalName(`${definition.id}-mail`, ALARM_NAME_MAX),
        alarmDescription: describe(definition, runbook),
        alarmRule: anyOf([alarm.name]),
        actionsSuppressor: {
          alarm: incident.alarmName,
          waitPeriod: WAIT_SECONDS,
          extensionPeriod: EXTENSION_SECONDS,
        },
        ...actions(topicArn),
      },
      opts,
    );
  }
  return incident;
}

/** Names in quotes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
function anyOf(names: readonly pulumi.Input<string>[]): pulumi.Output<string> {
  return pulumi.all([...names]).apply((all) => all.map((alarm) => `ALARM("${alarm}")`).join(" OR "));
}
