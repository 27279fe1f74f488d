import type { FaultPlan } from "../../local/faults/faults";

/** The ways in which an order can end, and what its bill depends on more than on anything else. */
export const ENDINGS = ["confirmed", "outOfStock", "declined", "compensated"] as const;

export type Ending = (typeof ENDINGS)[number];

/** How orders are brought to an ending; all have two lines. */
export interface EndingRecipe {
  /** In words, for the report. */
  readonly says: string;
  /** Settings that a pipeline needs for it. */
  readonly settings: readonly string[];
  readonly items: readonly { readonly productId: string; readonly qty: number }[];
  /** What goes wrong meanwhile; `roleOf` answers the role of a function. */
  readonly faults?: (roleOf: (service: string) => string) => FaultPlan;
  readonly status: "CONFIRMED" | "FAILED";
}

const TWO_LINES = [
  { productId: "PROD-001", qty: 2 },
  { productId: "PROD-003", qty: 1 },
];
const NONE_DECLINED = ["paymentFailurePercent=0"];

export const RECIPES: Readonly<Record<Ending, EndingRecipe>> = {
  confirmed: { says: "confirmed", settings: NONE_DECLINED, items: TWO_LINES, status: "CONFIRMED" },
  outOfStock: {
    says: "out of stock",
    settings: NONE_DECLINED,
    items: [TWO_LINES[0] ?? { productId: "", qty: 0 }, { productId: "PROD-011", qty: 1 }],
    status: "FAILED",
  },
  declined: { says: "declined", settings: ["paymentFailurePercent=100"], items: TWO_LINES, status: "FAILED" },
  compensated: {
    says: "compensated: paid, and all undone because no receipt could be issued",
    settings: NONE_DECLINED,
    items: TWO_LINES,
    faults: (roleOf) => ({
      seed: 1,
      rates: { failBefore: 1 },
      only: { roles: [roleOf("IssueReceipt")], action: "s3:PutObject" },
    }),
    status: "FAILED",
  },
};

/** Endings that one pipeline can bring about, together. */
export function bySettings(): readonly (readonly Ending[])[] {
  const groups = new Map<string, Ending[]>();
  for (const ending of ENDINGS) {
    const key = RECIPES[ending].settings.join(" ");
    groups.set(key, [...(groups.get(key) ?? []), ending]);
  }
  return [...groups.values()];
}
