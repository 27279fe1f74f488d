import { acceptedId, isUnclear, type Journal, type Outcome } from "./journal";
import type { Random } from "./random";
import type { Target } from "./target";
import type { Sending, Undertaking, Wave } from "./undertaking";

export interface CustomersOptions {
  readonly target: Pick<Target, "apiUrl" | "apiKeys" | "clock">;
  readonly journal: Journal;
  /** Spreads the waits before another attempt. */
  readonly random: Random;
  /** Told at the beginning of each undertaking, with how many began before. */
  readonly onBegin?: (undertaking: Undertaking, before: number) => void;
  /** Told of the order of an undertaking, at each 201. */
  readonly onAccepted?: (undertaking: Undertaking, orderId: string) => void;
}

/** Attempts at one request; an outage is shorter than all of them together. */
const MOST_ATTEMPTS = 8;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 3_000;
/** API Gateway answers within 29 s, or 504. */
const PATIENCE_MS = 35_000;

/**
 * Good customers of the API: whoever gets no clear answer asks again under the same idempotency key, and whoever has
 * no key does not, for that would be another order.
 */
export class Customers {
  /** What is left to do of each undertaking that was not finished. */
  private readonly unfinished = new Map<Undertaking, Wave[]>();

  constructor(private readonly options: CustomersOptions) {}

  /** Carries out all undertakings, so many at once; first what is for now, then what is for the end. */
  async carryOut(undertakings: readonly Undertaking[], clients: number): Promise<void> {
    let begun = 0;
    await inParallel(undertakings, clients, (undertaking) => {
      this.options.onBegin?.(undertaking, begun++);
      return this.goOn(undertaking, [...undertaking.waves], "now");
    });
    await this.finish(clients);
  }

  /** Goes on with everything that is not finished: waves for the end, and requests that were given up. */
  async finish(clients: number): Promise<void> {
    const left = [...this.unfinished];
    this.unfinished.clear();
    await inParallel(left, clients, ([undertaking, waves]) => this.goOn(undertaking, waves, "end"));
  }

  /** Undertakings that were given up, or still wait for the end. */
  get unfinishedCount(): number {
    return this.unfinished.size;
  }

  private async goOn(undertaking: Undertaking, waves: Wave[], phase: "now" | "end"): Promise<void> {
    for (let wave = waves[0]; wave !== undefined; wave = waves[0]) {
      const waits = phase === "now" && wave.when === "end";
      if (waits || !(await this.send(undertaking, wave))) return void this.unfinished.set(undertaking, waves);
      waves.shift();
    }
  }

  /** Whether every request of the wave that may be repeated has its answer. */
  private async send(undertaking: Undertaking, wave: Wave): Promise<boolean> {
    const answered = await Promise.all(
      wave.sendings.map((sending, at) =>
        this.ask(undertaking, sending, this.options.random.fork(`${undertaking.name}|${at}`)),
      ),
    );
    return answered.every(Boolean);
  }

  private async ask(undertaking: Undertaking, sending: Sending, random: Random): Promise<boolean> {
    const { journal, target, onAccepted } = this.options;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const outcome = await this.request(sending, attempt === 0 ? sending.hangsUpAfterMs : undefined);
      journal.add({ undertaking: undertaking.name, sending, outcome });
      const orderId = acceptedId(outcome);
      if (orderId !== undefined) onAccepted?.(undertaking, orderId);
      if (!isUnclear(outcome) || sending.idempotencyKey === undefined) return true;
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
      await target.clock.sleep(waitMs * (0.5 + random.next() / 2));
    }
    journal.givenUp += 1;
    return false;
  }

  private async request(sending: Sending, hangsUpAfterMs: number | undefined): Promise<Outcome> {
    const { target } = this.options;
    const key = { own: target.apiKeys[sending.tenant], none: undefined, unknown: "nobody-has-this-key" };
    const apiKey = key[sending.credential];
    try {
      const answer = await fetch(`${target.apiUrl}/orders`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(apiKey !== undefined && { "x-api-key": apiKey }),
          ...(sending.idempotencyKey !== undefined && { "idempotency-key": sending.idempotencyKey }),
        },
        body: sending.body,
        signal: AbortSignal.timeout(hangsUpAfterMs ?? PATIENCE_MS),
      });
      const text = await answer.text();
      const location = answer.headers.get("location");
      return {
        status: answer.status,
        body: parsed(text),
        ...(location !== null && { location }),
        replayed: answer.headers.get("idempotency-replayed") === "true",
      };
    } catch (error) {
      return { lost: (error as Error).message };
    }
  }
}

async function inParallel<T>(work: readonly T[], clients: number, act: (one: T) => Promise<void>): Promise<void> {
  const queue = [...work];
  const client = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: clients }, client));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
