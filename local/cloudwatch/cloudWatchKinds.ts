import type { Cloud, RegisteredInputs, ResourceKind } from "../resource";
import { dashboardArn } from "./dashboards";

/** The ARN of an alarm. */
export function alarmArn({ region, accountId }: Cloud, name: string): string {
  return `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;
}

const ACTIONS = ["actionsEnabled", "alarmActions", "okActions", "insufficientDataActions", "alarmDescription"];

function nameOf({ inputs, physicalName }: RegisteredInputs, input: string): string {
  const name = inputs[input];
  return typeof name === "string" ? name : physicalName;
}

/** Metric alarm, composite alarm and dashboard. */
export const cloudWatchKinds: readonly ResourceKind[] = [
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    honours: [
      ...ACTIONS,
      ...["name", "comparisonOperator", "evaluationPeriods", "datapointsToAlarm", "threshold", "treatMissingData"],
      ...["metricName", "namespace", "period", "statistic", "extendedStatistic", "dimensions", "unit"],
      ...["metricQueries", "evaluateLowSampleCountPercentiles"],
    ],
    withoutLocalEffect: ["tags", "region"],
    outputs(resource, cloud) {
      const name = nameOf(resource, "name");
      return { id: name, name, arn: alarmArn(cloud, name) };
    },
  },
  {
    type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    honours: [...ACTIONS, "alarmName", "alarmRule", "actionsSuppressor"],
    withoutLocalEffect: ["tags", "region"],
    outputs(resource, cloud) {
      const alarmName = nameOf(resource, "alarmName");
      return { id: alarmName, alarmName, arn: alarmArn(cloud, alarmName) };
    },
  },
  {
    type: "aws:cloudwatch/dashboard:Dashboard",
    honours: ["dashboardName", "dashboardBody"],
    withoutLocalEffect: ["region"],
    outputs(resource, cloud) {
      const dashboardName = nameOf(resource, "dashboardName");
      return { id: dashboardName, dashboardName, dashboardArn: dashboardArn(cloud, dashboardName) };
    },
  },
];
