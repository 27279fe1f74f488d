import type { Receipt, VoidedReceipt } from "../contracts/receipt";
import type { Made } from "./ledger";

/**
 * Where receipts are kept, by their keys. A receipt cannot be issued in one instant with a write to the ledger, so
 * what is under the key decides: a receipt is put only where nothing is, and voiding leaves a mark there. Of the two
 * the mark wins in either order, and a receipt that comes late (its sender long gone) is refused like a charge by a
 * gateway that has voided the order. Deleting instead would leave the place free for it.
 */
export interface ReceiptStore {
  /** `VOID`: refused, because the receipt was voided before. An earlier receipt stays as it is. */
  issue(receiptKey: string, receipt: Receipt): Promise<Made | "VOID">;
  /** May be repeated, and needs no receipt to be there. */
  void(receiptKey: string, mark: VoidedReceipt): Promise<void>;
}
