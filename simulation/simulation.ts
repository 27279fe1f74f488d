import { SEED_CATALOGUE } from "../contracts/seedCatalogue";
import { BookReader } from "./books";
import { checkMoney } from "./checkers/money";
import { checkOrders } from "./checkers/orders";
import { checkRecorded, checkTold } from "./checkers/consumers";
import { checkReceipts } from "./checkers/receipts";
import { checkStock } from "./checkers/stock";
import { checkTrail } from "./checkers/trail";
import { Customers } from "./customers";
import { Echoes } from "./echoes";
import type { History } from "./history";
import { isUnclear, Journal } from "./journal";
import { settle, type LivenessEnd } from "./liveness";
import { Observations } from "./observations";
import { Queues } from "./queues";
import { Random } from "./random";
import type { Scenario } from "./scenario";
import { StockWatch } from "./stockWatch";
import type { Target } from "./target";
import type { Undertaking } from "./undertaking";
import { countOrders, evidenceOf, type RequestCounts, type Times, type Verdict } from "./verdict";
import { drawWorkload } from "./workload";

/** Within so much of the runtime's clock without faults, everything accepted must have come to its end. */
export const LIVENESS_BOUND_MS = 1_800_000;
/** Of the wall. A runtime whose clock does not get on is at fault as well. */
const LIVENESS_PATIENCE_MS = 120_000;
/** How long the pipeline goes on under faults after the last request, in milliseconds of the runtime's clock. */
const DRAIN_MS = 120_000;
/** The same, of the wall. */
const DRAIN_PATIENCE_MS = 6_000;

/** How late a delayed call takes effect at most: long after its saga went back, and before a calm counts as the end. */
const LATEST_CALL_MS = 45_000;

const CHECKERS = [checkStock, checkMoney, checkReceipts, checkOrders, checkTrail, checkRecorded, checkTold];

export type Phase = "safety" | "liveness" | "checking";

/** The currency of the simulated shop. */
const CURRENCY = "EUR";

/**
 * One run: a safety phase in which customers order while things go wrong, a liveness phase in which nothing goes wrong any
 * more and everything must come to its end, and the judgement.
 */
export class Simulation {
  private readonly random: Random;
  private readonly observations: Observations;
  private readonly journal = new Journal();
  private readonly books: BookReader;
  private readonly queues: Queues;
  private readonly echoes: Echoes;
  private readonly customers: Customers;
  private readonly initialStock = new Map<string, number>();

  constructor(
    private readonly target: Target,
    private readonly scenario: Scenario,
    private readonly onPhase: (phase: Phase) => void = () => undefined,
  ) {
    this.random = new Random(String(scenario.seed));
    this.observations = new Observations(target);
    this.books = new BookReader(target);
    this.queues = new Queues(target);
    this.echoes = new Echoes(target, this.queues, this.observations);
    this.customers = new Customers({
      target,
      journal: this.journal,
      random: this.random.fork("customers"),
      onBegin: (_, before) => this.beginOutages(before),
      onAccepted: (undertaking, orderId) => this.echoes.begin(undertaking, orderId),
    });
  }

  async run(): Promise<Verdict> {
    try {
      await this.books.setStock(this.scenario.scarce);
      for (const { productId, stock } of await this.books.stock()) this.initialStock.set(productId, stock);
      const watch = new StockWatch(this.books, this.initialStock);
      watch.start();
      const safetyMs = await elapsed(() => this.safety());
      let end: LivenessEnd | undefined;
      const livenessMs = await elapsed(async () => (end = await this.liveness()));
      await watch.stop();
      if (end === undefined) throw new Error("The liveness phase has no end.");
      return await this.judge(watch, end, { safetyMs, livenessMs, livenessClockMs: end.tookMs });
    } finally {
      this.target.faults.clear();
      this.close();
    }
  }

  private async safety(): Promise<void> {
    this.onPhase("safety");
    const { seed, rates, stubborn, clients } = this.scenario;
    const { at, ...often } = stubborn;
    const { inventory, payments } = this.target.tables;
    const about = { anywhere: "", inventory, payments, confirmation: this.target.confirmingRole }[at];
    this.target.faults.set({ seed, rates, stubborn: { ...often, about }, delayMs: [0, LATEST_CALL_MS] });
    await this.customers.carryOut(this.workload(), clients);
    await this.drain();
  }

  /** Lets faults work on what is under way, until it is final or its time is over. */
  private async drain(): Promise<void> {
    const { clock } = this.target;
    const untilMs = clock.now() + DRAIN_MS;
    const patience = performance.now() + DRAIN_PATIENCE_MS;
    while (clock.now() < untilMs && performance.now() < patience) {
      const orders = await this.books.orders().catch(() => undefined);
      if (orders?.every(({ status }) => status !== "PENDING") === true) return;
      await clock.sleep(1_000);
    }
  }

  private async liveness(): Promise<LivenessEnd> {
    this.onPhase("liveness");
    const { target, books, queues, observations } = this;
    target.faults.clear();
    await this.customers.finish(this.scenario.clients);
    const leftOver = this.customers.unfinishedCount;
    await this.echoes.done();
    const bounds = { boundMs: LIVENESS_BOUND_MS, patienceMs: LIVENESS_PATIENCE_MS };
    const end = await settle({ books, queues, clock: target.clock, observations, ...bounds });
    if (leftOver === 0) return end;
    const sentence = `${leftOver} customers got no clear answer, although nothing went wrong any more.`;
    return { ...end, violations: [...end.violations, { promise: "liveness", sentence }] };
  }

  private async judge(watch: StockWatch, end: LivenessEnd, times: Times): Promise<Verdict> {
    this.onPhase("checking");
    const books = await this.books.read();
    const { initialStock, observations, journal } = this;
    const { events, messages } = observations;
    const history: History = { initialStock, books, events, messages, attempts: journal.attempts };
    const found = CHECKERS.flatMap((check) => check(history));
    const violations = [...watch.violations, ...found, ...end.violations];
    const evidence = evidenceOf(violations, books, events);
    return {
      violations,
      faults: Object.fromEntries(this.target.faults.counts),
      requests: this.requestCounts(),
      orders: countOrders(books, events, journal.acceptedIds().size),
      happened: observations.happened,
      recovered: end.recovered,
      stockLooks: watch.looks,
      echoes: this.echoes.count,
      troubles: this.troubles(),
      ...(evidence && { evidence }),
      times,
    };
  }

  private workload(): Undertaking[] {
    const { seed, orders, echoShare, scarce } = this.scenario;
    return drawWorkload({
      seed,
      orders,
      echoShare,
      scarce: Object.keys(scarce),
      catalogue: SEED_CATALOGUE,
      tenants: Object.keys(this.target.apiKeys).sort(),
      currency: CURRENCY,
    });
  }

  private beginOutages(before: number): void {
    const { clock, faults } = this.target;
    for (const { service, afterUndertakings, lengthMs } of this.scenario.outages) {
      if (afterUndertakings !== before) continue;
      faults.away({ service, fromMs: clock.now(), untilMs: clock.now() + lengthMs });
    }
  }

  private requestCounts(): RequestCounts {
    const { attempts } = this.journal;
    const statuses = attempts.map(({ outcome }) => ("status" in outcome ? outcome.status : 0));
    return {
      sent: attempts.length,
      accepted: statuses.filter((status) => status === 201).length,
      replayed: attempts.filter(({ outcome }) => "replayed" in outcome && outcome.replayed).length,
      refused: statuses.filter((status) => status >= 400 && status < 500 && status !== 429).length,
      unclear: attempts.filter(({ outcome }) => isUnclear(outcome)).length,
    };
  }

  private troubles(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const trouble of this.observations.troubles) {
      const text = trouble.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…");
      counts[text] = (counts[text] ?? 0) + 1;
    }
    return counts;
  }

  private close(): void {
    this.observations.stop();
    this.echoes.close();
    this.queues.close();
    this.books.close();
  }
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return Math.round(performance.now() - startedAt);
}
