import { toDecimal } from "../contracts/money";
import type { Product } from "../contracts/seedCatalogue";
import { malformedSending, strangerSending } from "./badRequests";
import { Random } from "./random";
import type { Echo, Sending, Undertaking, UndertakingKind, Wave, Wish } from "./undertaking";

/** What a workload is drawn from. */
export interface WorkloadPlan {
  readonly seed: number;
  readonly orders: number;
  readonly echoShare: number;
  /** Products that many want. */
  readonly scarce: readonly string[];
  readonly catalogue: readonly Product[];
  /** At least two. */
  readonly tenants: readonly string[];
  readonly currency: string;
}

const WEIGHTS: Readonly<Record<UndertakingKind, number>> = {
  plain: 42,
  keyless: 7,
  keylessTwice: 3,
  repeatedAtOnce: 8,
  repeatedLater: 7,
  otherBodyLater: 5,
  rivalBodies: 4,
  keyOfTwoTenants: 4,
  hangsUp: 8,
  malformed: 4,
  unknownProduct: 3,
  wrongTotal: 3,
  stranger: 2,
};

/** Draws what customers undertake, in the order in which they begin. The same plan gives the same workload. */
export function drawWorkload(plan: WorkloadPlan): Undertaking[] {
  const random = new Random(String(plan.seed)).fork("workload");
  return Array.from({ length: plan.orders }, (_, number) => {
    const name = `undertaking-${String(number + 1).padStart(4, "0")}`;
    return new Customer(plan, name, random.fork(name)).undertake();
  });
}

/** Draws one undertaking. */
class Customer {
  private readonly tenant: string;
  private readonly key: string;

  constructor(
    private readonly plan: WorkloadPlan,
    private readonly name: string,
    private readonly random: Random,
  ) {
    this.tenant = random.pick(plan.tenants);
    this.key = `simulation-${plan.seed}-${name}`;
  }

  undertake(): Undertaking {
    const kind = this.random.weighted(WEIGHTS);
    const waves = this.waves(kind);
    const echo = this.echo();
    return { name: this.name, kind, waves, ...(echo && { echo }) };
  }

  private waves(kind: UndertakingKind): Wave[] {
    const wish = this.wish();
    const sending = this.accepted(wish);
    switch (kind) {
      case "plain":
        return [now(sending)];
      case "keyless":
        return [now(keyless(sending))];
      case "keylessTwice":
        return [now(keyless(sending)), now(keyless(sending))];
      case "repeatedAtOnce":
        return [now(...Array.from({ length: this.random.whole(2, 4) }, () => this.rewritten(sending)))];
      case "repeatedLater":
        return [now(sending), this.later(this.rewritten(sending)), this.later(sending)];
      case "otherBodyLater":
        return [now(sending), this.later(refused(this.accepted(this.otherWish(wish)), 422)), this.later(sending)];
      case "rivalBodies":
        return [now(...this.rivals(wish))];
      case "keyOfTwoTenants": {
        const other = this.otherTenant();
        return [now(sending, this.accepted(this.wish(other), other))];
      }
      case "hangsUp":
        return [now({ ...sending, hangsUpAfterMs: this.random.whole(1, 120) }), this.later(sending)];
      case "malformed":
        return [now(malformedSending(this.random, sending, wish))];
      case "unknownProduct":
        return [now(this.unknownProduct(wish))];
      case "wrongTotal":
        // A refusal does not use the key up: the mended order is accepted under it.
        return [now(this.wrongTotal(wish)), ...(this.random.chance(0.5) ? [this.later(sending)] : [])];
      case "stranger":
        return [now(strangerSending(this.random, sending))];
    }
  }

  private wish(tenant = this.tenant): Wish {
    const { random } = this;
    const { catalogue, scarce } = this.plan;
    const plenty = catalogue.filter(({ productId, stock }) => stock > 0 && !scarce.includes(productId));
    const short = catalogue.filter((product) => !plenty.includes(product));
    const wanted = random.pickSome(random.whole(1, 4), plenty);
    const products = short.length > 0 && random.chance(0.2) ? [random.pick(short), ...wanted.slice(1)] : wanted;
    const lines = products.map(({ productId, priceMinor }) => ({ productId, priceMinor, qty: random.whole(1, 3) }));
    return {
      userId: `user-${random.whole(1, 20)}`,
      customerEmail: `${this.name}@${tenant}.simulation.example`,
      items: lines.map(({ productId, qty }) => ({ productId, qty })),
      amountMinor: lines.reduce((sum, { qty, priceMinor }) => sum + qty * priceMinor, 0),
    };
  }

  /** The same lines, one unit more of the first: surely another body. */
  private otherWish(wish: Wish): Wish {
    const [first, ...rest] = wish.items;
    if (first === undefined) throw new RangeError("A wish has a line.");
    const price = this.plan.catalogue.find(({ productId }) => productId === first.productId)?.priceMinor ?? 0;
    const items = [{ ...first, qty: first.qty + 1 }, ...rest];
    return { ...wish, items, amountMinor: wish.amountMinor + price };
  }

  private accepted(wish: Wish, tenant = this.tenant): Sending {
    const body = JSON.stringify(this.bodyOf(wish, this.random.chance(0.7)));
    return { tenant, credential: "own", idempotencyKey: this.key, body, wish, expected: "accepted", statuses: [201] };
  }

  private rivals(wish: Wish): Sending[] {
    const rivals = [this.accepted(wish), this.accepted(this.otherWish(wish))];
    return rivals.map((rival) => ({ ...rival, expected: "either", statuses: [201, 422] }));
  }

  private unknownProduct(wish: Wish): Sending {
    const items = [...wish.items, { productId: `PROD-${this.random.whole(900, 999)}`, qty: 1 }];
    return this.unwished({ ...this.bodyOf(wish, false), items }, 422);
  }

  private wrongTotal(wish: Wish): Sending {
    const wrongMinor = wish.amountMinor + this.random.pick([-1, 1, 100]);
    return this.unwished({ ...this.bodyOf(wish, false), totalAmount: toDecimal(wrongMinor, this.plan.currency) }, 422);
  }

  private unwished(body: object, status: number): Sending {
    const { tenant, key } = this;
    const refusal = { expected: "refused", statuses: [status] } as const;
    return { tenant, credential: "own", idempotencyKey: key, body: JSON.stringify(body), ...refusal };
  }

  private bodyOf({ amountMinor, ...wish }: Wish, withTotal: boolean): Record<string, unknown> {
    return { ...wish, ...(withTotal && { totalAmount: toDecimal(amountMinor, this.plan.currency) }) };
  }

  /** The same JSON value, at times with other white space and keys in another order. */
  private rewritten(sending: Sending): Sending {
    if (this.random.chance(0.5)) return sending;
    const value = JSON.parse(sending.body) as Record<string, unknown>;
    return { ...sending, body: JSON.stringify(Object.fromEntries(Object.entries(value).reverse()), null, 2) };
  }

  private later(...sendings: Sending[]): Wave {
    return { when: this.random.pick(["now", "end"] as const), sendings };
  }

  private otherTenant(): string {
    return this.random.pick(this.plan.tenants.filter((tenant) => tenant !== this.tenant));
  }

  private echo(): Echo | undefined {
    const { random } = this;
    if (!random.chance(this.plan.echoShare)) return undefined;
    const [messages, executions] = random.pick([
      [1, 0],
      [2, 0],
      [0, 2],
      [1, 2],
    ] as const);
    return { messages, executions, afterMs: random.pick([0, 0, random.whole(1, 2_000), random.whole(2_000, 60_000)]) };
  }
}

function now(...sendings: Sending[]): Wave {
  return { when: "now", sendings };
}

function refused(sending: Sending, ...statuses: number[]): Sending {
  return { ...sending, expected: "refused", statuses };
}

function keyless({ idempotencyKey: _key, ...sending }: Sending): Sending {
  return sending;
}
