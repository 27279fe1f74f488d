import type { DashboardPage, DashboardWidget } from "../../pages";
import { useReading } from "../data";
import { parameter, refine } from "../location";
import { Problem } from "../parts/notice";
import { pipeline } from "../store";
import { AlarmState } from "./alarms";
import { Chart } from "./chart";

const SPANS = [15, 60, 180, 720] as const;

/** The dashboard that the program deploys, drawn from its own JSON. */
export function Dashboard() {
  const minutes = Number(parameter("minutes")) || 60;
  const [reading, again] = useReading<DashboardPage>(
    () => `/data/dashboard?minutes=${Number(parameter("minutes")) || 60}`,
  );
  const { value, problem, loading } = reading.value;
  return (
    <section aria-labelledby="dashboard-title">
      <header class="card-head">
        <h2 id="dashboard-title">{value?.name ?? "Dashboard"}</h2>
        <div class="tabs" role="group" aria-label="Time span">
          {SPANS.map((span) => (
            <button
              key={span}
              type="button"
              aria-pressed={span === minutes}
              onClick={() => refine({ minutes: String(span) })}
            >
              {span < 60 ? `${span} min` : `${span / 60} h`}
            </button>
          ))}
        </div>
        <button type="button" onClick={again} disabled={loading}>
          {loading ? "Reading…" : "Read again"}
        </button>
      </header>
      {problem !== undefined && <Problem said={problem} />}
      {value !== undefined && (
        <div class="widgets">
          {value.widgets.map((widget, at) => (
            <Widget key={at} widget={widget} page={value} />
          ))}
        </div>
      )}
    </section>
  );
}

/** A dashboard of CloudWatch is 24 columns wide. */
function Widget({ widget, page }: { readonly widget: DashboardWidget; readonly page: DashboardPage }) {
  const style = { gridColumn: `${widget.x + 1} / span ${widget.width}` };
  switch (widget.type) {
    case "text":
      return (
        <h3 class="widget-text" style={style}>
          {(widget.markdown ?? "").replace(/^#+ */, "")}
        </h3>
      );
    case "alarm":
      return (
        <section class="card" style={style} aria-label={widget.title}>
          <h4>{widget.title}</h4>
          <ul class="alarm-grid">
            {(widget.alarms ?? []).map(({ name, state }) => (
              <li key={name}>
                <AlarmState state={state} /> {shortName(name)}
              </li>
            ))}
          </ul>
        </section>
      );
    case "metric":
    case "other":
      return (
        <section class="card widget" style={style} aria-label={widget.title}>
          <h4>{widget.title}</h4>
          {widget.problem === undefined ? (
            <Chart widget={widget} fromMs={page.fromMs} toMs={page.toMs} />
          ) : (
            <p class="dim">{widget.problem}</p>
          )}
        </section>
      );
  }
}

/** Alarms of a stack begin with its name, which everybody here knows. */
function shortName(name: string): string {
  const { project, stack } = pipeline.value ?? {};
  const prefix = `${project}-${stack}-`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
