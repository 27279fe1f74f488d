import { signal } from "@preact/signals";
import type { ProductView } from "../../../contracts/schemas";
import { useEffect } from "preact/hooks";
import { Problem } from "../parts/notice";
import { pipeline } from "../store";
import { BurstCard } from "./burstCard";
import { Cases } from "./cases";
import { OrderForm } from "./orderForm";
import { SentList } from "./sentList";

/** What the shop sells, by the public API. */
export const products = signal<readonly ProductView[]>([]);
const problem = signal<string | undefined>(undefined);

/** Orders by hand: a form, ready-made cases, and many at once. */
export function TryView() {
  useEffect(() => void readProducts(), []);
  return (
    <section aria-labelledby="try-title">
      <div class="title-line">
        <h1 id="try-title">Try it</h1>
        <p class="dim">Everything here is a request to the public API at {pipeline.value?.apiUrl}.</p>
      </div>
      {problem.value !== undefined && <Problem said={problem.value} />}
      <div class="try-columns">
        <div>
          <OrderForm />
          <Cases />
          <BurstCard />
        </div>
        <SentList />
      </div>
    </section>
  );
}

async function readProducts(): Promise<void> {
  const { apiUrl, apiKeys } = pipeline.value ?? {};
  const [key = ""] = Object.values(apiKeys ?? {});
  try {
    const answer = await fetch(`${apiUrl}/products`, { headers: { "x-api-key": key } });
    if (!answer.ok) throw new Error(`GET /products answered ${answer.status}.`);
    products.value = ((await answer.json()) as { products: readonly ProductView[] }).products;
    problem.value = undefined;
  } catch (error) {
    problem.value = `The catalogue cannot be read: ${(error as Error).message}`;
  }
}
