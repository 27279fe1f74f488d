import type { OrderPage } from "../../pages";
import { Json } from "../parts/json";

/** What lies in the bucket of receipts under the order's key. */
export function Receipt({ page: { receipt } }: { readonly page: OrderPage }) {
  return (
    <section class="card" aria-labelledby="receipt-title">
      <h2 id="receipt-title">Receipt</h2>
      {receipt === undefined ? (
        <p class="dim">None was issued.</p>
      ) : (
        <>
          <p>
            <span class={`badge tone-${receipt.status === "ISSUED" ? "good" : "warn"}`}>
              {receipt.status.toLowerCase()}
            </span>{" "}
            <span class="mono dim">{receipt.key}</span>
          </p>
          <details>
            <summary>The document</summary>
            <Json value={receipt.document} label="Receipt" />
          </details>
        </>
      )}
    </section>
  );
}
