import type { Saga, SagaState } from "../../protocol";

/** A state on the diagram, on a grid. */
export interface SagaNode {
  readonly state: SagaState;
  readonly column: number;
  readonly row: number;
}

export interface SagaEdge {
  readonly from: string;
  readonly to: string;
  /** The ways in which it is taken, such as names of errors. */
  readonly on: readonly string[];
}

export interface SagaDiagram {
  readonly nodes: readonly SagaNode[];
  readonly edges: readonly SagaEdge[];
  readonly columns: number;
  /** The diagram's state that stands for a state: small ones that only note something are part of an arrow. */
  readonly nodeOf: (state: string) => string | undefined;
}

/**
 * Places the states of a saga: the way forward on the first row, from left to right; the fence and its verdict on the
 * second; the way back on the third, from right to left.
 */
export function sagaDiagram({ startAt, states }: Saga): SagaDiagram {
  const byName = new Map(states.map((state) => [state.name, state]));
  const notes = new Set(states.filter((state) => isNote(state)).map(({ name }) => name));
  const through = (name: string): string => (notes.has(name) ? (byName.get(name)?.nexts[0]?.to ?? name) : name);
  const chain = (from: string, seen: ReadonlySet<string> = new Set()): string[] => {
    const next = byName.get(from)?.nexts.find(({ on }) => on === undefined)?.to;
    return next === undefined || seen.has(next) ? [from] : [from, ...chain(next, new Set([...seen, from, next]))];
  };
  const forward = chain(startAt);
  const kept = states.filter(({ name }) => !notes.has(name));
  const rest = kept.filter(({ name }) => !forward.includes(name)).map(({ name }) => name);
  const back = rest
    .map((name) => chain(name).filter((state) => !forward.includes(state)))
    .reduce(longestAfterChoice(byName), []);
  const middle = rest.filter((name) => !back.includes(name));
  const columns = Math.max(forward.length, back.length, middle.length);
  const nodes = [
    ...forward.map((name, column) => ({ name, column, row: 0 })),
    ...middle.map((name, at) => ({ name, column: middleColumn(at, middle.length, columns), row: 1 })),
    ...back.map((name, at) => ({ name, column: columns - 1 - at, row: 2 })),
  ].flatMap(({ name, ...place }) => {
    const state = byName.get(name);
    return state === undefined ? [] : [{ state, ...place }];
  });
  return {
    nodes,
    edges: edgesOf(kept, through),
    columns,
    nodeOf: (name) => (byName.has(name) && !notes.has(name) ? name : undefined),
  };
}

/** A state that only writes down which error it was, on the way to the next. */
function isNote({ type, nexts, end }: SagaState): boolean {
  return type === "Pass" && !end && nexts.length === 1;
}

/** The way back begins where a choice leads, and is the longest chain from there. */
function longestAfterChoice(byName: ReadonlyMap<string, SagaState>) {
  const afterChoice = new Set(
    [...byName.values()].filter(({ type }) => type === "Choice").flatMap(({ nexts }) => nexts.map(({ to }) => to)),
  );
  return (longest: string[], chain: string[]): string[] =>
    afterChoice.has(chain[0] ?? "") && chain.length > longest.length ? chain : longest;
}

/** The fence near the end of the way forward, its verdict above the beginning of the way back. */
function middleColumn(at: number, of: number, columns: number): number {
  if (of <= 2) return columns - of + at;
  return at < 2 ? columns - 2 + at : columns - 1 - at;
}

function edgesOf(states: readonly SagaState[], through: (name: string) => string): SagaEdge[] {
  const edges = new Map<string, { from: string; to: string; on: string[] }>();
  for (const { name, nexts } of states) {
    for (const { to, on } of nexts) {
      const end = through(to);
      const key = `${name}>${end}`;
      const edge = edges.get(key) ?? { from: name, to: end, on: [] };
      if (on !== undefined) edge.on.push(on);
      edges.set(key, edge);
    }
  }
  return [...edges.values()];
}
