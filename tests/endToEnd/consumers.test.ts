import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { ledger } from "../../cli/ledger/command";
import { order } from "../../cli/order/command";
import { writeOutputs } from "../../cli/stackOutputs";
import type { Terminal } from "../../cli/terminal";
import type { Mail } from "../../local/feed";
import { Shop } from "./shop";

/** How many orders: few with the other tests, as many as wanted by hand (CONSUMED_ORDERS=500). */
const ORDERS = Number(process.env["CONSUMED_ORDERS"] ?? 30);
const PATIENCE_MS = 60_000 + ORDERS * 1_500;

/** All consumers of the bus at once, while events, messages and batches of changes come twice, late and out of order. */
describe("the consumers of the bus", function () {
  this.timeout(3 * PATIENCE_MS);
  const mails: Mail[] = [];
  const orderIds: string[] = [];
  let shop: Shop;
  let folder: string;

  before(async () => {
    shop = await Shop.open({ settings: ["paymentFailurePercent=25", "ledger=true"], speed: 50 });
    shop.pipeline.runtime.feed.on("mail", (mail) => mails.push(mail));
    folder = mkdtempSync(join(tmpdir(), "consumers-"));
    writeOutputs(join(folder, "outputs.json"), shop.outputs);

    shop.pipeline.runtime.faults.set({ seed: 11, rates: { duplicate: 0.5, late: 0.2 } });
    await shop.stocked("SCARCE", Math.ceil(ORDERS / 8));
    const wishes = Array.from({ length: ORDERS }, (_, n) => ({
      userId: `user-${n % 7}`,
      items: [{ productId: n % 4 === 0 ? "SCARCE" : "PROD-001", qty: 1 }],
    }));
    const customer = async (): Promise<void> => {
      for (let wish = wishes.pop(); wish !== undefined; wish = wishes.pop()) orderIds.push(await shop.accepted(wish));
    };
    await Promise.all(Array.from({ length: 8 }, customer));
    for (const orderId of orderIds) await shop.final(orderId, PATIENCE_MS);
    shop.pipeline.runtime.faults.clear();
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await shop.close();
  });

  /** Runs a command until it is content: what was late is still on its way. */
  const untilContent = async (command: (terminal: Terminal) => Promise<number>): Promise<string> => {
    let said: string[] = [];
    const terminal = { say: (text: string) => said.push(text), complain: (text: string) => said.push(text) };
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      said = [];
      if ((await command(terminal)) === 0) return said.join("\n");
      assert.ok(performance.now() < deadline, said.join("\n"));
    }
  };

  it("tell each customer of an ended order once", async () => {
    const told = (): number => new Set(mails.map(({ attributes }) => attributes["orderId"])).size;
    await shop.until("everybody is told", () => told() === ORDERS, PATIENCE_MS);
    assert.equal(mails.length, ORDERS);
  });

  it("record events from which every order can be rebuilt as the table has it", async () => {
    const outputs = ["--outputs", join(folder, "outputs.json")];
    const said = await untilContent((terminal) => order(["--all", "--rebuild", ...outputs], terminal));
    assert.match(said, new RegExp(`\\b${ORDERS} orders`));
  });

  it("keep one row for each order in the ledger, in its final state", async () => {
    const outputs = ["--outputs", join(folder, "outputs.json")];
    const said = await untilContent((terminal) => ledger(["verify", ...outputs], terminal));
    assert.match(said, new RegExp(`agrees with the orders table: ${ORDERS} orders`));
    assert.equal(mails.length, ORDERS, "nobody was told twice in the meantime");
  });
});
