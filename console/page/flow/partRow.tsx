import { useComputed } from "@preact/signals";
import type { Part, PartFigures } from "../../protocol";
import { count, counted, shortCount, time } from "../format";
import { Icon } from "../parts/icon";
import { figuresOf, nowMs } from "../store";

/** How long a failure stays lit. */
const LIT_MS = 20_000;

/** A part with its figures; a link to everything about it. */
export function PartRow({
  part,
  depth,
  chosen,
}: {
  readonly part: Part;
  readonly depth: number;
  readonly chosen: boolean;
}) {
  const figures = figuresOf(part.id).value;
  const { running } = figures;
  // Drawn anew when it goes out, and not at every tick of the clock.
  const isLit = useComputed(() => {
    const { failures, failedMs = 0 } = figuresOf(part.id).value;
    return failures > 0 && nowMs.value - failedMs < LIT_MS;
  });
  const lit = isLit.value;
  const classes = [
    "part",
    `kind-${part.kind}`,
    part.failures === true ? "of-failures" : "",
    lit ? "lit" : "",
    running > 0 ? "running" : "",
  ];
  return (
    <li>
      <a
        class={classes.filter((name) => name !== "").join(" ")}
        href={`/flow/${part.id}`}
        aria-current={chosen ? "true" : undefined}
        title={said(part, figures)}
        style={{ paddingLeft: `${7 + depth * 10}px` }}
      >
        <Icon kind={part.kind} />
        <span class="name">{nameOf(part)}</span>
        <Figures part={part} figures={figures} />
      </a>
    </li>
  );
}

function Figures({ part, figures }: { readonly part: Part; readonly figures: PartFigures }) {
  const { failures, running, waiting = 0, inFlight = 0, count: passed } = figures;
  const depth = waiting + inFlight;
  return (
    <>
      {running > 0 && (
        <span class="run">
          <span class="hidden">running </span>
          {running}
        </span>
      )}
      {depth > 0 && (
        <span class={part.failures === true ? "depth bad" : "depth"}>
          <span class="hidden">waiting </span>
          {shortCount(depth)}
        </span>
      )}
      {failures > 0 && part.failures !== true && (
        <span class="fails">
          <span class="hidden">failed </span>
          {shortCount(failures)}
        </span>
      )}
      {passed > 0 && <span class="passed">{shortCount(passed)}</span>}
    </>
  );
}

/** A dead-letter queue stands below its queue, so that its first name need not be said again. */
function nameOf({ title, failures }: Part): string {
  return failures === true && title.endsWith("-dead-letters") ? "dead letters" : title;
}

/** The row in words, for a pointer that rests on it. */
function said(part: Part, figures: PartFigures): string {
  const { count: passed, failures, failedMs, running, waiting, inFlight } = figures;
  return [
    `${part.title} (${part.kind})`,
    `${count(passed)} so far`,
    ...(running > 0 ? [`${running} running`] : []),
    ...(waiting === undefined ? [] : [`${counted(waiting, "message")} waiting, ${inFlight ?? 0} in flight`]),
    ...(failures > 0 && failedMs !== undefined ? [`${count(failures)} failed, last at ${time(failedMs)}`] : []),
  ].join("\n");
}
