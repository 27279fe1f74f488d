import type { Release } from "../clock";
import type { Feed } from "../feed";
import { Attribution, type SubjectsOf } from "./attribution";
import type { Charge } from "./charge";
import { Tally, type Reading } from "./reading";
import { chargeSources } from "./sources";

/**
 * Counts what AWS would bill for what happens in the runtime. What is billed by the month, whether anything happens or
 * not, is no matter of counting: see monthly.ts.
 */
export class Meter {
  private readonly tally = new Tally();
  private readonly releases: readonly Release[];
  private attribution: Attribution | undefined;

  constructor(feed: Feed) {
    const add = (charge: Charge): void => this.add(charge);
    this.releases = [
      ...chargeSources(feed, add),
      feed.on("billed", add),
      // After the charges of the invocation itself, which is billed when it ends.
      feed.on("invocation", ({ run }) => this.attribution?.ended(run)),
    ];
  }

  /** What was counted since the runtime started. Two readings tell what was counted between them. */
  read(): Reading {
    return this.tally.read();
  }

  /**
   * From now on notes on whose behalf everything was. `subjectsOf` finds subjects (ids of orders, say) in the texts that
   * are billed: bodies of requests, messages, events, log lines. What is about several is split evenly among them, so what
   * a batch cost is shared, and what a subject "cost" holds its share of everybody's batches. A call of a function that
   * names nobody counts for whom the function was called. The rest (polls, clocks) stays with nobody.
   *
   * This searches every text, so it is for those who watch, not for those who measure.
   */
  attribute(subjectsOf: SubjectsOf): Attribution {
    return (this.attribution = new Attribution(subjectsOf));
  }

  stop(): void {
    for (const release of this.releases) release();
  }

  private add(charge: Charge): void {
    this.tally.add(charge.unit, charge.resource, charge.quantity);
    this.attribution?.add(charge);
  }
}
