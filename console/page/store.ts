import { batch, computed, signal, type Signal } from "@preact/signals";
import type {
  Burst,
  FaultSwitch,
  OrderRow,
  OrderTotals,
  PartFigures,
  Pipeline,
  PromiseVerdict,
  Telling,
  Trouble,
} from "../protocol";

/** What stays the same; undefined until it is there. */
export const pipeline = signal<Pipeline | undefined>(undefined);
/** Whether the pipeline tells what happens. */
export const connection = signal<"connecting" | "connected" | "lost">("connecting");
export const nowMs = signal(Date.now());
export const speed = signal(1);
export const orders = signal<ReadonlyMap<string, OrderRow>>(new Map());
export const totals = signal<OrderTotals>({ all: 0, PENDING: 0, CONFIRMED: 0, FAILED: 0 });
export const troubles = signal<readonly Trouble[]>([]);
export const faults = signal<readonly FaultSwitch[]>([]);
export const promises = signal<readonly PromiseVerdict[]>([]);
export const burst = signal<Burst | undefined>(undefined);
export const turns = signal({ alarms: 0, mails: 0, letters: 0 });
export const unreadable = signal<string | undefined>(undefined);

/** The newest first. */
export const newestFirst = computed(() => [...orders.value.values()].sort((a, b) => b.createdMs - a.createdMs));

const NO_FIGURES: PartFigures = { count: 0, failures: 0, running: 0 };
const figures = new Map<string, Signal<PartFigures>>();
const moved = new Map<string, Signal<number>>();

/** The figures of one part; what shows them is drawn anew when they change, and nothing else is. */
export function figuresOf(part: string): Signal<PartFigures> {
  return entry(figures, part, NO_FIGURES);
}

/** How much went along an arrow. */
export function countOf(arrow: string): Signal<number> {
  return entry(moved, arrow, 0);
}

/** Takes in what the pipeline tells. */
export function take(telling: Telling): void {
  batch(() => {
    nowMs.value = telling.nowMs;
    speed.value = telling.speed;
    for (const [part, value] of Object.entries(telling.parts ?? {})) figuresOf(part).value = value;
    for (const [arrow, value] of Object.entries(telling.arrows ?? {})) countOf(arrow).value = value;
    takeOrders(telling);
    if (telling.totals !== undefined) totals.value = telling.totals;
    if (telling.troubles !== undefined) troubles.value = telling.troubles;
    if (telling.faults !== undefined) faults.value = telling.faults;
    if (telling.promises !== undefined) promises.value = telling.promises;
    if (telling.burst !== undefined) burst.value = telling.burst;
    if (telling.turns !== undefined) turns.value = telling.turns;
    if (telling.unreadable !== undefined) unreadable.value = telling.unreadable ?? undefined;
  });
}

/** Listens to the pipeline, again and again when it is lost, and reads anew what may be another pipeline by then. */
export function listen(): void {
  const source = new EventSource("/feed");
  source.onmessage = ({ data }: MessageEvent<string>) => {
    const telling = JSON.parse(data) as Telling;
    if (telling.fresh === true) void readPipeline();
    take(telling);
    connection.value = "connected";
  };
  source.onerror = () => {
    connection.value = "lost";
    // A browser tries again by itself unless the answer was no stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1_000);
  };
}

async function readPipeline(): Promise<void> {
  const answer = await fetch("/data/pipeline").catch(() => undefined);
  if (answer?.ok === true) pipeline.value = (await answer.json()) as Pipeline;
}

function takeOrders({ orders: rows, fresh }: Telling): void {
  if (rows === undefined) return;
  const next = fresh === true ? new Map<string, OrderRow>() : new Map(orders.value);
  for (const row of rows) next.set(row.orderId, row);
  orders.value = next;
}

function entry<Value>(map: Map<string, Signal<Value>>, key: string, first: Value): Signal<Value> {
  const found = map.get(key) ?? signal(first);
  map.set(key, found);
  return found;
}
