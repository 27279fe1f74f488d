import { signal } from "@preact/signals";
import { money } from "../format";
import { pipeline } from "../store";
import { curlOf, send, type ApiRequest } from "./sending";
import { products } from "./tryView";

interface Line {
  readonly productId: string;
  readonly qty: number;
}

const tenant = signal("");
const userId = signal("user-123");
const email = signal("");
const idempotencyKey = signal("");
const lines = signal<readonly Line[]>([
  { productId: "PROD-001", qty: 2 },
  { productId: "PROD-003", qty: 1 },
]);

/** An order by form, out of the catalogue. */
export function OrderForm() {
  const tenants = Object.keys(pipeline.value?.apiKeys ?? {});
  const request = requestOf(tenant.value === "" ? (tenants[0] ?? "") : tenant.value);
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
          <select value={request.tenant} onChange={(event) => (tenant.value = event.currentTarget.value)}>
            {tenants.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <Field label="User" value={userId.value} onInput={(text) => (userId.value = text)} />
        <Field label="E-mail (optional)" value={email.value} onInput={(text) => (email.value = text)} />
        <Field
          label="Idempotency key (optional)"
          value={idempotencyKey.value}
          onInput={(text) => (idempotencyKey.value = text)}
        />
      </div>
      <fieldset>
        <legend>Items</legend>
        {lines.value.map((line, at) => (
          <LineFields key={at} line={line} at={at} />
        ))}
        <button
          type="button"
          class="quiet"
          onClick={() => (lines.value = [...lines.value, { productId: freeProduct(), qty: 1 }])}
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
    lines.value = lines.value.map((one, index) => (index === at ? { ...one, ...changes } : one));
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
        disabled={lines.value.length === 1}
        onClick={() => (lines.value = lines.value.filter((_, index) => index !== at))}
      >
        ✕
      </button>
    </div>
  );
}

function requestOf(chosen: string): ApiRequest {
  const body = {
    userId: userId.value,
    ...(email.value !== "" && { customerEmail: email.value }),
    items: lines.value,
  };
  return {
    ...{ title: "An order", method: "POST" as const, path: "/orders", tenant: chosen, body: JSON.stringify(body) },
    ...(idempotencyKey.value !== "" && { idempotencyKey: idempotencyKey.value }),
  };
}

function freeProduct(): string {
  const used = new Set(lines.value.map(({ productId }) => productId));
  return products.value.find(({ productId }) => !used.has(productId))?.productId ?? "PROD-001";
}

function total(): string {
  const priced = lines.value.map(
    ({ productId, qty }) => (products.value.find((one) => one.productId === productId)?.price ?? 0) * qty,
  );
  const sum = priced.reduce((all, amount) => all + amount, 0);
  return Number.isFinite(sum) ? `${money(sum, pipeline.value?.currency ?? "EUR")}, by the prices of the catalogue` : "";
}
