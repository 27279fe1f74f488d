import { useComputed, type ReadonlySignal } from "@preact/signals";
import { shortCount } from "../format";
import { countOf } from "../store";
import type { DrawnArrow } from "./layout";
import type { Route } from "./routes";

/** A line with its count. */
export function ArrowLine({ route, near }: { readonly route: Route; readonly near: boolean }) {
  const { arrow, path, label } = route;
  const total = useTotal(arrow);
  const digits = shortCount(total.value);
  const classes = ["line", arrow.way, total.value > 0 ? "used" : "", near ? "" : "far"];
  return (
    <g class={classes.filter((name) => name !== "").join(" ")}>
      <path d={path} marker-end="url(#tip)" />
      {total.value > 0 && (
        <g class="count">
          <rect
            x={label.x - digits.length * 3.4 - 4}
            y={label.y - 7.5}
            width={digits.length * 6.8 + 8}
            height="15"
            rx="7"
          />
          <text x={label.x} y={label.y + 3.5} text-anchor="middle">
            {digits}
          </text>
        </g>
      )}
    </g>
  );
}

/** How much went along all arrows of a line. */
export function useTotal(arrow: DrawnArrow): ReadonlySignal<number> {
  return useComputed(() => arrow.arrows.reduce((sum, { id }) => sum + countOf(id).value, 0));
}
