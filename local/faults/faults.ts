import { hash } from "node:crypto";

/**
 * What can go wrong, each as a real system shows it:
 * `failBefore` a call is refused and has no effect; `loseAnswer` it takes effect and the connection breaks before
 * the answer; `killWorker` the calling function dies, before or after the effect; `delay` a call takes long;
 * `throttle` the service answers its own throttling error; `refuseEntry` one entry of a call of many is throttled, and the
 * others are accepted; `conflict` a transaction is cancelled by contention;
 * `duplicate` a message, event or batch is delivered twice; `late` it is delivered late, and so out of order.
 */
export const FAULT_KINDS = [
  "failBefore",
  "loseAnswer",
  "killWorker",
  "delay",
  "throttle",
  "refuseEntry",
  "conflict",
  "duplicate",
  "late",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A service that does not answer for a while, in milliseconds of the runtime's clock. */
export interface Outage {
  /** Signing name, for example `dynamodb`. */
  readonly service: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /**
   * Only what this text, a table's name for one, occurs in. Such an outage is one of what functions reach: whoever calls
   * from outside still sees what is in there.
   */
  readonly about?: string;
}

/** A service that answers, but late. */
export interface Slowdown {
  /** Signing name, for example `dynamodb`. */
  readonly service: string;
  /** ARN of the role whose calls are slow. @default everybody's */
  readonly role?: string;
  /** How much longer a call takes before it has its effect, in milliseconds of the runtime's clock. */
  readonly byMs: number;
}

export interface FaultPlan {
  /** Decides everything that is drawn. */
  readonly seed: number;
  /** Probability of each kind, from 0 to 1; absent: never. */
  readonly rates: Readonly<Partial<Record<FaultKind, number>>>;
  /** Calls that go wrong several times in a row: past the retries of their caller. */
  readonly stubborn?: {
    /** Share of them, from 0 to 1. */
    readonly share: number;
    /** Only those whose subject holds this text, a table's name for one. */
    readonly about?: string;
    /** The one way in which they go wrong, if the plan has a rate of it. @default any of them */
    readonly as?: FaultKind;
  };
  /** How late a delayed call takes effect, in milliseconds of the clock. @default [0, 20000] */
  readonly delayMs?: readonly [least: number, most: number];
  /** Narrows the faults of calls down. */
  readonly only?: CallFilter;
  /** Kinds that strike calls of one service alone, by its signing name. */
  readonly at?: Readonly<Partial<Record<FaultKind, string>>>;
}

/** Which calls may go wrong; what is absent may be anything. */
export interface CallFilter {
  /** ARNs of the roles that call. */
  readonly roles?: readonly string[];
  /** For example `dynamodb:PutItem`. */
  readonly action?: string;
  /** For `killWorker`: before the call has its effect, or after. */
  readonly moment?: "before" | "after";
  /** Faults of calls until no more happen. */
  readonly times?: number;
}

/**
 * Decides what goes wrong. Every decision is drawn from the seed, the kind, the identity of what it is
 * about, and how often that identity was asked before: two runs of one seed draw the same for the same call,
 * in whatever order their processes are scheduled.
 */
export class Faults {
  /** How often each kind happened; outages count as `outage`. */
  readonly counts = new Map<FaultKind | "outage", number>();
  private readonly asked = new Map<string, number>();
  private callFaults = 0;
  /** The calls that were seen, by their identity: what goes wrong with each, and how often still. */
  private readonly stubborn = new Map<string, Stubborn>();
  private readonly outages = new Set<Outage>();
  private readonly slowdowns = new Set<Slowdown>();
  private plan: FaultPlan = { seed: 0, rates: {} };

  /** Takes a plan up; the next decisions follow it. */
  set(plan: FaultPlan): void {
    this.plan = plan;
    this.callFaults = 0;
    this.stubborn.clear();
  }

  /** Nothing goes wrong from here on. */
  clear(): void {
    this.plan = { seed: this.plan.seed, rates: {} };
    this.stubborn.clear();
    this.outages.clear();
    this.slowdowns.clear();
  }

  /** Whether a plan is in force under which anything can go wrong. */
  get active(): boolean {
    return Object.keys(this.plan.rates).length > 0;
  }

  /** Lets a service be away until the answer is called, or until its time is over. */
  away(outage: Outage): () => void {
    this.outages.add(outage);
    return () => this.outages.delete(outage);
  }

  /** Whether a service is away now, as a whole or in what a function's call is about; counted when it is. */
  isAway(service: string, nowMs: number, call?: { readonly body: Buffer }): boolean {
    for (const outage of this.outages) {
      const { about, fromMs, untilMs } = outage;
      if (outage.service !== service || nowMs < fromMs || nowMs >= untilMs) continue;
      if (about !== undefined && call?.body.includes(about) !== true) continue;
      this.count("outage");
      return true;
    }
    return false;
  }

  /** Lets a service be slow until the answer is called. */
  slow(slowdown: Slowdown): () => void {
    this.slowdowns.add(slowdown);
    return () => this.slowdowns.delete(slowdown);
  }

  /** How much longer a call of a service takes now, when this role makes it. */
  slownessMs(service: string, roleArn: string | undefined): number {
    const felt = [...this.slowdowns].filter((one) => one.service === service && (one.role ?? roleArn) === roleArn);
    return felt.reduce((sum, { byMs }) => sum + byMs, 0);
  }

  /** Whether the plan lets calls like this one go wrong. */
  troubles(call: { readonly action: string; readonly roleArn: string }): boolean {
    const { roles, action, times = Infinity } = this.plan.only ?? {};
    if (this.callFaults >= times) return false;
    return (roles?.includes(call.roleArn) ?? true) && (action ?? call.action) === call.action;
  }

  /** Whether a fault of this kind strikes a call; `moment` says where in it. */
  strikesCall(kind: FaultKind, identity: string, moment?: "before" | "after"): boolean {
    const { moment: wanted, times = Infinity } = this.plan.only ?? {};
    if (this.callFaults >= times || (wanted ?? moment) !== moment) return false;
    // An identity begins with the role and the action: `ROLE|dynamodb:PutItem|…`.
    const service = this.plan.at?.[kind];
    if (service !== undefined && !identity.includes(`|${service}:`)) return false;
    const subject = moment === undefined ? identity : `${moment}|${identity}`;
    const struck = this.strikesStubbornly(kind, identity) || this.strikes(kind, subject);
    if (struck) this.callFaults += 1;
    return struck;
  }

  /** Whether this is one of the calls that go wrong time after time, and in this way. */
  private strikesStubbornly(kind: FaultKind, identity: string): boolean {
    const trouble = this.stubborn.get(identity) ?? this.drawStubborn(identity);
    this.stubborn.set(identity, trouble);
    if (trouble.kind !== kind || trouble.left === 0) return false;
    trouble.left -= 1;
    this.count(kind);
    return true;
  }

  private drawStubborn(identity: string): Stubborn {
    const planned = STUBBORN_KINDS.filter((kind) => (this.plan.rates[kind] ?? 0) > 0);
    const asked = planned.filter((kind) => kind === this.plan.stubborn?.as);
    const kinds = asked.length > 0 ? asked : planned;
    const { share = 0, about = "" } = this.plan.stubborn ?? {};
    if (!identity.includes(about) || this.draw("stubborn", identity) >= share) return { left: 0 };
    const kind = kinds[Math.floor(this.draw("stubborn kind", identity) * kinds.length)];
    const times = STUBBORN_TIMES.least + Math.floor(this.draw("stubborn times", identity) * STUBBORN_TIMES.spread);
    return { ...(kind && { kind }), left: times };
  }

  /** How late a call that is delayed takes effect: past every timeout of whoever waits for it, or before it. */
  delayOf(identity: string): number {
    const [least, most] = this.plan.delayMs ?? [0, 20_000];
    return least + this.draw("delay by", identity) * (most - least);
  }

  /** Whether a fault of this kind strikes here; counted when it does. */
  strikes(kind: FaultKind, identity: string): boolean {
    const rate = this.plan.rates[kind] ?? 0;
    if (rate === 0 || this.draw(kind, identity) >= rate) return false;
    this.count(kind);
    return true;
  }

  /** A number from 0 up to 1, drawn like every decision. */
  draw(purpose: string, identity: string): number {
    const key = `${purpose}|${identity}`;
    const times = this.asked.get(key) ?? 0;
    this.asked.set(key, times + 1);
    return Number.parseInt(hash("sha256", `${this.plan.seed}|${key}|${times}`).slice(0, 8), 16) / 2 ** 32;
  }

  /**
   * When something that is to be delivered arrives: one delay in milliseconds for each delivery. At once
   * and once, unless it is late or doubled.
   */
  deliveries(identity: string): readonly number[] {
    const delayMs = (purpose: string): number =>
      this.strikes("late", `${purpose}|${identity}`)
        ? Math.round(this.draw(`${purpose} by`, identity) * LATE_BY_MS)
        : 0;
    const first = delayMs("first");
    return this.strikes("duplicate", identity) ? [first, delayMs("second")] : [first];
  }

  private count(kind: FaultKind | "outage"): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }
}

/** The longest that a late delivery is late: past any retry that is still under way. */
const LATE_BY_MS = 30_000;

/** A process that dies takes long to replace, and one death is as good a test as six. */
const STUBBORN_KINDS = ["failBefore", "loseAnswer", "delay", "throttle"] as const satisfies FaultKind[];

/** Three tries of an SDK, and again three by whoever called the function, are six. */
const STUBBORN_TIMES = { least: 4, spread: 6 } as const;

interface Stubborn {
  readonly kind?: FaultKind;
  /** How often it still strikes. */
  left: number;
}
