import { cpus } from "node:os";

/** What the processors of a machine have done since it started, in milliseconds of all of them. */
export interface ProcessorTimes {
  readonly idle: number;
  readonly all: number;
}

/** From one look at the processors to the next, at least: the system counts in steps of 10 ms. */
const LOOK_EVERY_MS = 400;
/** What was longer ago is not lately. */
const FORGOTTEN_AFTER_MS = 1_500;

/** How much of this machine's processors nobody uses. Looked at when asked, so it costs nothing while nobody asks. */
export class SpareTime {
  private looked: { readonly atMs: number; readonly times: ProcessorTimes } | undefined;
  private known = 0;

  constructor(
    private readonly times: () => ProcessorTimes = processorTimes,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** The idle share of the last half second to second and a half, from 0 to 1; 0 when that is not known yet. */
  share(): number {
    const atMs = this.nowMs();
    const sinceMs = this.looked === undefined ? Infinity : atMs - this.looked.atMs;
    if (sinceMs < LOOK_EVERY_MS) return this.known;
    const times = this.times();
    const before = this.looked?.times ?? times;
    const passed = times.all - before.all;
    this.known = sinceMs > FORGOTTEN_AFTER_MS || passed <= 0 ? 0 : (times.idle - before.idle) / passed;
    this.looked = { atMs, times };
    return this.known;
  }
}

function processorTimes(): ProcessorTimes {
  const sum = { idle: 0, all: 0 };
  for (const { times } of cpus()) {
    sum.idle += times.idle;
    sum.all += times.idle + times.user + times.nice + times.sys + times.irq;
  }
  return sum;
}
