import {
  CloudWatchClient,
  GetDashboardCommand,
  paginateGetMetricData,
  ScanBy,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import { awsConnection } from "../awsConnection";
import { requiredOutput, type StackOutputs } from "../stackOutputs";
import { readBody, type DashboardBody } from "./dashboardBody";
import { panelsOf, type Found, type Panel, type Span } from "./panels";

/** The dashboard of one stack and the metrics that it shows, as CloudWatch has them. */
export class StackDashboard {
  private readonly client: CloudWatchClient;

  constructor(private readonly outputs: StackOutputs) {
    this.client = new CloudWatchClient(awsConnection(outputs));
  }

  async body(): Promise<DashboardBody> {
    const DashboardName = requiredOutput(this.outputs, "dashboardName");
    const { DashboardBody = "" } = await this.client.send(new GetDashboardCommand({ DashboardName }));
    return readBody(DashboardBody);
  }

  /** Every panel with what it shows of that span. */
  async panels(span: Span): Promise<readonly Panel[]> {
    return panelsOf(await this.body(), (queries, of) => this.read(queries, of), span);
  }

  close(): void {
    this.client.destroy();
  }

  private async read(queries: readonly MetricDataQuery[], { fromMs, toMs }: Span): Promise<readonly Found[]> {
    const query = {
      MetricDataQueries: [...queries],
      StartTime: new Date(fromMs),
      EndTime: new Date(toMs),
      ScanBy: ScanBy.TIMESTAMP_ASCENDING,
    };
    const found = new Map<string, [number, number][]>();
    for await (const { MetricDataResults = [] } of paginateGetMetricData({ client: this.client }, query)) {
      for (const { Id = "", Timestamps = [], Values = [] } of MetricDataResults) {
        const points = Timestamps.map((time, index): [number, number] => [time.getTime(), Values[index] ?? 0]);
        found.set(Id, [...(found.get(Id) ?? []), ...points]);
      }
    }
    return [...found].map(([id, points]) => ({ id, points }));
  }
}
