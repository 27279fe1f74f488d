import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { motionReduced } from "../theme";
import { useTotal } from "./arrowLine";
import type { Point, Route } from "./routes";

const TRAVEL_MS = 900;

/**
 * What travels along a line whenever its count grows. It is moved by transforms alone, which a browser does beside its
 * other work, without drawing anything anew.
 */
export function Traveller({ route: { arrow, points } }: { readonly route: Route }) {
  const total = useTotal(arrow);
  const dot = useRef<HTMLElement>(null);
  const before = useRef<number | undefined>(undefined);
  useSignalEffect(() => {
    const count = total.value;
    const grew = before.current !== undefined && count > before.current;
    before.current = count;
    // One at a time: what moves a lot is a steady stream.
    if (!grew || dot.current === null || motionReduced() || dot.current.getAnimations().length > 0) return;
    dot.current.animate(keyframesOf(points), { duration: TRAVEL_MS, easing: "ease-in-out" });
  });
  return <i ref={dot} class={`traveller ${arrow.way}`} />;
}

/** Through all corners at an even speed. */
function keyframesOf(points: readonly Point[]): Keyframe[] {
  const lengths = points.map(([x, y], at) => {
    const [beforeX, beforeY] = points[at - 1] ?? [x, y];
    return Math.abs(x - beforeX) + Math.abs(y - beforeY);
  });
  const whole = Math.max(
    1,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  let gone = 0;
  return points.map(([x, y], at) => {
    gone += lengths[at] ?? 0;
    return { transform: `translate(${x}px, ${y}px)`, opacity: 1, offset: gone / whole };
  });
}
