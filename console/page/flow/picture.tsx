import { useMemo } from "preact/hooks";
import { ArrowLine } from "./arrowLine";
import type { Layout, PlacedBox } from "./layout";
import { PartRow } from "./partRow";
import { routesOf } from "./routes";
import { Traveller } from "./traveller";

/** Boxes for components, rows for their parts, lines for what goes between them. */
export function Picture({ layout, chosen }: { readonly layout: Layout; readonly chosen: string | undefined }) {
  const { routes, height } = useMemo(() => routesOf(layout), [layout]);
  const boxOf = useMemo(
    () => new Map(layout.boxes.flatMap(({ name, rows }) => rows.map(({ part }) => [part.id, name] as const))),
    [layout],
  );
  return (
    <div class="picture" style={{ height: `${height}px` }}>
      <svg class="lines" width="100%" height={height} aria-hidden="true">
        <defs>
          <marker
            id="tip"
            viewBox="0 0 6 6"
            refX="4"
            refY="3"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0 6 3 0 6z" />
          </marker>
        </defs>
        {routes.map((route) => (
          <ArrowLine
            key={route.arrow.id}
            route={route}
            near={isNear(route.arrow.from, route.arrow.to, chosen, boxOf)}
          />
        ))}
      </svg>
      <div aria-hidden="true">
        {routes.map((route) => (
          <Traveller key={route.arrow.id} route={route} />
        ))}
      </div>
      {layout.boxes.map((box) => (
        <Box key={box.name} box={box} chosen={chosen} />
      ))}
    </div>
  );
}

/** While a part is looked at, the lines of others step back. */
function isNear(from: string, to: string, chosen: string | undefined, boxOf: ReadonlyMap<string, string>): boolean {
  if (chosen === undefined) return true;
  return [from, to].some((id) => id === chosen || boxOf.get(id) === boxOf.get(chosen));
}

function Box({ box, chosen }: { readonly box: PlacedBox; readonly chosen: string | undefined }) {
  const { name, x, y, width, height, rows } = box;
  return (
    <section
      class="box"
      aria-label={name}
      style={{ left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` }}
    >
      <h2>{name}</h2>
      <ul>
        {rows.map(({ part, depth }) => (
          <PartRow key={part.id} part={part} depth={depth} chosen={part.id === chosen} />
        ))}
      </ul>
    </section>
  );
}
