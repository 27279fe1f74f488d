import { ACCEPTANCE_BUGS } from "./acceptanceBugs";
import { LEDGER_BUGS } from "./ledgerBugs";
import { MONEY_BUGS } from "./moneyBugs";
import type { PlantedBug } from "./plantedBug";
import { RECEIPT_BUGS } from "./receiptBugs";
import { SAGA_BUGS } from "./sagaBugs";
import { TRAIL_BUGS } from "./trailBugs";

/**
 * Everything that the simulator must be able to find. Each breaks a promise by itself: a sabotage that another part of
 * the pipeline makes good is no bug, and does not belong here.
 */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...ACCEPTANCE_BUGS,
  ...LEDGER_BUGS,
  ...MONEY_BUGS,
  ...RECEIPT_BUGS,
  ...SAGA_BUGS,
  ...TRAIL_BUGS,
];
