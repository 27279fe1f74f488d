import type { OrderPage } from "../../pages";
import { time } from "../format";

/** What the customer was told. */
export function Mails({ page: { mails, order } }: { readonly page: OrderPage }) {
  return (
    <section class="card" aria-labelledby="mails-title">
      <h2 id="mails-title">Messages</h2>
      {mails.length === 0 ? (
        <p class="dim">
          {order.status === "PENDING" ? "The customer is told when the order has ended." : "None has come yet."}
        </p>
      ) : (
        mails.map(({ id, subject, to, body, timeMs }) => (
          <details key={id} class="mail">
            <summary>
              <b>{subject}</b>{" "}
              <span class="dim">
                to {to}, {time(timeMs)}
              </span>
            </summary>
            <p class="mail-body">{body}</p>
          </details>
        ))
      )}
    </section>
  );
}
