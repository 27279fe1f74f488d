import type { InventoryItem } from "../../../console/pages";
import type { Burst, BurstOrder } from "../../../console/protocol";

export interface Shop {
  readonly apiUrl: string;
  readonly apiKeys: Readonly<Record<string, string>>;
  catalogue(): Promise<readonly InventoryItem[]>;
}

const MOST_ORDERS = 2_000;
const MOST_PER_SECOND = 200;

/** Places many orders over the public API, at an even rate, for all tenants in turn. */
export class BurstSender {
  private burst: { -readonly [Key in keyof Burst]: Burst[Key] } | undefined;
  private stopped = false;

  constructor(
    private readonly shop: Shop,
    private readonly onChange: () => void,
  ) {}

  get state(): Burst | undefined {
    return this.burst && { ...this.burst };
  }

  /** Throws when one is under way, or when the numbers make no sense. */
  async start({ of, ratePerSecond }: BurstOrder): Promise<void> {
    if (this.burst?.running === true) throw new Error("A burst is under way; stop it first.");
    if (!(Number.isInteger(of) && of >= 1 && of <= MOST_ORDERS)) {
      throw new Error(`A burst has from 1 to ${MOST_ORDERS} orders, not ${of}.`);
    }
    if (!(ratePerSecond >= 1 && ratePerSecond <= MOST_PER_SECOND)) {
      throw new Error(`A burst has from 1 to ${MOST_PER_SECOND} orders a second, not ${ratePerSecond}.`);
    }
    const catalogue = await this.shop.catalogue();
    this.stopped = false;
    this.burst = { of, ratePerSecond, sent: 0, answered: 0, statuses: {}, running: true };
    void this.run(catalogue, of, ratePerSecond);
  }

  stop(): void {
    this.stopped = true;
  }

  private async run(catalogue: readonly InventoryItem[], of: number, ratePerSecond: number): Promise<void> {
    const startedAt = performance.now();
    const sending: Promise<void>[] = [];
    for (let at = 0; at < of && !this.stopped; at++) {
      const dueMs = startedAt + (at * 1000) / ratePerSecond - performance.now();
      if (dueMs > 0) await new Promise((resolve) => setTimeout(resolve, dueMs));
      sending.push(this.send(catalogue, at));
    }
    await Promise.all(sending);
    if (this.burst !== undefined) this.burst.running = false;
    this.onChange();
  }

  private async send(catalogue: readonly InventoryItem[], at: number): Promise<void> {
    const { burst, shop } = this;
    if (burst === undefined) return;
    burst.sent += 1;
    this.onChange();
    const keys = Object.values(shop.apiKeys);
    const status = await fetch(`${shop.apiUrl}/orders`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": keys[at % keys.length] ?? "" },
      body: JSON.stringify(anOrder(catalogue)),
    }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => 0,
    );
    burst.answered += 1;
    burst.statuses = { ...burst.statuses, [status]: (burst.statuses[status] ?? 0) + 1 };
    this.onChange();
  }
}

/** One to three products, a unit or two of each. */
function anOrder(catalogue: readonly InventoryItem[]): object {
  const shuffled = [...catalogue].sort(() => Math.random() - 0.5);
  const items = shuffled.slice(0, 1 + Math.floor(Math.random() * 3));
  return {
    userId: `user-${100 + Math.floor(Math.random() * 25)}`,
    items: items.map(({ productId }) => ({ productId, qty: 1 + Math.floor(Math.random() * 2) })),
  };
}
