import type { BilledUnit } from "./charge";

type Quantities = ReadonlyMap<BilledUnit, ReadonlyMap<string, number>>;

/** What a meter showed at one moment, or counted between two. Does not change. */
export class Reading {
  constructor(private readonly quantities: Quantities) {}

  /** What was counted after the earlier reading of the same meter. */
  since(earlier: Reading): Reading {
    const later = [...this.quantities].map(([unit, resources]) => {
      const before = earlier.quantities.get(unit);
      const grown = [...resources].map(([name, quantity]) => [name, quantity - (before?.get(name) ?? 0)] as const);
      return [unit, new Map(grown.filter(([, quantity]) => quantity !== 0))] as const;
    });
    return new Reading(new Map(later));
  }

  /** Units that were counted, over all resources or for one. */
  total(unit: BilledUnit, resource?: string): number {
    const resources = this.quantities.get(unit);
    if (resources === undefined) return 0;
    if (resource !== undefined) return resources.get(resource) ?? 0;
    return [...resources.values()].reduce((sum, quantity) => sum + quantity, 0);
  }

  /** Every line of the bill, without prices. */
  lines(): readonly { readonly unit: BilledUnit; readonly resource: string; readonly quantity: number }[] {
    return [...this.quantities].flatMap(([unit, resources]) =>
      [...resources].map(([resource, quantity]) => ({ unit, resource, quantity })),
    );
  }
}

/** Adds up; a {@link Reading} is a copy of it. */
export class Tally {
  private readonly quantities = new Map<BilledUnit, Map<string, number>>();

  add(unit: BilledUnit, resource: string, quantity: number): void {
    const resources = this.quantities.get(unit);
    if (resources === undefined) this.quantities.set(unit, new Map([[resource, quantity]]));
    else resources.set(resource, (resources.get(resource) ?? 0) + quantity);
  }

  read(): Reading {
    return new Reading(new Map([...this.quantities].map(([unit, resources]) => [unit, new Map(resources)])));
  }
}
