import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { segments } from "../location";
import { pipeline, totals } from "../store";
import { layoutOf } from "./layout";
import { PartPanel } from "./partPanel";
import { Picture } from "./picture";
import { PartList } from "./partList";
import { Troubles } from "./troubles";

/** Below this the picture has no room for its columns, and the parts stand below each other. */
const LEAST_ROOM = 1_000;

/** The pipeline as the program registered it, at work. */
export function FlowView() {
  const [, chosen] = segments.value;
  const place = useRef<HTMLDivElement>(null);
  const room = useSignal(0);
  useEffect(() => {
    const measure = (): void => {
      room.value = place.current?.clientWidth ?? 0;
    };
    const observer = new ResizeObserver(measure);
    if (place.current !== null) observer.observe(place.current);
    measure();
    return () => observer.disconnect();
  }, []);
  const graph = pipeline.value?.graph;
  const layout = useMemo(
    () => (graph === undefined || room.value < LEAST_ROOM ? undefined : layoutOf(graph, room.value)),
    [graph, room.value],
  );
  if (graph === undefined) return null;
  return (
    <section class="flow" aria-labelledby="flow-title">
      <div class="title-line">
        <h1 id="flow-title">Flow</h1>
        <p class="dim">
          {pipeline.value?.resourceCount} resources, drawn from what the program registered. Choose a part to look into
          it.
        </p>
      </div>
      {totals.value.all === 0 && <FirstOrder />}
      <div ref={place} class="flow-place">
        {layout !== undefined ? (
          <Picture layout={layout} chosen={chosen} />
        ) : (
          <PartList graph={graph} chosen={chosen} />
        )}
      </div>
      <Troubles />
      {chosen !== undefined && <PartPanel key={chosen} id={chosen} />}
    </section>
  );
}

function FirstOrder() {
  return (
    <p class="first-order">
      <b>No orders yet.</b> <a href="/try">Place the first one</a>, and watch it go through.
    </p>
  );
}
