import type { Clock } from "../clock";
import { isFields, OperationInput } from "../operationInput";
import type { Cloud } from "../resource";
import type { Operation } from "../service";
import { CloudWatchError, cloudWatchRefusals, dashboardNotFound } from "./cloudWatchError";
import { pageOf } from "./paging";

interface Dashboard {
  readonly name: string;
  /** JSON, as it was given. */
  readonly body: string;
  readonly modifiedMs: number;
}

const PER_PAGE = 1_000;
const MOST_WIDGETS = 500;

/** Dashboards have no region in their ARN. */
export function dashboardArn({ accountId }: Cloud, name: string): string {
  return `arn:aws:cloudwatch::${accountId}:dashboard/${name}`;
}

/** The dashboards: their bodies are checked, kept and handed out; nothing is drawn. */
export class Dashboards {
  readonly operations: Readonly<Record<string, Operation>> = {
    GetDashboard: async (fields) => this.get(new OperationInput(fields, cloudWatchRefusals)),
    ListDashboards: async (fields) => this.list(new OperationInput(fields, cloudWatchRefusals)),
  };
  private readonly byName = new Map<string, Dashboard>();

  constructor(
    private readonly cloud: Cloud,
    private readonly clock: Clock,
  ) {}

  /** Throws when the name or the body is not what CloudWatch takes. */
  put(name: string, body: unknown): void {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
      throw invalid(`dashboardName "${name}" may hold letters, digits, hyphens and underscores.`);
    }
    if (typeof body !== "string") throw invalid("dashboardBody must be a JSON text.");
    checkBody(body);
    this.byName.set(name, { name, body, modifiedMs: this.clock.now() });
  }

  private get(input: OperationInput): object {
    const name = input.only("DashboardName").text("DashboardName");
    const dashboard = this.byName.get(name);
    if (dashboard === undefined) throw dashboardNotFound(name);
    return { DashboardArn: dashboardArn(this.cloud, name), DashboardBody: dashboard.body, DashboardName: name };
  }

  private list(input: OperationInput): object {
    const prefix = input.only("DashboardNamePrefix", "NextToken").optionalText("DashboardNamePrefix") ?? "";
    const chosen = [...this.byName.values()].filter(({ name }) => name.startsWith(prefix));
    const { items, next } = pageOf(chosen, input, PER_PAGE);
    const DashboardEntries = items.map(({ name, body, modifiedMs }) => ({
      DashboardName: name,
      DashboardArn: dashboardArn(this.cloud, name),
      LastModified: modifiedMs / 1000,
      Size: Buffer.byteLength(body),
    }));
    return { DashboardEntries, ...next };
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
function checkBody(text: string): void {
  const body = parsed(text);
  const widgets = isFields(body) ? (body["widgets"] ?? []) : undefined;
  if (!Array.isArray(widgets)) throw invalid("dashboardBody must be an object with a list of widgets.");
  if (widgets.length > MOST_WIDGETS) throw invalid(`a dashboard has at most ${MOST_WIDGETS} widgets.`);
  widgets.forEach(checkWidget);
}

function checkWidget(widget: unknown, index: number): void {
  const place = `dashboardBody: widgets[${index}]`;
  if (!isFields(widget) || typeof widget["type"] !== "string") throw invalid(`${place} must have a type.`);
  const { type, properties, width = 6, height = 6 } = widget;
  if (!isFields(properties)) throw invalid(`${place} must have properties.`);
  checkSize(width, `${place}.width`, 24);
  checkSize(height, `${place}.height`, 1000);
  if (type === "metric" && typeof properties["region"] !== "string") throw invalid(`${place} must name its region.`);
  if (type === "text" && typeof properties["markdown"] !== "string") throw invalid(`${place} must have markdown.`);
}

function checkSize(value: unknown, place: string, most: number): void {
  if (typeof value !== "number" || value < 1 || value > most) throw invalid(`${place} must be from 1 to ${most}.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(`dashboardBody is not JSON: ${(error as Error).message}`);
  }
}

function invalid(message: string): CloudWatchError {
  return new CloudWatchError("DashboardInvalidInputError", message, "InvalidParameterInput");
}
