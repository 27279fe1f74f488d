import type { Shop } from "../shop";
import type { AlarmWatch } from "./alarmWatch";
import type { Operator } from "./operator";
import type { Pace } from "./pace";

/** Where scenarios take place. */
export interface Site {
  readonly shop: Shop;
  readonly operator: Operator;
  readonly watch: AlarmWatch;
  readonly pace: Pace;
  /** `npm run dead-letters -- replay --all --queue NAME`. */
  readonly replay: (queue: string) => Promise<void>;
}

/** Something that goes wrong, and how it is put right. */
export interface Scenario {
  /** Follows "when". */
  readonly title: string;
  /** The alarms that it sets off; others may go off as well. */
  readonly alarms: readonly [string, ...string[]];
  /** Brings it about. What goes on by itself may go on until the cure. */
  readonly cause: (site: Site) => Promise<void>;
  /** Puts it right, once the faults of the runtime are over. @default it passes by itself */
  readonly cure?: (site: Site) => Promise<void>;
}

export const MOUSE = { userId: "user-1", items: [{ productId: "PROD-001", qty: 1 }] };

/** Lets so many minutes pass, and does something at the beginning of each. */
export async function eachMinute({ pace }: Site, minutes: number, act: () => Promise<unknown>): Promise<void> {
  for (let passed = 0; passed < minutes; passed++) {
    await act();
    await pace.pass(1);
  }
}
