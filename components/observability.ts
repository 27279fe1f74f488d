import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { alarmDefinitions } from "./alarms/alarmDefinitions";
import type { AlarmThresholds } from "./alarms/alarmThresholds";
import { incidentMails, type MadeAlarm } from "./alarms/mails";
import { metricAlarm } from "./alarms/realiseAlarm";
import { AlarmTopic } from "./alarmTopic";
import { Component } from "./component";
import { dashboardBody } from "./dashboard/dashboardBody";
import { dashboardRows } from "./dashboard/rows";
import { layout } from "./dashboard/widget";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import type { Watched } from "./watched";

/** Settings of {@link Observability}. */
export interface ObservabilityArgs extends Watched {
  /**
   * The address that gets the mails of alarms.
   *
   * @default nobody
   */
  readonly alarmEmail?: string | undefined;
  readonly thresholds: AlarmThresholds;
  /** Where docs/runbook.md can be read: a path, or better a URL. */
  readonly runbook: string;
  /** Requests of a hundred that are traced, 0 to 100. */
  readonly traceSamplePercent: number;
  /** Requests that are traced before that counts, in each second, 0 to 100. */
  readonly traceFirstPerSecond: number;
}

/** The dashboard, the alarms and whom they mail, and how much is traced: all from the metrics that the other components hand out. */
export class Observability extends Component {
  readonly dashboardName: pulumi.Output<string>;
  readonly alarmTopicArn: pulumi.Output<string>;
  /** Names of the alarms in the account, by what they are called in the runbook. */
  readonly alarmNames: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Observability", name, opts);
    refuse("Observability", name, [
      outside("traceSamplePercent", args.traceSamplePercent, [0, 100]),
      outside("traceFirstPerSecond", args.traceFirstPerSecond, [0, 100]),
    ]);
    const topic = new AlarmTopic(`${name}-alarms`, { email: args.alarmEmail }, { parent: this });
    const told = { topicArn: topic.arn, runbook: args.runbook };
    const made: readonly MadeAlarm[] = alarmDefinitions(args, args.thresholds).map((definition) => ({
      definition,
      alarm: metricAlarm(name, { definition, ...told }, { parent: this }),
    }));
    const incident = incidentMails(name, { made, ...told }, { parent: this });
    const dashboard = new aws.cloudwatch.Dashboard(
      `${name}-dashboard`,
      {
        dashboardName: physicalName("orders", DASHBOARD_NAME_MAX),
        dashboardBody: dashboardBody(layout(dashboardRows(args, args.thresholds)), {
          region: topic.arn.apply((arn) => arn.split(":")[3] ?? ""),
          alarmArns: [incident.arn, ...made.map(({ alarm }) => alarm.arn)],
        }),
      },
      { parent: this },
    );
    this.sample(name, args);

    this.dashboardName = dashboard.dashboardName;
    this.alarmTopicArn = topic.arn;
    this.alarmNames = pulumi.all({
      "orders-not-flowing": incident.alarmName,
      ...Object.fromEntries(made.map(({ definition, alarm }) => [definition.id, alarm.name])),
    });
    this.registerOutputs({ dashboardName: this.dashboardName, alarmTopicArn: this.alarmTopicArn });
  }

  /**
   * One rule for the stack's API and functions, which are all named after project and stack. Whoever comes first decides
   * for the whole trace: https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html
   */
  private sample(name: string, { traceSamplePercent, traceFirstPerSecond }: ObservabilityArgs): void {
    new aws.xray.SamplingRule(
      `${name}-sampling`,
      {
        ruleName: physicalName("traces", RULE_NAME_MAX),
        // Before the account's default rule, which is 10,000, and after whatever somebody adds to look closer.
        priority: 5000,
        version: 1,
        reservoirSize: traceFirstPerSecond,
        fixedRate: traceSamplePercent / 100,
        serviceName: physicalName("*", SERVICE_NAME_MAX),
        serviceType: "*",
        host: "*",
        httpMethod: "*",
        urlPath: "*",
        resourceArn: "*",
      },
      { parent: this },
    );
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
const DASHBOARD_NAME_MAX = 255;
/** https://docs.aws.amazon.com/xray/latest/api/API_SamplingRule.html */
const RULE_NAME_MAX = 32;
const SERVICE_NAME_MAX = 64;
