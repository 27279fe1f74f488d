import { useComputed } from "@preact/signals";
import type { OrderPage } from "../../pages";
import { useReading } from "../data";
import { date, duration } from "../format";
import { LogTable } from "../parts/logTable";
import { Notice, Problem } from "../parts/notice";
import { stageWords } from "../parts/stages";
import { Status } from "../parts/status";
import { orders } from "../store";
import { Bill } from "./bill";
import { Mails } from "./mails";
import { Receipt } from "./receipt";
import { SagaSection } from "./sagaSection";
import { TimeAxis } from "./timeAxis";
import { whatHappened } from "./whatHappened";

/** Everything about one order; read anew whenever it changes. */
export function OrderView({ orderId }: { readonly orderId: string }) {
  const row = useComputed(() => orders.value.get(orderId));
  const version = useComputed(() => row.value?.version ?? 0);
  const [reading, again] = useReading<OrderPage>(
    () => `/data/orders/${encodeURIComponent(orderId)}?version=${version.value}`,
  );
  const { value: page, problem, loading } = reading.value;
  return (
    <article class="order" aria-labelledby="order-title">
      <p class="crumbs">
        <a href="/orders">Orders</a> <span aria-hidden="true">/</span>
      </p>
      <div class="title-line">
        <h1 id="order-title" class="mono">
          {orderId}
        </h1>
        {page !== undefined && <Status status={page.order.status} />}
        <button type="button" class="quiet" onClick={again} disabled={loading}>
          {loading ? "Reading…" : "Read again"}
        </button>
      </div>
      {problem !== undefined && <Problem said={problem} />}
      {page === undefined ? problem === undefined && <p class="dim">Reading…</p> : <Page page={page} />}
    </article>
  );
}

function Page({ page }: { readonly page: OrderPage }) {
  return (
    <>
      <Head page={page} />
      <div class="order-columns">
        <div>
          <SagaSection runs={page.runs} />
          <TimeAxis page={page} />
          <Logs page={page} />
        </div>
        <div class="order-side">
          <Bill page={page} />
          <Mails page={page} />
          <Receipt page={page} />
        </div>
      </div>
      {page.notes.length > 0 && (
        <ul class="notes">
          {page.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What happened, in plain words: what somebody who asks about this order wants to know first. */
function Head({ page }: { readonly page: OrderPage }) {
  const { order, trail } = page;
  const [title, ...rest] = whatHappened(page);
  const first = trail[0]?.atMs ?? Date.parse(order.createdAt);
  const last = trail.at(-1)?.atMs ?? first;
  return (
    <header class={`order-head status-${order.status}`}>
      <p class="why">{title}</p>
      {rest.length > 0 && <p>{rest.join(" ")}</p>}
      <dl>
        <Fact name="Tenant" value={order.tenantId} />
        <Fact name="User" value={order.userId} />
        <Fact name="Placed" value={date(Date.parse(order.createdAt))} />
        <Fact name={order.status === "PENDING" ? "So far" : "Took"} value={duration(last - first)} />
        <Fact name="Stage" value={stageWords(order.stage)} />
        <Fact name="Version" value={String(order.version)} />
      </dl>
      {page.letters.length > 0 && (
        <p>
          <a href="/operate/letters">{page.letters.length} of its messages lie among the dead letters</a>
        </p>
      )}
    </header>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Logs({ page: { lines } }: { readonly page: OrderPage }) {
  return (
    <section class="card" aria-labelledby="log-title">
      <h2 id="log-title">Log lines, of all functions</h2>
      {lines.length === 0 ? (
        <Notice title="No line names this order yet" />
      ) : (
        <LogTable lines={lines} label="Log lines" />
      )}
    </section>
  );
}
