import type { OrderLimit } from "../contracts/tenant";

/** What is left of a limit at a moment. */
export interface Allowance {
  /** Orders that may come at once when nothing is used. */
  readonly limit: number;
  /** Orders that may come at once now. */
  readonly remaining: number;
  /** Whole seconds until nothing is used, if no order comes. */
  readonly resetSeconds: number;
}

/**
 * A limit at a moment, by the generic cell rate algorithm (ITU-T I.371). All that it remembers is the theoretical
 * arrival time: when the orders that were let through would have come, had they come evenly.
 *
 * Times are in ticks, of which `ratePerSecond` pass in a millisecond and a thousand make up for one order. So every
 * time is a whole number at every rate, below 2^53 up to a thousand orders a second and the year 2255.
 */
export interface Gcra {
  /** Now, in ticks. */
  readonly now: number;
  /** By how much an order moves the theoretical arrival time. */
  readonly token: number;
  /** The latest theoretical arrival time that leaves room for an order. */
  readonly latest: number;
  /** When the state stands for nothing any more, whatever orders come until then; seconds since 1970. */
  readonly idleAtSeconds: number;
  /** What is left when this is the theoretical arrival time; undefined stands for a limit that was never used. */
  readonly allowance: (arrival: number | undefined) => Allowance;
  /** Whole seconds, at least 1, after which an order passes if no other takes its place. */
  readonly retryAfterSeconds: (arrival: number) => number;
}

/** In ticks. */
const TOKEN = 1000;

/** The state of a limit can only be read with the limit and the time at which it is read. */
export function gcra({ burst, ratePerSecond }: OrderLimit, at: Date): Gcra {
  const now = at.getTime() * ratePerSecond;
  const latest = now + (burst - 1) * TOKEN;
  const second = 1000 * ratePerSecond;
  return {
    ...{ now, latest, token: TOKEN },
    idleAtSeconds: Math.ceil((latest + TOKEN) / second),
    allowance: (arrival = now) => {
      const used = Math.max(0, arrival - now);
      const remaining = Math.max(0, burst - Math.ceil(used / TOKEN));
      return { limit: burst, remaining, resetSeconds: Math.ceil(used / second) };
    },
    retryAfterSeconds: (arrival) => Math.max(1, Math.ceil((arrival - latest) / second)),
  };
}
