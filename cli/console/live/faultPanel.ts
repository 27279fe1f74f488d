import { FAULT_NAMES, type FaultName, type FaultSwitch } from "../../../console/protocol";
import type { Clock } from "../../../local/clock";
import type { FaultKind, Faults } from "../../../local/faults/faults";

/** What each switch lets go wrong, and how often it is drawn; the outage is all or nothing. */
const DRAWN: Readonly<Record<Exclude<FaultName, "paymentsAway">, readonly [kind: FaultKind, rate: number]>> = {
  databaseThrottled: ["throttle", 0.08],
  answersLost: ["loseAnswer", 0.03],
  deliveriesDoubled: ["duplicate", 0.3],
  workersKilled: ["killWorker", 0.0008],
};

interface Parts {
  readonly faults: Faults;
  readonly clock: Clock;
  /** The table in which the simulated payment provider keeps its books. */
  readonly paymentsTable: string;
}

/** The switches of what may go wrong. */
export class FaultPanel {
  private readonly on = new Set<FaultName>();
  private bringBack: (() => void) | undefined;

  constructor(private readonly parts: Parts) {}

  turn(name: FaultName, on: boolean): void {
    if (on === this.on.has(name)) return;
    if (on) this.on.add(name);
    else this.on.delete(name);
    if (name === "paymentsAway") this.turnPayments(on);
    else this.plan();
  }

  switches(): FaultSwitch[] {
    const { counts } = this.parts.faults;
    return FAULT_NAMES.map((name) => {
      const kind = name === "paymentsAway" ? "outage" : DRAWN[name][0];
      return { name, on: this.on.has(name), count: counts.get(kind) ?? 0 };
    });
  }

  private turnPayments(on: boolean): void {
    this.bringBack?.();
    const { faults, clock, paymentsTable } = this.parts;
    const outage = { service: "dynamodb", about: paymentsTable, fromMs: clock.now(), untilMs: Infinity };
    this.bringBack = on ? faults.away(outage) : undefined;
  }

  private plan(): void {
    const drawn = Object.entries(DRAWN).filter(([name]) => this.on.has(name as FaultName));
    this.parts.faults.set({
      seed: Math.floor(this.parts.clock.now()),
      rates: Object.fromEntries(drawn.map(([, [kind, rate]]) => [kind, rate])),
      at: { throttle: "dynamodb" },
    });
  }
}
