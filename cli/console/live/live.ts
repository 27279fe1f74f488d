import type { Pipeline as PipelineFacts, PromiseVerdict, Telling } from "../../../console/protocol";
import type { Pipeline } from "../../pipeline";
import { simulationTarget } from "../../simulationTarget";
import { spoken } from "../../terminal";
import type { EventStreams } from "../http/eventStreams";
import type { Inventory } from "../pages/inventory";
import { BurstSender } from "./burstSender";
import { FaultPanel } from "./faultPanel";
import { OrderIndex } from "./orderIndex";
import { Promises, unknownPromises } from "./promises";
import { QueueDepths } from "./queueDepths";
import type { Recorder } from "./recorder";
import type { PipelineGraph } from "../graph/pipelineGraph";

/** All of the wall: nobody can follow more than a few changes a second, and a browser has other work to do. */
const TELL_EVERY_MS = 250;
const DEPTHS_EVERY_MS = 750;
const JUDGE_EVERY_MS = 2_000;
/** Times over which something that does not change is looked at again all the same. */
const PATIENCE = 5;
/** Orders that the page lists. */
const MOST_LISTED = 2_000;

/** What the page is told as it happens. It begins when the first browser listens. */
export class Live {
  readonly orders: OrderIndex;
  readonly faults: FaultPanel;
  readonly burst: BurstSender;
  readonly promises: Promises;
  private readonly depths: QueueDepths;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly listeners: (() => void)[];
  private verdicts: readonly PromiseVerdict[] = unknownPromises("not judged yet");
  private stale = { depths: PATIENCE, verdicts: PATIENCE };
  private told = { troubles: 0, turns: "", faults: "", verdicts: "", unreadable: "", speed: 0, burst: "" };
  private readonly queues: readonly { readonly id: string; readonly url: string }[];
  private toldMs = 0;

  constructor(
    private readonly pipeline: Pipeline,
    facts: PipelineFacts,
    private readonly parts: {
      readonly recorder: Recorder;
      readonly streams: EventStreams;
      readonly drawn: PipelineGraph;
    },
    inventory: Inventory,
  ) {
    const { runtime, outputs } = pipeline;
    const { clock, feed, faults } = runtime;
    const placed = parts.drawn.directory.placed;
    const orders = placed.find(
      ({ physicalName, part }) => part.kind === "table" && physicalName === outputs.ordersTable,
    );
    this.orders = new OrderIndex(outputs, String(orders?.resource.outputs["streamArn"]));
    this.faults = new FaultPanel({ faults, clock, paymentsTable: outputs.paymentsTable });
    this.burst = new BurstSender({ ...outputs, catalogue: () => inventory.list() }, () => undefined);
    this.depths = new QueueDepths(outputs);
    this.queues = placed
      .filter(({ part }) => part.kind === "queue")
      .map(({ part, resource }) => ({ id: part.id, url: String(resource.outputs["url"]) }));
    this.promises = new Promises({
      ...{ target: simulationTarget(pipeline), currency: facts.currency },
      finalWithinSeconds: facts.finalWithinSeconds,
      nowMs: () => clock.now(),
      letters: () => this.letters(),
    });
    this.listeners = [
      feed.on("databaseCall", ({ tables, operation }) => this.onDatabaseCall(tables, operation)),
      feed.on("message", () => (this.stale.depths = PATIENCE)),
    ];
    this.every(TELL_EVERY_MS, () => this.tell());
    this.every(DEPTHS_EVERY_MS, () => this.readDepths());
    this.every(JUDGE_EVERY_MS, () => this.judge());
    this.orders.wake();
  }

  /** Everything, for one who begins to listen. */
  whole(): Telling {
    const { recorder } = this.parts;
    const burst = this.burst.state;
    return {
      ...this.times(),
      parts: Object.fromEntries(recorder.figures.parts),
      arrows: Object.fromEntries(recorder.figures.arrows),
      ...{ orders: this.orders.newest(MOST_LISTED), fresh: true, totals: this.orders.totals() },
      ...{ troubles: recorder.troubles, faults: this.faults.switches(), promises: this.verdicts },
      turns: { ...recorder.turns },
      unreadable: this.orders.unreadable ?? null,
      ...(burst && { burst }),
    };
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const stop of this.listeners) stop();
    this.burst.stop();
    this.orders.close();
    this.depths.close();
    this.promises.close();
  }

  private onDatabaseCall(tables: readonly string[], operation: string): void {
    if (!/^(?:Put|Update|Delete|Transact|BatchWrite)/.test(operation)) return;
    this.stale.verdicts = PATIENCE;
    if (tables.includes(this.pipeline.outputs.ordersTable)) this.orders.wake();
  }

  private times(): Pick<Telling, "nowMs" | "speed"> {
    const { clock } = this.pipeline.runtime;
    return { nowMs: Math.round(clock.now()), speed: clock.speed };
  }

  private tell(): void {
    const { recorder, streams } = this.parts;
    const orders = this.orders.takeChanges();
    const changes = {
      ...recorder.figures.takeChanges(),
      ...(orders.length > 0 && { orders, totals: this.orders.totals() }),
      ...this.changed("faults", this.faults.switches()),
      ...this.changed("turns", { ...recorder.turns }),
      ...this.changed("unreadable", this.orders.unreadable ?? null),
      ...this.changed("burst", this.burst.state),
      ...(this.told.verdicts !== JSON.stringify(this.verdicts) && { promises: this.verdicts }),
      ...(recorder.troubleCount !== this.told.troubles && { troubles: recorder.troubles }),
    };
    this.told.verdicts = JSON.stringify(this.verdicts);
    this.told.troubles = recorder.troubleCount;
    const times = this.times();
    // Time alone is worth telling once a second.
    const silent = Object.keys(changes).length === 0 && this.told.speed === times.speed;
    if (streams.count === 0 || (silent && performance.now() - this.toldMs < 1_000)) return;
    this.told.speed = times.speed;
    this.toldMs = performance.now();
    streams.tell({ ...times, ...changes });
  }

  private changed<Name extends "faults" | "turns" | "unreadable" | "burst">(
    name: Name,
    value: Telling[Name],
  ): Partial<Telling> {
    const text = JSON.stringify(value) ?? "";
    if (this.told[name] === text) return {};
    this.told[name] = text;
    return { [name]: value };
  }

  private async readDepths(): Promise<void> {
    if (!this.isDue("depths")) return;
    const { figures } = this.parts.recorder;
    await Promise.all(
      this.queues.map(async ({ id, url }) => {
        const { waiting, inFlight } = await this.depths.of(url);
        figures.depth(id, waiting, inFlight);
      }),
    );
  }

  private async judge(): Promise<void> {
    if (!this.isDue("verdicts")) return;
    this.verdicts = await this.promises
      .judge()
      .catch((error: Error) => unknownPromises(`cannot be judged: ${spoken(error)}`));
  }

  /** What changed is looked at again a few times, because some of it arrives late; then now and then. */
  private isDue(what: "depths" | "verdicts"): boolean {
    if (this.parts.streams.count === 0) return false;
    this.stale[what] -= 1;
    return this.stale[what] >= 0 || this.stale[what] % PATIENCE === 0;
  }

  private letters(): { underWay: number; givenUp: number } {
    const { outputs } = this.pipeline;
    const { parts } = this.parts.recorder.figures;
    const depthOf = (url: string): number => {
      const id = this.queues.find((queue) => queue.url === url)?.id ?? "";
      const { waiting = 0, inFlight = 0 } = parts.get(id) ?? {};
      return waiting + inFlight;
    };
    return { underWay: depthOf(outputs.orderQueueUrl), givenUp: depthOf(outputs.deadLetterQueueUrl) };
  }

  /** A round that fails, because a service is away for one, is followed by the next. */
  private every(ms: number, work: () => void | Promise<void>): void {
    let under = false;
    const round = async (): Promise<void> => {
      if (under) return;
      under = true;
      try {
        await work();
      } catch {
        return;
      } finally {
        under = false;
      }
    };
    this.timers.push(setInterval(() => void round(), ms));
  }
}
