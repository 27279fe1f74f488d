import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Invocation, PartPage } from "../../pages";
import { useReading } from "../data";
import { count, counted, duration, exactTime } from "../format";
import { go, parameter, refine } from "../location";
import { Json } from "../parts/json";
import { LogTable } from "../parts/logTable";
import { Notice, Problem } from "../parts/notice";
import { figuresOf } from "../store";

/** Everything about one part, beside the picture. */
export function PartPanel({ id }: { readonly id: string }) {
  const figures = figuresOf(id);
  // Read anew when something passed, but not at every single thing.
  const round = useComputed(() => Math.ceil(figures.value.count / 5) + figures.value.failures);
  const [reading] = useReading<PartPage>(() => `/data/parts/${encodeURIComponent(id)}?round=${round.value}`);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") go("/flow");
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const { value: page, problem } = reading.value;
  return (
    <aside class="panel" aria-labelledby="panel-title">
      <header>
        <div>
          <p class="dim">{page === undefined ? "" : `${page.part.kind} of ${page.part.box}`}</p>
          <h2 id="panel-title" ref={title} tabIndex={-1}>
            {page?.part.title ?? id}
          </h2>
        </div>
        <a class="button quiet" href="/flow" aria-label="Close">
          ✕
        </a>
      </header>
      <Now id={id} />
      {problem !== undefined && <Problem said={problem} />}
      {page === undefined ? problem === undefined && <p class="dim">Reading…</p> : <Tabs page={page} />}
    </aside>
  );
}

function Now({ id }: { readonly id: string }) {
  const { count: passed, failures, running, waiting, inFlight } = figuresOf(id).value;
  return (
    <dl class="now">
      <div>
        <dt>So far</dt>
        <dd>{count(passed)}</dd>
      </div>
      {waiting !== undefined && (
        <div>
          <dt>Waiting</dt>
          <dd>{count(waiting)}</dd>
        </div>
      )}
      {inFlight !== undefined && (
        <div>
          <dt>In flight</dt>
          <dd>{count(inFlight)}</dd>
        </div>
      )}
      <div>
        <dt>Running</dt>
        <dd>{count(running)}</dd>
      </div>
      <div class={failures > 0 ? "tone-bad" : ""}>
        <dt>Failed</dt>
        <dd>{count(failures)}</dd>
      </div>
    </dl>
  );
}

function Tabs({ page }: { readonly page: PartPage }) {
  const tabs = [
    ...(page.invocations === undefined ? [] : [["invocations", "Invocations"] as const]),
    ...(page.logs === undefined ? [] : [["logs", "Log"] as const]),
    ["inputs", "Resource"] as const,
  ];
  const shown = tabs.find(([id]) => id === parameter("show"))?.[0] ?? tabs[0]?.[0] ?? "inputs";
  return (
    <>
      <div class="tabs" role="group" aria-label="What to show">
        {tabs.map(([id, name]) => (
          <button key={id} type="button" aria-pressed={id === shown} onClick={() => refine({ show: id })}>
            {name}
          </button>
        ))}
      </div>
      {shown === "invocations" && <Invocations invocations={page.invocations ?? []} />}
      {shown === "logs" && <Logs page={page} />}
      {shown === "inputs" && <Resource page={page} />}
    </>
  );
}

function Invocations({ invocations }: { readonly invocations: readonly Invocation[] }) {
  if (invocations.length === 0) return <Notice title="Not called yet" />;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Recent invocations">
      <table>
        <thead>
          <tr>
            <th scope="col">Began</th>
            <th scope="col" class="figure">
              Took
            </th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {invocations.map(({ requestId, startedMs, durationMs, cold, error }) => (
            <tr key={requestId}>
              <td>{exactTime(startedMs)}</td>
              <td class="figure">
                {cold && <span class="chip">cold</span>} {duration(durationMs)}
              </td>
              <td>{error === undefined ? "answered" : <span class="tone-warn">{error}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Logs({ page: { logs = [] } }: { readonly page: PartPage }) {
  if (logs.length === 0)
    return <Notice title="No lines in the last 15 minutes">Routine lines of Lambda are left out.</Notice>;
  return (
    <>
      <p class="dim">{counted(logs.length, "line")} of the last 15 minutes, the newest first.</p>
      <LogTable lines={logs} label="Log" />
    </>
  );
}

function Resource({ page: { resource } }: { readonly page: PartPage }) {
  return (
    <>
      <dl class="facts">
        <dt>Type</dt>
        <dd>{resource.type}</dd>
        <dt>Name in the program</dt>
        <dd>{resource.name}</dd>
        {resource.source !== undefined && (
          <>
            <dt>Created at</dt>
            <dd>{resource.source}</dd>
          </>
        )}
      </dl>
      <Json value={resource.inputs} label="Inputs of the resource" />
    </>
  );
}
