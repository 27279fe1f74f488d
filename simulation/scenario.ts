import { SEED_CATALOGUE } from "../contracts/seedCatalogue";
import { FAULT_KINDS, type FaultKind } from "../local/faults/faults";
import { Random } from "./random";

/** Where calls go wrong past their caller's retries: everywhere, at one table, or at the write that confirms an order. */
export type StubbornPlace = "anywhere" | "inventory" | "payments" | "confirmation";

/** Everything that can be asked to go wrong: each kind of fault, and a service that is away for a while. */
export const TROUBLES = [...FAULT_KINDS, "outage"] as const;
export type Trouble = (typeof TROUBLES)[number];

/** What whoever starts a run decides. */
export interface Choice {
  readonly seed: number;
  /** Undertakings of customers; some place several orders, some none that can be accepted. */
  readonly orders: number;
  /** What may go wrong. */
  readonly troubles: readonly Trouble[];
}

/** A service that is away from the moment when so many undertakings have begun. */
export interface PlannedOutage {
  /** Signing name. */
  readonly service: string;
  readonly afterUndertakings: number;
  /** Of the runtime's clock. */
  readonly lengthMs: number;
}

/** A run, as its seed decides it. */
export interface Scenario extends Choice {
  /** Customers that act at the same time. */
  readonly clients: number;
  readonly rates: Readonly<Partial<Record<FaultKind, number>>>;
  readonly outages: readonly PlannedOutage[];
  /** Units of the few products that will run out, by product. */
  readonly scarce: Readonly<Record<string, number>>;
  /** Share of the accepted orders whose message or execution is repeated by hand. */
  readonly echoShare: number;
  /** How long the payment gateway takes: a wait in the middle of a step widens every race with it. */
  readonly paymentLatencyMs: number;
  /** Age at which an order is queued again by schedule. In some runs longer than any run: nothing then heals what is lost. */
  readonly finalWithinSeconds: number;
  /** Share of the calls that go wrong past their caller's retries: only then a step fails, and its order goes back. */
  readonly stubborn: { readonly share: number; readonly at: StubbornPlace; readonly as?: FaultKind };
}

/**
 * The highest rate that is drawn of each kind. A call of a saga makes a handful of calls of its own, and a retry must
 * have a fair chance, or a run would only show that nothing works. A killed function costs half a second of a processor
 * until another process stands in for it. A change is doubled on three ways until it is a saga: at 0.3, an order had three
 * sagas on average, and a run spent most of its time on copies of copies.
 */
const HIGHEST_RATES: Readonly<Record<FaultKind, number>> = {
  failBefore: 0.04,
  loseAnswer: 0.04,
  killWorker: 0.001,
  delay: 0.03,
  throttle: 0.05,
  refuseEntry: 0.1,
  conflict: 0.15,
  duplicate: 0.2,
  late: 0.15,
};

/** At one table more can go wrong than everywhere: the rest of the way is smooth. */
const STUBBORN: readonly Scenario["stubborn"][] = [
  { share: 0, at: "anywhere" },
  { share: 0.05, at: "anywhere" },
  { share: 0.25, at: "inventory" },
  { share: 0.25, at: "payments" },
];

/** The order is confirmed and its saga does not know: it goes back, and has to find out at the fence. */
const LOST_CONFIRMATIONS: Scenario["stubborn"] = { share: 0.25, at: "confirmation", as: "loseAnswer" };

/** A day: as long as the setting can be. */
const NEVER_WITHIN_A_RUN = 86_400;

const SERVICES = ["dynamodb", "sqs", "states", "events", "lambda"] as const;

/** Draws a run. The same choice gives the same run. */
export function drawScenario(choice: Choice): Scenario {
  const random = new Random(String(choice.seed)).fork("scenario");
  return {
    ...choice,
    clients: random.fork("clients").whole(6, 24),
    rates: drawRates(random.fork("rates"), choice.troubles),
    outages: choice.troubles.includes("outage") ? drawOutages(random.fork("outages"), choice.orders) : [],
    scarce: drawScarce(random.fork("scarce"), choice.orders),
    echoShare: 0.05 + 0.25 * random.fork("echoes").next(),
    paymentLatencyMs: random.fork("payment").pick([0, 0, 50, 150]),
    finalWithinSeconds: random.fork("reconciliation").pick([60, 120, NEVER_WITHIN_A_RUN]),
    stubborn: drawStubborn(random),
  };
}

/**
 * A kind in four is left out of a run, for one fault can hide what another shows
 * (https://users.cs.utah.edu/~regehr/papers/swarm12.pdf). A kind that was asked for alone always strikes.
 */
function drawRates(random: Random, troubles: readonly Trouble[]): Partial<Record<FaultKind, number>> {
  const kinds = FAULT_KINDS.filter((kind) => troubles.includes(kind));
  const rates = kinds.flatMap((kind): [FaultKind, number][] => {
    const own = random.fork(kind);
    const share = 0.2 + 0.8 * own.next();
    if (kinds.length > 1 && own.chance(0.25)) return [];
    return [[kind, Math.round(HIGHEST_RATES[kind] * share * 10_000) / 10_000]];
  });
  return Object.fromEntries(rates);
}

/** One and the same fault again and again shows more of an order's way back than a mixture does. */
function drawStubborn(random: Random): Scenario["stubborn"] {
  if (random.fork("lost confirmation").chance(0.2)) return LOST_CONFIRMATIONS;
  const as = random.fork("stubborn as").pick(["any", "any", "delay", "loseAnswer"] as const);
  return { ...random.fork("stubborn").pick(STUBBORN), ...(as !== "any" && { as }) };
}

/** Share of a run's undertakings before the last of which outages begin: at the very end they would strike few. */
const OUTAGES_WITHIN = 0.8;

function drawOutages(random: Random, orders: number): PlannedOutage[] {
  return random.pickSome(random.whole(1, 2), SERVICES).map((service) => ({
    service,
    afterUndertakings: random.whole(0, Math.max(0, Math.floor(OUTAGES_WITHIN * orders) - 1)),
    lengthMs: random.whole(5, 60) * 100,
  }));
}

function drawScarce(random: Random, orders: number): Record<string, number> {
  const products = random.pickSome(
    2,
    SEED_CATALOGUE.filter(({ stock }) => stock > 0),
  );
  return Object.fromEntries(products.map(({ productId }) => [productId, random.whole(0, Math.ceil(orders / 8))]));
}
