import { signal } from "@preact/signals";
import { money } from "../format";
import { keep, kept } from "../location";
import { pipeline } from "../store";
import { keepLines, keptLines, type Line } from "./lines";
import { curlOf, send, type ApiRequest } from "./sending";
import { products } from "./tryView";

const USER = "user-123";

/** Not in the address: the one is personal, the other must not be used twice. */
const email = signal("");
const idempotencyKey = signal("");

/** An order by form, out of the catalogue. */
export function OrderForm() {
  const tenants = Object.keys(pipeline.value?.apiKeys ?? {});
  const [usual = ""] = tenants;
  const wanted = kept("tenant", usual);
  const request = requestOf(tenants.includes(wanted) ? wanted : usual);
  return (
    <form
      class="card order-form"
      aria-labelledby="form-title"
      onSubmit={(event) => {
        event.preventDefault();
        void send(request);
      }}
    >
      <h2 id="form-title">Place an order</h2>
      <div class="fields">
        <label>
          <span>Tenant</span>
          <select value={request.tenant} onChange={(event) => keep("tenant", event.currentTarget.value, usual)}>
            {tenants.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <Field label="User" value={kept("user", USER)} onInput={(text) => keep("user", text, USER)} />
        <Field label="E-mail (optional)" value={email.value} onInput={(text) => (email.value = text)} />
        <Field
          label="Idempotency key (optional)"
          value={idempotencyKey.value}
          onInput={(text) => (idempotencyKey.value = text)}
        />
      </div>
      <fieldset>
        <legend>Items</legend>
        {keptLines().map((line, at) => (
          <LineFields key={at} line={line} at={at} />
        ))}
        <button
          type="button"
          class="quiet"
          onClick={() => keepLines([...keptLines(), { productId: freeProduct(), qty: 1 }])}
        >
          Add an item
        </button>
      </fieldset>
      <p class="form-end">
        <button type="submit" class="primary">
          Place the order
        </button>
        <span class="dim">{total()}</span>
      </p>
      <details>
        <summary>As curl</summary>
        <pre class="json" tabIndex={0} role="region" aria-label="The request as curl">
          {curlOf(request)}
        </pre>
      </details>
    </form>
  );
}

function Field({
  label,
  value,
  onInput,
}: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (text: string) => void;
}) {
  return (
    <label>
      <span>{label}</span>
      <input value={value} onInput={(event) => onInput(event.currentTarget.value)} />
    </label>
  );
}

function LineFields({ line, at }: { readonly line: Line; readonly at: number }) {
  const change = (changes: Partial<Line>): void => {
    keepLines(keptLines().map((one, index) => (index === at ? { ...one, ...changes } : one)));
  };
  return (
    <div class="line-fields">
      <select
        aria-label={`Product of item ${at + 1}`}
        value={line.productId}
        onChange={(event) => change({ productId: event.currentTarget.value })}
      >
        {products.value.map(({ productId, name, price, currency, inStock }) => (
          <option key={productId} value={productId}>
            {name}, {money(price, currency)}
            {inStock ? "" : " (out of stock)"}
          </option>
        ))}
      </select>
      <input
        type="number"
        min="1"
        max="1000"
        aria-label={`Quantity of item ${at + 1}`}
        value={line.qty}
        onInput={(event) => change({ qty: Number(event.currentTarget.value) })}
      />
      <button
        type="button"
        class="quiet"
        aria-label={`Remove item ${at + 1}`}
        disabled={keptLines().length === 1}
        onClick={() => keepLines(keptLines().filter((_, index) => index !== at))}
      >
        ✕
      </button>
    </div>
  );
}

function requestOf(chosen: string): ApiRequest {
  const body = {
    userId: kept("user", USER),
    ...(email.value !== "" && { customerEmail: email.value }),
    items: keptLines(),
  };
  return {
    ...{ title: "An order", method: "POST" as const, path: "/orders", tenant: chosen, body: JSON.stringify(body) },
    ...(idempotencyKey.value !== "" && { idempotencyKey: idempotencyKey.value }),
  };
}

function freeProduct(): string {
  const used = new Set(keptLines().map(({ productId }) => productId));
  return products.value.find(({ productId }) => !used.has(productId))?.productId ?? "PROD-001";
}

function total(): string {
  const priced = keptLines().map(
    ({ productId, qty }) => (products.value.find((one) => one.productId === productId)?.price ?? 0) * qty,
  );
  const sum = priced.reduce((all, amount) => all + amount, 0);
  return Number.isFinite(sum) ? `${money(sum, pipeline.value?.currency ?? "EUR")}, by the prices of the catalogue` : "";
}
