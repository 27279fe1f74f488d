import { useComputed, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { shortCount } from "../format";
import { countOf } from "../store";
import { motionReduced } from "../theme";
import type { Route } from "./routes";

const TRAVEL_MS = 900;

/** A line with its count; something travels along it whenever the count grows. */
export function ArrowLine({ route, near }: { readonly route: Route; readonly near: boolean }) {
  const { arrow, path, label } = route;
  const total = useComputed(() => arrow.arrows.reduce((sum, { id }) => sum + countOf(id).value, 0));
  const dot = useRef<SVGCircleElement>(null);
  const before = useRef<number | undefined>(undefined);
  useSignalEffect(() => {
    const count = total.value;
    const grew = before.current !== undefined && count > before.current;
    before.current = count;
    if (grew && dot.current !== null && !motionReduced()) travel(dot.current, path);
  });
  const digits = shortCount(total.value);
  const classes = ["line", arrow.way, total.value > 0 ? "used" : "", near ? "" : "far"];
  return (
    <g class={classes.filter((name) => name !== "").join(" ")}>
      <path d={path} marker-end="url(#tip)" />
      <circle ref={dot} r="3.5" class="dot-along" />
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

function travel(dot: SVGCircleElement, path: string): void {
  // One at a time: what moves a lot is a steady stream.
  if (dot.getAnimations().length > 0) return;
  dot.style.offsetPath = `path("${path}")`;
  dot.animate(
    [
      { offsetDistance: "0%", opacity: 1 },
      { offsetDistance: "96%", opacity: 1 },
      { offsetDistance: "100%", opacity: 0 },
    ],
    { duration: TRAVEL_MS, easing: "cubic-bezier(.4,.1,.5,1)" },
  );
}
