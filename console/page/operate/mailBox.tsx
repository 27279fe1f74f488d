import type { MailPage } from "../../pages";
import { useReading } from "../data";
import { counted, time } from "../format";
import { parameter, refine } from "../location";
import { Notice, Problem } from "../parts/notice";
import { turns } from "../store";

const MOST_SHOWN = 100;

/** Mails of the pipeline: what customers and operators were told. */
export function MailBox() {
  const [reading] = useReading<readonly MailPage[]>(() => `/data/mails?turn=${turns.value.mails}`);
  const { value = [], problem, loading } = reading.value;
  const wanted = parameter("to");
  const boxes = [...new Set(value.map(({ to }) => to))].sort();
  const shown = value.filter(({ to }) => wanted === "" || to === wanted);
  return (
    <section class="card" aria-labelledby="inbox-title">
      <header class="card-head">
        <h2 id="inbox-title">Inbox</h2>
        <span class="dim">{counted(shown.length, "mail")}</span>
        <label>
          <span class="hidden">To</span>
          <select value={wanted} onChange={(event) => refine({ to: event.currentTarget.value })}>
            <option value="">to everybody</option>
            {boxes.map((to) => (
              <option key={to}>{to}</option>
            ))}
          </select>
        </label>
      </header>
      {problem !== undefined && <Problem said={problem} />}
      {shown.length === 0 && !loading && <Notice title="No mail">Customers are told how their orders end.</Notice>}
      {shown.slice(0, MOST_SHOWN).map(({ id, subject, to, body, timeMs, orderId }) => (
        <details key={id} class="mail">
          <summary>
            <span class="figure dim">{time(timeMs)}</span> <b>{subject}</b> <span class="dim">to {to}</span>
          </summary>
          <p class="mail-body">{body}</p>
          {orderId !== undefined && <a href={`/orders/${orderId}`}>The order</a>}
        </details>
      ))}
    </section>
  );
}
