import { at, listAt, textAt } from "./fields";
import { COMPOSITE_ALARM, METRIC_ALARM } from "./resourceTypes";
import type { Neighbour, StackView } from "./rule";

/** A metric of one resource, as an alarm may watch it. */
export interface WatchedMetric {
  readonly metricNames: readonly string[];
  /** The dimension that says whose metric it is, and the output of the resource that it holds. */
  readonly dimension: string;
  readonly by: string;
}

/** The alarms on one of a resource's metrics, alone or as part of an expression. */
export function watches(subject: Neighbour, stack: StackView, metric: WatchedMetric): readonly Neighbour[] {
  return stack.ofType(METRIC_ALARM).filter((alarm) => {
    const related = ["dimensions", "metricQueries"].some((property) => alarm.madeFrom(property).includes(subject));
    return metricsOf(alarm).some(
      (watched) => metric.metricNames.includes(watched.name()) && names(watched, metric, { subject, related }),
    );
  });
}

/** Read late, so that what a preview does not know does no harm before it is asked for. */
interface AlarmMetric {
  readonly name: () => string;
  readonly dimension: (name: string) => string;
}

function metricsOf({ props }: Neighbour): readonly AlarmMetric[] {
  const single: AlarmMetric = {
    name: () => textAt(props, "metricName"),
    dimension: (name) => textAt(props, "dimensions", name),
  };
  const queries = listAt(props, "metricQueries").map((query): AlarmMetric => ({
    name: () => textAt(query, "metric", "metricName"),
    dimension: (name) => textAt(at(query, "metric"), "dimensions", name),
  }));
  return [single, ...queries];
}

/** Where a name is not known yet, an alarm that was made from the resource counts as one that names it. */
function names(
  { dimension }: AlarmMetric,
  metric: WatchedMetric,
  { subject, related }: { readonly subject: Neighbour; readonly related: boolean },
): boolean {
  try {
    const own = textAt(subject.props, metric.by);
    return own === "" ? related : dimension(metric.dimension) === own;
  } catch {
    return related;
  }
}

/** Whether somebody is told when an alarm goes off: by its own action, or by that of a composite alarm that it is part of. */
export function actsFor(alarm: Neighbour, stack: StackView): boolean {
  if (hasActions(alarm)) return true;
  return stack.ofType(COMPOSITE_ALARM).some((composite) => {
    const parts = composite.madeFrom("alarmRule");
    if (parts.length > 0) return parts.includes(alarm) && hasActions(composite);
    return textAt(composite.props, "alarmRule").includes(`"${textAt(alarm.props, "name")}"`) && hasActions(composite);
  });
}

function hasActions({ props, madeFrom }: Neighbour): boolean {
  return madeFrom("alarmActions").length > 0 || listAt(props, "alarmActions").length > 0;
}
