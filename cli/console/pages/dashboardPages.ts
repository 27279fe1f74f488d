import { CloudWatchClient, GetDashboardCommand, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import type { AlarmPage, DashboardPage, DashboardWidget } from "../../../console/pages";
import type { Clock } from "../../../local/clock";
import { awsConnection } from "../../awsConnection";
import { requiredOutput, type StackOutputs } from "../../stackOutputs";
import { spoken } from "../../terminal";
import { queriesOf, type MetricProperties, type WidgetQueries } from "./widgetQueries";

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: MetricProperties & {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly stacked?: boolean;
    readonly yAxis?: Readonly<Partial<Record<"left" | "right", { readonly label?: string }>>>;
    readonly annotations?: { readonly horizontal?: readonly { readonly label?: string; readonly value: number }[] };
  };
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The dashboard that the program deploys, drawn from its own JSON with the metrics of this machine. */
export class DashboardPages {
  private readonly client: CloudWatchClient;
  private readonly name: string;

  constructor(
    outputs: StackOutputs,
    private readonly clock: Clock,
    private readonly alarms: () => Promise<readonly (AlarmPage & { readonly alarmName: string })[]>,
  ) {
    this.client = new CloudWatchClient(awsConnection(outputs));
    this.name = requiredOutput(outputs, "dashboardName");
  }

  async draw(minutes: number): Promise<DashboardPage> {
    const { DashboardBody = "{}" } = await this.client.send(new GetDashboardCommand({ DashboardName: this.name }));
    const { widgets = [] } = JSON.parse(DashboardBody) as { widgets?: readonly Widget[] };
    const toMs = this.clock.now();
    const span = { fromMs: toMs - minutes * 60_000, toMs };
    const alarms = await this.alarms();
    const states = new Map(alarms.map(({ alarmName, state }) => [alarmName, state]));
    const drawn = await Promise.all(widgets.map((widget) => this.widget(widget, span, states)));
    return { name: this.name, ...span, widgets: drawn };
  }

  close(): void {
    this.client.destroy();
  }

  private async widget(
    widget: Widget,
    span: Span,
    states: ReadonlyMap<string, AlarmPage["state"]>,
  ): Promise<DashboardWidget> {
    const { x, y, width, height, properties } = widget;
    const { title = "", markdown = "", alarms = [] } = properties;
    const place = { x, y, width, height, title };
    switch (widget.type) {
      case "text":
        return { ...place, type: "text", markdown };
      case "alarm": {
        const names = alarms.map((arn) => arn.split(":alarm:")[1] ?? arn);
        const shown = names.map((name) => ({ name, state: states.get(name) ?? "INSUFFICIENT_DATA" }));
        return { ...place, type: "alarm", alarms: shown };
      }
      case "metric":
        return { ...place, ...(await this.metrics(widget, span)) };
      default:
        return { ...place, type: "other", problem: `A widget of type ${widget.type} is not drawn here.` };
    }
  }

  private async metrics(
    { properties }: Widget,
    { fromMs, toMs }: Span,
  ): Promise<Partial<DashboardWidget> & { type: "metric" }> {
    const { yAxis = {}, annotations = {}, stacked = false } = properties;
    const { left, right } = yAxis;
    const frame = {
      type: "metric" as const,
      stacked,
      ...(left?.label !== undefined && { leftLabel: left.label }),
      ...(right?.label !== undefined && { rightLabel: right.label }),
      limits: (annotations.horizontal ?? []).map(({ label = "", value }) => ({ label, value })),
    };
    try {
      const queries = queriesOf(properties);
      return { ...frame, series: await this.series(queries, fromMs, toMs) };
    } catch (error) {
      return { ...frame, problem: spoken(error as Error) };
    }
  }

  private async series({ queries, shown }: WidgetQueries, fromMs: number, toMs: number) {
    const { MetricDataResults = [] } = await this.client.send(
      new GetMetricDataCommand({
        ...{ StartTime: new Date(fromMs), EndTime: new Date(toMs), ScanBy: "TimestampAscending" },
        MetricDataQueries: [...queries],
      }),
    );
    return shown.map(({ id, label, axis }) => {
      const { Timestamps = [], Values = [] } = MetricDataResults.find(({ Id }) => Id === id) ?? {};
      return { label, axis, points: Timestamps.map((at, index) => [at.getTime() / 1000, Values[index] ?? 0] as const) };
    });
  }
}
