import { readFileSync } from "node:fs";
import { createOrderflowClient, newIdempotencyKey } from "../orderflowClient";

/*
 * Places an order and follows it to its end:
 *
 *   npm start                                                            (in another terminal)
 *   node --require ./register.cjs client/examples/placeOrder.ts [outputs.json]
 *
 * outputs.json is what `pulumi stack output --json --show-secrets` printed; without it, what `npm start` wrote.
 */

interface Outputs {
  readonly apiUrl: string;
  readonly apiKeys: Readonly<Record<string, string>>;
}

async function main(file: string): Promise<void> {
  const { apiUrl, apiKeys } = JSON.parse(readFileSync(file, "utf8")) as Outputs;
  const [tenant = "", apiKey = ""] = Object.entries(apiKeys)[0] ?? [];
  const orderflow = createOrderflowClient({ baseUrl: apiUrl, apiKey });

  const { data } = await orderflow.http.GET("/products", { params: { query: { limit: 100 } } });
  const product = data?.products.find(({ inStock }) => inStock);
  if (product === undefined) throw new Error("Everything is sold out.");

  // Kept somewhere safe before the request is sent, the key makes one order of it, even after a crash.
  const idempotencyKey = newIdempotencyKey();
  const order = {
    userId: "user-42",
    items: [{ productId: product.productId, qty: 2 }],
    totalAmount: 2 * product.price,
  };
  const placed = await orderflow.placeOrder(order, { idempotencyKey });
  console.log(`${tenant} ordered 2 × ${product.name}: ${placed.orderId}, ${placed.totalAmount} ${placed.currency}`);

  const { status, failure, receiptKey } = await orderflow.followOrder(placed.orderId, { timeoutSeconds: 60 });
  console.log(status === "CONFIRMED" ? `CONFIRMED, receipt ${receiptKey}` : `FAILED: ${failure?.reason}`);
}

main(process.argv[2] ?? ".local/outputs.json").catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
