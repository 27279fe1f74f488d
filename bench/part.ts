import type { Figure } from "./figure";
import type { StartSubject } from "./subject";

/** How a part is measured. */
export interface Conditions {
  readonly start: StartSubject;
  /** How often each figure is measured, at least 1. */
  readonly runs: number;
  /** Fewer and shorter runs: good for a look, too noisy for a comparison. */
  readonly isQuick: boolean;
  /** Tells what is being done. */
  readonly say: (text: string) => void;
}

/** What a part found. */
export interface Findings {
  readonly figures: readonly Figure[];
  /** Sentences and tables that explain the figures. */
  readonly remarks: readonly string[];
}

/** Settings under which a crowd meets no limit and every payment succeeds: every order ends CONFIRMED. */
export const WIDE_OPEN: readonly string[] = [
  ...["tenantBurst=100000", "tenantRatePerSecond=1000"],
  ...["tenantRequestBurst=5000", "tenantRequestsPerSecond=10000"],
  ...["throttleBurst=5000", "throttleRate=10000"],
  ...["backPressureDepth=10000000", "paymentFailurePercent=0"],
];
