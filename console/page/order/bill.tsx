import type { OrderPage } from "../../pages";
import { count, money } from "../format";

/** What was bought, what became of the money, and what the order cost its shop in AWS. */
export function Bill({ page: { order, charged, refunded, cost } }: { readonly page: OrderPage }) {
  const { items, totalAmount, currency } = order;
  return (
    <section class="card" aria-labelledby="bill-title">
      <h2 id="bill-title">Items and money</h2>
      <table class="bill">
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col" class="figure">
              Qty
            </th>
            <th scope="col" class="figure">
              Price
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ productId, name, qty, lineTotal }) => (
            <tr key={productId}>
              <td title={productId}>{name}</td>
              <td class="figure">{count(qty)}</td>
              <td class="figure">{money(lineTotal, currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <Sum name="Total" amount={totalAmount} currency={currency} />
          <Sum name="Charged" amount={charged} currency={currency} />
          {refunded > 0 && <Sum name="Refunded" amount={-refunded} currency={currency} />}
        </tfoot>
      </table>
      <h3>What it cost</h3>
      {cost === undefined ? (
        <p class="dim">Not known: it is counted from when the console was first opened, and this order came before.</p>
      ) : (
        <>
          <table class="bill">
            <tbody>
              {cost.lines.map(({ what, amount }) => (
                <tr key={what}>
                  <td>{what}</td>
                  <td class="figure">{small(amount, cost.currency)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">On AWS, together</th>
                <td class="figure">{small(cost.total, cost.currency)}</td>
              </tr>
            </tfoot>
          </table>
          <p class="dim">By {cost.basis}; its share of batches with others.</p>
        </>
      )}
    </section>
  );
}

function Sum({
  name,
  amount,
  currency,
}: {
  readonly name: string;
  readonly amount: number;
  readonly currency: string;
}) {
  return (
    <tr>
      <th scope="row" colSpan={2}>
        {name}
      </th>
      <td class="figure">{money(amount, currency)}</td>
    </tr>
  );
}

/** Fractions of a cent, with enough digits to be told apart. */
function small(amount: number, currency: string): string {
  return new Intl.NumberFormat("en", { style: "currency", currency, maximumFractionDigits: 7 }).format(amount);
}
