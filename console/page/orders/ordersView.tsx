import { useComputed } from "@preact/signals";
import type { OrderRow } from "../../protocol";
import { ago, count, counted, date, money, sentence, shortId } from "../format";
import { parameter, refine } from "../location";
import { Notice, Problem } from "../parts/notice";
import { stageWords } from "../parts/stages";
import { Status } from "../parts/status";
import { newestFirst, nowMs, pipeline, totals, unreadable } from "../store";

const PAGE = 60;
const FILTERS = ["tenant", "user", "status", "code", "id"] as const;

/** Orders as they come, the newest first, with filters that are part of the address. */
export function OrdersView() {
  const found = useComputed(() => newestFirst.value.filter(isWanted));
  const shown = Math.max(PAGE, Number(parameter("shown")) || 0);
  const listed = newestFirst.value.length;
  const filtered = FILTERS.some((name) => parameter(name) !== "");
  return (
    <section aria-labelledby="orders-title">
      <div class="title-line">
        <h1 id="orders-title">Orders</h1>
        <p class="dim" aria-live="polite">
          {filtered
            ? `${count(found.value.length)} of ${counted(listed, "order")}`
            : counted(totals.value.all, "order")}
          {totals.value.all > listed && `; the newest ${count(listed)} are listed`}
        </p>
      </div>
      {unreadable.value !== undefined && <Problem said={`The table cannot be read just now: ${unreadable.value}`} />}
      <Filters filtered={filtered} />
      {found.value.length === 0 ? <Nothing listed={listed} /> : <OrderTable rows={found.value.slice(0, shown)} />}
      {found.value.length > shown && (
        <button type="button" class="button" onClick={() => refine({ shown: String(shown + PAGE) })}>
          Show {count(Math.min(PAGE, found.value.length - shown))} more
        </button>
      )}
    </section>
  );
}

function isWanted({ tenantId, userId, status, failureCode, orderId }: OrderRow): boolean {
  const wanted = (name: (typeof FILTERS)[number], is: (text: string) => boolean): boolean => {
    const text = parameter(name).trim();
    return text === "" || is(text);
  };
  return (
    wanted("tenant", (text) => text === tenantId) &&
    wanted("user", (text) => userId.includes(text)) &&
    wanted("status", (text) => text === status) &&
    wanted("code", (text) => text === failureCode) &&
    wanted("id", (text) => orderId.includes(text.toLowerCase()))
  );
}

function Filters({ filtered }: { readonly filtered: boolean }) {
  const tenants = Object.keys(pipeline.value?.apiKeys ?? {});
  return (
    <form class="filters" role="search" aria-label="Filter orders" onSubmit={(event) => event.preventDefault()}>
      <Choice name="tenant" label="Tenant" values={tenants.map((tenant) => [tenant, tenant] as const)} />
      <Choice
        name="status"
        label="Status"
        values={["PENDING", "CONFIRMED", "FAILED"].map((it) => [it, sentence(it)] as const)}
      />
      <Choice
        name="code"
        label="Why it failed"
        values={["OUT_OF_STOCK", "PAYMENT_DECLINED", "TECHNICAL_FAULT"].map((it) => [it, sentence(it)] as const)}
      />
      <Text name="user" label="User" />
      <Text name="id" label="Order id" />
      {filtered && (
        <button
          type="button"
          class="quiet"
          onClick={() => refine(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
        >
          Clear
        </button>
      )}
    </form>
  );
}

interface ChoiceProps {
  readonly name: (typeof FILTERS)[number];
  readonly label: string;
  readonly values: readonly (readonly [value: string, name: string])[];
}

function Choice({ name, label, values }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select value={parameter(name)} onChange={(event) => refine({ [name]: event.currentTarget.value })}>
        <option value="">any</option>
        {values.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Text({ name, label }: { readonly name: (typeof FILTERS)[number]; readonly label: string }) {
  return (
    <label>
      <span>{label}</span>
      <input type="search" value={parameter(name)} onInput={(event) => refine({ [name]: event.currentTarget.value })} />
    </label>
  );
}

function OrderTable({ rows }: { readonly rows: readonly OrderRow[] }) {
  return (
    <div class="scroll wide" tabIndex={0} role="region" aria-label="List of orders">
      <table class="orders">
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Status</th>
            <th scope="col">How far, or why not</th>
            <th scope="col">Tenant</th>
            <th scope="col">User</th>
            <th scope="col" class="figure">
              Units
            </th>
            <th scope="col" class="figure">
              Total
            </th>
            <th scope="col" class="figure">
              Placed
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.orderId} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { readonly row: OrderRow }) {
  const { orderId, status, stage, tenantId, userId, units, total, currency, createdMs, failureReason, failureCode } =
    row;
  return (
    <tr class={`status-${status}`}>
      <th scope="row">
        <a href={`/orders/${orderId}`} title={orderId} class="mono">
          {shortId(orderId)}
        </a>
      </th>
      <td>
        <Status status={status} />
      </td>
      <td>
        {failureCode === undefined ? (
          <span class="dim">{stageWords(stage)}</span>
        ) : (
          <>
            <b>{sentence(failureCode)}</b> <span class="dim">{failureReason}</span>
          </>
        )}
      </td>
      <td>{tenantId}</td>
      <td>{userId}</td>
      <td class="figure">{count(units)}</td>
      <td class="figure">{money(total, currency)}</td>
      <td class="figure">
        <Placed createdMs={createdMs} />
      </td>
    </tr>
  );
}

function Placed({ createdMs }: { readonly createdMs: number }) {
  const text = useComputed(() => ago(nowMs.value - createdMs));
  return <time title={date(createdMs)}>{text}</time>;
}

function Nothing({ listed }: { readonly listed: number }) {
  if (listed > 0) {
    return <Notice title="No order is like that">Take a filter away, or wait: the list goes on by itself.</Notice>;
  }
  return (
    <Notice title="No orders yet">
      <a class="button" href="/try">
        Place the first one
      </a>
    </Notice>
  );
}
