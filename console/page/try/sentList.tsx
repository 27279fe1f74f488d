import { duration } from "../format";
import { Json } from "../parts/json";
import { Notice } from "../parts/notice";
import { Status } from "../parts/status";
import { orders } from "../store";
import { curlOf, sent, type Sent } from "./sending";

/** What was sent and what came back, the newest first. */
export function SentList() {
  return (
    <section class="sent" aria-labelledby="sent-title">
      <h2 id="sent-title">Sent from here</h2>
      {sent.value.length === 0 && (
        <Notice title="Nothing yet">Requests and their answers appear here, each as curl.</Notice>
      )}
      <ol aria-live="polite">
        {sent.value.map((one) => (
          <Exchange key={one.number} one={one} />
        ))}
      </ol>
    </section>
  );
}

function Exchange({ one }: { readonly one: Sent }) {
  const { request, status, tookMs, replayed, answer, orderId, problem } = one;
  const row = orderId === undefined ? undefined : orders.value.get(orderId);
  return (
    <li class="card exchange">
      <header>
        <b>{request.title}</b>
        {status !== undefined && <span class={`badge tone-${toneOf(status)}`}>{status}</span>}
        {replayed === true && <span class="badge tone-pending">replayed</span>}
        <span class="dim figure">
          {tookMs === undefined ? (problem === undefined ? "under way…" : "") : duration(tookMs)}
        </span>
      </header>
      {problem !== undefined && <p class="tone-bad">{problem}</p>}
      {orderId !== undefined && (
        <p>
          <a href={`/orders/${orderId}`} class="mono">
            {orderId}
          </a>{" "}
          {row !== undefined && <Status status={row.status} />} <span class="dim">{row?.failureReason}</span>
        </p>
      )}
      <details open={status !== undefined && status >= 400}>
        <summary>The answer</summary>
        <Json value={answer ?? "no body"} label="Answer" />
      </details>
      <details>
        <summary>As curl</summary>
        <pre class="json" tabIndex={0} role="region" aria-label="The request as curl">
          {curlOf(request)}
        </pre>
      </details>
    </li>
  );
}

function toneOf(status: number): string {
  if (status < 300) return "good";
  return status < 500 ? "warn" : "bad";
}
