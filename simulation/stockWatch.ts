import type { BookReader } from "./books";
import type { Violation } from "./history";

/** Of the wall: often enough to see what does not last, seldom enough to cost nothing. */
const LOOK_EVERY_MS = 500;

/** Looks at the stock again and again while things go wrong: it must never be below zero, nor above what there was. */
export class StockWatch {
  readonly violations: Violation[] = [];
  /** How often the stock was looked at. */
  looks = 0;
  private readonly seen = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private looking = Promise.resolve();

  constructor(
    private readonly books: Pick<BookReader, "stock">,
    private readonly initial: ReadonlyMap<string, number>,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.looking = this.look().finally(() => this.timer && this.start());
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      const levels = await this.books.stock();
      this.looks += 1;
      for (const { productId, stock, shards = [stock] } of levels) {
        const before = this.initial.get(productId) ?? 0;
        const lowest = Math.min(...shards);
        if (lowest < 0) this.report(productId, `${productId} stood at ${lowest} during the run: sold below zero.`);
        // Shards are not read at one instant: a unit that goes from one to another by two orders is seen twice.
        if (shards.length === 1 && stock > before)
          this.report(productId, `${productId} stood at ${stock} during the run, of ${before}.`);
      }
    } catch {
      // The table is away, as planned; the next look finds it.
    }
  }

  private report(productId: string, sentence: string): void {
    if (this.seen.has(productId)) return;
    this.seen.add(productId);
    this.violations.push({ promise: "stock", sentence });
  }
}
