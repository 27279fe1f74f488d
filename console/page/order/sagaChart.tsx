import { useMemo } from "preact/hooks";
import type { SagaRun, SagaVisit } from "../../pages";
import { duration } from "../format";
import { refine } from "../location";
import { rounded } from "../flow/routes";
import { pipeline } from "../store";
import { sagaDiagram, type SagaDiagram, type SagaEdge, type SagaNode } from "./sagaLayout";

const CELL = { width: 150, height: 92, boxWidth: 126, boxHeight: 46, pad: 8 } as const;

/** The saga's states, and the path that a run took through them. */
export function SagaChart({ run, chosen }: { readonly run: SagaRun | undefined; readonly chosen: string }) {
  const saga = pipeline.value?.saga;
  const diagram = useMemo(() => (saga === undefined ? undefined : sagaDiagram(saga)), [saga]);
  if (diagram === undefined) return null;
  const taken = takenEdges(run, diagram);
  const width = diagram.columns * CELL.width + CELL.pad * 2 - (CELL.width - CELL.boxWidth);
  const height = 3 * CELL.height - (CELL.height - CELL.boxHeight) + CELL.pad * 2;
  return (
    <div class="scroll saga-scroll" tabIndex={0} role="region" aria-label="State diagram">
      <div class="saga" style={{ width: `${width}px`, height: `${height}px` }}>
        <svg width={width} height={height} aria-hidden="true">
          <defs>
            <marker
              id="saga-tip"
              viewBox="0 0 6 6"
              refX="5"
              refY="3"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0 6 3 0 6z" />
            </marker>
          </defs>
          {diagram.edges.map((edge) => (
            <path
              key={`${edge.from}>${edge.to}`}
              class={taken.has(`${edge.from}>${edge.to}`) ? "edge taken" : "edge"}
              d={edgePath(edge, diagram)}
              marker-end="url(#saga-tip)"
            />
          ))}
        </svg>
        {diagram.nodes.map((node) => (
          <State key={node.state.name} node={node} run={run} chosen={chosen === node.state.name} />
        ))}
      </div>
    </div>
  );
}

function State({
  node,
  run,
  chosen,
}: {
  readonly node: SagaNode;
  readonly run: SagaRun | undefined;
  readonly chosen: boolean;
}) {
  const { name, type } = node.state;
  const visit = run?.states.find((state) => state.name === name);
  const tone = toneOf(visit, type);
  const { left, top } = placeOf(node);
  return (
    <button
      type="button"
      class={`state ${tone}`}
      aria-pressed={chosen}
      disabled={visit === undefined}
      style={{ left: `${left}px`, top: `${top}px`, width: `${CELL.boxWidth}px`, height: `${CELL.boxHeight}px` }}
      onClick={() => refine({ state: chosen ? undefined : name })}
    >
      <strong>{name}</strong>
      <span>{visit === undefined ? type.toLowerCase() : saidOf(visit)}</span>
    </button>
  );
}

function toneOf(visit: SagaVisit | undefined, type: string): string {
  if (visit === undefined) return "unseen";
  const last = visit.attempts.at(-1);
  if (last?.error !== undefined || type === "Fail") return "went-wrong";
  return visit.attempts.length > 1 ? "retried" : "went-well";
}

function saidOf({ attempts, enteredAt, exitedAt, type }: SagaVisit): string {
  if (type !== "Task") return "passed";
  const error = attempts.at(-1)?.error;
  const tries = attempts.length > 1 ? `${attempts.length} tries, ` : "";
  if (error !== undefined) return `${tries}${error}`;
  if (enteredAt === undefined || exitedAt === undefined) return `${tries}under way`;
  return `${tries}${duration(Date.parse(exitedAt) - Date.parse(enteredAt))}`;
}

/** Edges between states that were visited one after the other. */
function takenEdges(run: SagaRun | undefined, { nodeOf }: SagaDiagram): Set<string> {
  const visited = (run?.states ?? []).flatMap(({ name }) => nodeOf(name) ?? []);
  return new Set(visited.slice(1).map((name, at) => `${visited[at]}>${name}`));
}

function placeOf({ column, row }: SagaNode): { readonly left: number; readonly top: number } {
  return { left: CELL.pad + column * CELL.width, top: CELL.pad + row * CELL.height };
}

function edgePath({ from, to }: SagaEdge, { nodes }: SagaDiagram): string {
  const [begin, end] = [from, to].map((name) => nodes.find(({ state }) => state.name === name));
  if (begin === undefined || end === undefined) return "";
  const [a, b] = [placeOf(begin), placeOf(end)];
  const [middleA, middleB] = [a.left + CELL.boxWidth / 2, b.left + CELL.boxWidth / 2];
  const halfway = CELL.boxHeight / 2;
  if (begin.row === end.row) {
    const ahead = end.column > begin.column;
    const [startX, endX] = ahead ? [a.left + CELL.boxWidth, b.left] : [a.left, b.left + CELL.boxWidth];
    return `M${startX} ${a.top + halfway}L${endX} ${b.top + halfway}`;
  }
  const down = end.row > begin.row;
  const startY = down ? a.top + CELL.boxHeight : a.top;
  const endY = down ? b.top : b.top + CELL.boxHeight;
  // Into a state that others reach from above as well, a rail between the rows carries all of them.
  const railY = down ? endY - 16 : endY + 16;
  const shift = begin.column === end.column ? 0 : down ? -12 : 12;
  return rounded([
    [middleA, startY],
    [middleA, railY],
    [middleB + shift, railY],
    [middleB + shift, endY],
  ]);
}
