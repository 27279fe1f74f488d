import { CloudWatchClient, GetDashboardCommand, paginateListMetrics } from "@aws-sdk/client-cloudwatch";
import { awsConnection } from "../../../cli/awsConnection";
import type { Shop } from "../shop";

/** Metrics that the dashboard draws or an alarm reads, each as `namespace name dimension=value …`. */
export async function watchedMetrics(shop: Shop): Promise<readonly string[]> {
  const cloudWatch = new CloudWatchClient(awsConnection(shop.outputs));
  const DashboardName = String(shop.outputs["dashboardName"]);
  const { DashboardBody = "" } = await cloudWatch.send(new GetDashboardCommand({ DashboardName }));
  cloudWatch.destroy();
  const lines: any[][] = JSON.parse(DashboardBody).widgets.flatMap(({ properties }: any) => properties.metrics ?? []);
  const drawn = lines
    .map((line) => line.filter((part) => typeof part === "string"))
    .filter(({ length }) => length > 0)
    .map(([namespace = "", name = "", ...dimensions]) => spelled(namespace, name, inPairs(dimensions)));
  const read = shop.pipeline.runtime.resources
    .filter(({ type }) => type.endsWith(":MetricAlarm"))
    .flatMap(({ inputs }) => (inputs["metricQueries"] as any[] | undefined)?.map(({ metric }) => metric) ?? [inputs])
    .filter((metric) => metric !== undefined)
    .map(({ namespace, metricName, dimensions }) => spelled(namespace, metricName, dimensions));
  return [...new Set([...drawn, ...read])].sort();
}

/** Metrics that have had data. */
export async function knownMetrics(shop: Shop): Promise<ReadonlySet<string>> {
  const client = new CloudWatchClient(awsConnection(shop.outputs));
  const known = new Set<string>();
  for await (const { Metrics = [] } of paginateListMetrics({ client }, {})) {
    for (const { Namespace = "", MetricName = "", Dimensions = [] } of Metrics) {
      const dimensions = Dimensions.map(({ Name = "", Value = "" }) => [Name, Value] as const);
      known.add(spelled(Namespace, MetricName, Object.fromEntries(dimensions)));
    }
  }
  client.destroy();
  return known;
}

function spelled(namespace: string, name: string, dimensions: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(dimensions)
    .map(([dimension, value]) => `${dimension}=${value}`)
    .sort();
  return [namespace, name, ...sorted].join(" ");
}

function inPairs(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name, at) => (at % 2 === 0 ? [[name, names[at + 1] ?? ""]] : [])));
}
