import { signal } from "@preact/signals";
import type { DeclinedKey } from "../../pages";
import { ask } from "../data";
import { Problem } from "../parts/notice";
import { pipeline } from "../store";
import { send, type ApiRequest } from "./sending";

interface Case {
  readonly name: string;
  readonly says: string;
  run(tenant: string): Promise<void>;
  /** Why it cannot be tried in this stack. */
  readonly off?: string;
}

const problem = signal<string | undefined>(undefined);

/** Ready-made requests that show what the API does with them. */
export function Cases() {
  const tenant = Object.keys(pipeline.value?.apiKeys ?? {})[0] ?? "";
  const run = (chosen: Case): void => {
    problem.value = undefined;
    chosen.run(tenant).catch((error: Error) => (problem.value = error.message));
  };
  return (
    <section class="card" aria-labelledby="cases-title">
      <h2 id="cases-title">Ready-made</h2>
      {problem.value !== undefined && <Problem said={problem.value} />}
      <ul class="cases">
        {cases(pipeline.value?.declinedPercent ?? 0).map((one) => (
          <li key={one.name}>
            <button type="button" disabled={one.off !== undefined} onClick={() => run(one)}>
              {one.name}
            </button>
            <span class="dim">{one.off ?? one.says}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function cases(declinedPercent: number): readonly Case[] {
  return [
    {
      name: "One that will be declined",
      says: "The payment provider says no; stock goes back.",
      ...(declinedPercent === 0 && { off: "This stack declines none: start it with --set paymentFailurePercent=20." }),
      async run(tenant) {
        const { key } = await ask<DeclinedKey>(`/data/declined-key?tenant=${encodeURIComponent(tenant)}`);
        if (key === undefined) throw new Error("No order that would be declined was found.");
        await send({ ...anOrder(tenant, "One that will be declined"), idempotencyKey: key });
      },
    },
    {
      name: "Out of stock",
      says: "More than there is: nothing is charged.",
      async run(tenant) {
        await send(anOrder(tenant, "Out of stock", [{ productId: "PROD-011", qty: 1 }]));
      },
    },
    {
      name: "The same again",
      says: "Twice under one idempotency key: one order.",
      async run(tenant) {
        const idempotencyKey = `again-${crypto.randomUUID().slice(0, 8)}`;
        await send({ ...anOrder(tenant, "The first time"), idempotencyKey });
        await send({ ...anOrder(tenant, "The same again"), idempotencyKey });
      },
    },
    {
      name: "Another under the same key",
      says: "One key for two orders is refused.",
      async run(tenant) {
        const idempotencyKey = `other-${crypto.randomUUID().slice(0, 8)}`;
        await send({ ...anOrder(tenant, "The first"), idempotencyKey });
        await send({ ...anOrder(tenant, "Another one", [{ productId: "PROD-002", qty: 3 }]), idempotencyKey });
      },
    },
    {
      name: "A wrong total",
      says: "Prices are the shop's; the answer has the right one.",
      async run(tenant) {
        const { body = "{}", ...rest } = anOrder(tenant, "A wrong total");
        await send({ ...rest, body: JSON.stringify({ ...(JSON.parse(body) as object), totalAmount: 1 }) });
      },
    },
    {
      name: "Full of mistakes",
      says: "All of them in one answer, each with its place.",
      async run(tenant) {
        const body = JSON.stringify({ items: [{ productId: "PROD-001", qty: 0 }, { qty: "two" }] });
        await send({ ...anOrder(tenant, "Full of mistakes"), body });
      },
    },
    {
      name: "Without a key",
      says: "Refused by the gateway; no function runs.",
      async run() {
        const { tenant: _nobody, ...rest } = anOrder("", "Without a key");
        await send(rest);
      },
    },
  ];
}

function anOrder(tenant: string, title: string, items = [{ productId: "PROD-001", qty: 1 }]): ApiRequest {
  const body = JSON.stringify({ userId: "user-123", items });
  return { title, method: "POST", path: "/orders", tenant, body };
}
