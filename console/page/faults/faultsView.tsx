import { signal } from "@preact/signals";
import type { FaultName, FaultSwitch, PromiseVerdict } from "../../protocol";
import { ask } from "../data";
import { count } from "../format";
import { Problem } from "../parts/notice";
import { faults, promises, speed, totals } from "../store";
import { ClockSpeed } from "../statusBar";
import { Troubles } from "../flow/troubles";
import { BurstCard } from "../try/burstCard";

const FAULTS: Readonly<Record<FaultName, readonly [name: string, says: string]>> = {
  paymentsAway: ["Payment provider away", "No charge and no refund gets through until it is back."],
  databaseThrottled: ["Database throttled", "About one call in twelve is told to come again later."],
  answersLost: ["Answers lost", "One call in thirty has its effect, and its caller never hears of it."],
  deliveriesDoubled: ["Deliveries doubled", "Three messages, events and batches in ten come twice."],
  workersKilled: ["Workers killed", "Now and then a function dies in the middle of a call."],
};

const PROMISES: Readonly<Record<PromiseVerdict["name"], string>> = {
  stock: "Stock is balanced",
  money: "Money is balanced",
  stuck: "No order is stuck",
};

const problem = signal<string | undefined>(undefined);

/** What may go wrong, and beside it what must hold all the same. */
export function FaultsView() {
  const on = faults.value.filter((fault) => fault.on).length;
  return (
    <section aria-labelledby="break-title">
      <div class="title-line">
        <h1 id="break-title">Break it</h1>
        <p class="dim">Let things go wrong, send orders through, and see whether the promises hold.</p>
      </div>
      {problem.value !== undefined && <Problem said={problem.value} />}
      <div class="break-columns">
        <section class="card" aria-labelledby="faults-title">
          <h2 id="faults-title">Faults</h2>
          <ul class="switches">
            {faults.value.map((fault) => (
              <Switch key={fault.name} fault={fault} />
            ))}
          </ul>
          <button type="button" disabled={on === 0} onClick={allOff}>
            All off
          </button>
        </section>
        <section class="card" aria-labelledby="promises-title">
          <h2 id="promises-title">Promises</h2>
          <ul class="promises" aria-live="polite">
            {promises.value.map((verdict) => (
              <Verdict key={verdict.name} verdict={verdict} />
            ))}
          </ul>
          <Waiting on={on} />
        </section>
        <BurstCard />
      </div>
      <Troubles />
    </section>
  );
}

function Switch({ fault }: { readonly fault: FaultSwitch }) {
  const [name, says] = FAULTS[fault.name];
  return (
    <li>
      <button
        type="button"
        role="switch"
        aria-checked={fault.on}
        class="switch"
        onClick={() => turn(fault.name, !fault.on)}
      >
        <span class="track" aria-hidden="true" />
        {name}
      </button>
      <span class="dim">{says}</span>
      <span class="figure" title="How often it struck">
        <span class="hidden">struck </span>
        {count(fault.count)} ×
      </span>
    </li>
  );
}

function turn(name: FaultName, on: boolean): void {
  problem.value = undefined;
  ask("/data/faults", { name, on }).catch((error: Error) => (problem.value = error.message));
}

function allOff(): void {
  for (const { name, on } of faults.value) if (on) turn(name, false);
}

const STATES = {
  kept: ["✓", "kept", "good"],
  broken: ["✕", "broken", "bad"],
  unknown: ["?", "not known", "warn"],
} as const;

function Verdict({ verdict: { name, state, said, violations } }: { readonly verdict: PromiseVerdict }) {
  const [mark, word, tone] = STATES[state];
  return (
    <li class={`promise ${state}`}>
      <span class={`badge tone-${tone}`}>
        <i aria-hidden="true">{mark}</i> {word}
      </span>
      <div>
        <b>{PROMISES[name]}</b>
        <p class="dim">{said}</p>
        {violations.map(({ sentence, orderId }) => (
          <p key={sentence} class="tone-bad">
            {orderId === undefined ? sentence : <a href={`/orders/${orderId}`}>{sentence}</a>}
          </p>
        ))}
      </div>
    </li>
  );
}

/** What is still under way after the faults, and how one need not wait for it. */
function Waiting({ on }: { readonly on: number }) {
  const { PENDING } = totals.value;
  if (PENDING === 0) return null;
  return (
    <div class="waiting">
      <p>
        <b>{count(PENDING)} under way.</b>{" "}
        {on > 0
          ? "What fails is tried again, and again when the faults are over."
          : "What failed waits for its next try, up to nine minutes of the pipeline’s clock."}
      </p>
      {speed.value === 1 && (
        <p>
          Let the clock run faster while everything waits: <ClockSpeed />
        </p>
      )}
    </div>
  );
}
