import type { PlantedBug } from "./plantedBug";

/** Sabotages of what is written on receipts, and of when they count. */
export const RECEIPT_BUGS: readonly PlantedBug[] = [
  {
    id: "the-receipt-of-a-failed-order-is-not-voided",
    file: "handlers/voidReceipt.ts",
    find: "await receipts.void(receiptKeyOf(order), voidedReceiptOf(order));",
    replace: "",
    promise: "receipts",
    seeds: [2, 24],
  },
  {
    id: "a-receipt-tells-cents-for-euros",
    file: "contracts/receipt.ts",
    find: "total: toDecimal(order.amountMinor, currency),",
    replace: "total: order.amountMinor,",
    promise: "receipts",
  },
  {
    id: "a-voided-receipt-looks-like-a-good-one",
    file: "contracts/receipt.ts",
    find: 'return { status: "VOID", ...identityOf(order) };',
    replace: "return { ...receiptOf(order) } as unknown as VoidedReceipt;",
    promise: "receipts",
    seeds: [24, 29],
  },
];
