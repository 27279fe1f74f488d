import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Graph } from "../../protocol";
import { count } from "../format";
import { countOf } from "../store";
import { layoutOf, type DrawnArrow } from "./layout";
import { PartRow } from "./partRow";

/** The picture where there is no room for one: components below each other in the order of the flow. */
export function PartList({ graph, chosen }: { readonly graph: Graph; readonly chosen: string | undefined }) {
  const { boxes, arrows } = useMemo(() => layoutOf(graph, 1_200), [graph]);
  const inOrder = [...boxes].sort((a, b) => a.column - b.column || a.y - b.y);
  const titles = new Map(graph.parts.map(({ id, title, box }) => [id, box === title ? title : `${box} · ${title}`]));
  return (
    <div class="part-list">
      {inOrder.map(({ name, rows }) => {
        const out = arrows.filter(({ from }) => rows.some(({ part }) => part.id === from));
        return (
          <section key={name} class="box" aria-label={name}>
            <h2>{name}</h2>
            <ul>
              {rows.map(({ part, depth }) => (
                <PartRow key={part.id} part={part} depth={depth} chosen={part.id === chosen} />
              ))}
            </ul>
            {out.length > 0 && (
              <ul class="outs" aria-label={`From ${name}`}>
                {out.map((arrow) => (
                  <Out key={arrow.id} arrow={arrow} title={titles.get(arrow.to) ?? arrow.to} />
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </div>
  );
}

function Out({ arrow, title }: { readonly arrow: DrawnArrow; readonly title: string }) {
  const total = useComputed(() => arrow.arrows.reduce((sum, { id }) => sum + countOf(id).value, 0));
  return (
    <li class={arrow.way}>
      <span aria-hidden="true">→</span> {title} <b>{count(total.value)}</b>
    </li>
  );
}
