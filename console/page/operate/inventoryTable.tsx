import { signal, useComputed } from "@preact/signals";
import type { InventoryItem } from "../../pages";
import { ask, useReading } from "../data";
import { count, money } from "../format";
import { keep, keptNumber } from "../location";
import { Problem } from "../parts/notice";
import { pipeline, totals } from "../store";

const UNITS = 50;
const said = signal("");
const problem = signal<string | undefined>(undefined);

/** What is on the shelf, and how more comes onto it. */
export function InventoryTable() {
  // Stock moves with orders: the sum of the ends they came to stands for both.
  const moved = useComputed(() => totals.value.CONFIRMED + totals.value.FAILED + totals.value.PENDING);
  const [reading, again] = useReading<readonly InventoryItem[]>(() => `/data/inventory?moved=${moved.value}`);
  const { value = [], problem: unread } = reading.value;
  const currency = pipeline.value?.currency ?? "EUR";
  const most = Math.max(1, ...value.map(({ stock }) => stock));
  const units = keptNumber("units", UNITS);
  const restock = ({ productId, name }: InventoryItem): void => {
    problem.value = undefined;
    ask<{ stock: number }>(`/data/inventory/${encodeURIComponent(productId)}`, { units })
      .then(({ stock }) => (said.value = `${name}: ${count(stock)} on the shelf.`))
      .catch((error: Error) => (problem.value = error.message))
      .finally(again);
  };
  return (
    <section class="card" aria-labelledby="inventory-title">
      <header class="card-head">
        <h2 id="inventory-title">Inventory</h2>
        <UnitsField units={units} />
        <span role="status">{said.value}</span>
      </header>
      {[unread, problem.value].map((text) => text !== undefined && <Problem key={text} said={text} />)}
      <div class="scroll wide" tabIndex={0} role="region" aria-label="Products">
        <table>
          <thead>
            <tr>
              <th scope="col">Product</th>
              <th scope="col">Category</th>
              <th scope="col" class="figure">
                Price
              </th>
              <th scope="col" class="figure">
                On the shelf
              </th>
              <th scope="col">
                <span class="hidden">Restock</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {value.map((item) => (
              <tr key={item.productId}>
                <th scope="row">
                  {item.name} <span class="dim mono">{item.productId}</span>
                </th>
                <td>{item.category}</td>
                <td class="figure">{money(item.price, currency)}</td>
                <td class="figure">
                  <span class={item.stock === 0 ? "tone-bad" : ""}>{count(item.stock)}</span>
                  <meter min={0} max={most} value={item.stock} aria-label={`${item.name} on the shelf`} />
                </td>
                <td>
                  <button type="button" onClick={() => restock(item)} aria-label={`Restock ${item.name} with ${units}`}>
                    +{count(units)}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function UnitsField({ units }: { readonly units: number }) {
  return (
    <label class="restock">
      <span>Units to restock</span>
      <input
        type="number"
        min="1"
        value={units}
        onInput={(event) => keep("units", Number(event.currentTarget.value), UNITS)}
      />
    </label>
  );
}
