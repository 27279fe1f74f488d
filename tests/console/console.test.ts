import assert from "node:assert/strict";
import { request } from "node:http";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import axe from "axe-core";
import { awsConnection } from "../../cli/awsConnection";
import { ConsoleServer } from "../../cli/console/consoleServer";
import { PageFiles } from "../../cli/console/http/pageFiles";
import { Shop } from "../endToEnd/shop";
import { chromiumPath, ConsoleBrowser } from "./browser";

const MOST_BYTES = 300 * 1024;
const executable = chromiumPath();

describe("the console", function () {
  this.timeout(120_000);
  let shop: Shop;
  let server: ConsoleServer;

  before(async () => {
    shop = await Shop.open({ settings: ["paymentFailurePercent=20"], speed: 60 });
    server = await ConsoleServer.listen(shop.pipeline, 0);
  });
  after(async () => {
    await server.close();
    await shop.close();
  });

  it("weighs 300 KiB compressed at most, and lets its page load nothing from elsewhere", async () => {
    const files = [...(await new PageFiles().all()).values()];
    const bytes = files.reduce((sum, { body }) => sum + body.length, 0);
    assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
    const policy = (await fetch(server.url)).headers.get("content-security-policy") ?? "";
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/);
    assert.doesNotMatch(policy, /unsafe|\*/);
  });

  it("answers its own page only", async () => {
    const stranger = await fetch(`${server.url}/data/pipeline`, { headers: { origin: "http://evil.example" } });
    assert.equal(stranger.status, 403);
    const { port } = new URL(server.url);
    const rebound = await new Promise<number>((resolve) =>
      request({ port, path: "/data/pipeline", headers: { host: "evil.example" } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      }).end(),
    );
    assert.equal(rebound, 403);
    const form = await fetch(`${server.url}/data/clock`, { method: "POST", body: "speed=600" });
    assert.equal(form.status, 415);
  });

  it("says what is wrong with what it is asked", async () => {
    const post = async (path: string, body: object): Promise<unknown> => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${server.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      return [answer.status, ((await answer.json()) as { problem: string }).problem];
    };
    assert.deepEqual(await post("/data/clock", { speed: 0 }), [400, "speed must be a number from 1 to 1000000."]);
    assert.deepEqual(await post("/data/bursts", { of: 0, ratePerSecond: 1 }), [
      400,
      "A burst has from 1 to 2000 orders, not 0.",
    ]);
    assert.deepEqual(await post("/data/inventory/NONE", { units: 1 }), [404, "There is no product NONE."]);
    assert.deepEqual(await post("/data/orders", {}), [404, "The console has nothing at /data/orders."]);
  });

  const withBrowser = executable === undefined ? describe.skip : describe;
  withBrowser("in a browser (needs Chromium: apt-get install -y chromium)", () => {
    let browser: ConsoleBrowser;
    const visit = async (path: string): Promise<ConsoleBrowser["page"]> => {
      await browser.page.goto(`${server.url}${path}`);
      await browser.page.locator("main h1, main h2").first().waitFor();
      return browser.page;
    };

    before(async () => {
      browser = await ConsoleBrowser.open(executable ?? "", { width: 1280, height: 860, scheme: "light" });
    });
    after(() => browser.close());

    it("says that there is no order yet, and where to place one", async () => {
      const page = await visit("/orders");
      await page.getByText("No orders yet").waitFor();
      await page.getByRole("link", { name: "Place the first one" }).click();
      await page.getByRole("heading", { name: "Try it" }).waitFor();
    });

    it("places an order by form, and follows it to its end", async () => {
      const page = await visit("/try");
      await page.getByLabel("Idempotency key (optional)").fill("console-1");
      await page.getByRole("button", { name: "Place the order" }).click();
      const exchange = page.locator(".exchange").first();
      await exchange.getByText("201", { exact: true }).waitFor();
      await exchange
        .getByText(/Confirmed|Failed/)
        .first()
        .waitFor();
      await exchange.getByText("As curl").click();
      const curl = await exchange.getByRole("region", { name: "The request as curl" }).innerText();
      assert.match(curl, /^curl -si 'http:\/\/127\.0\.0\.1:\d+\/.*orders'/);
      assert.match(curl, /idempotency-key: console-1/);
    });

    it("shares what is filled in by the address, without what is usual or secret", async () => {
      const page = await visit("/try");
      const tenant = Object.keys(shop.outputs.apiKeys)[1] ?? "";
      const user = page.getByLabel("User", { exact: true });
      await page.getByLabel("Tenant").selectOption(tenant);
      await user.fill("ann");
      await page.getByLabel("E-mail (optional)").fill("ann@shop.example");
      await page.getByLabel("Product of item 1").selectOption("PROD-004");
      await page.getByLabel("Quantity of item 2").fill("3");
      await page.getByLabel("Orders", { exact: true }).fill("7");
      await page.getByLabel("A second").fill("5");
      // Asked of the page itself: what the driver knows of its address comes a little later.
      const search = (): Promise<string> => page.evaluate<string>("location.search");
      assert.equal(await search(), `?tenant=${tenant}&user=ann&items=2*PROD-004+3*PROD-003&orders=7&rate=5`);
      await page.reload();
      await page.getByLabel("Product of item 1").locator("option").first().waitFor({ state: "attached" });
      const values = ["Tenant", "Product of item 1", "Quantity of item 2", "A second"].map((label) =>
        page.getByLabel(label).inputValue(),
      );
      assert.deepEqual(await Promise.all(values), [tenant, "PROD-004", "3", "5"]);
      await page.getByLabel("A second").fill("20");
      await user.fill("");
      assert.equal(await search(), `?tenant=${tenant}&user=&items=2*PROD-004+3*PROD-003&orders=7`);
      assert.equal(await user.inputValue(), "");
    });

    it("restocks with as many units as wanted", async () => {
      const page = await visit("/operate/inventory");
      const row = page.locator("tbody tr", { hasText: "PROD-005" });
      const shelf = async (): Promise<number> =>
        Number((await row.locator("td.figure span").innerText()).replace(/\D/g, ""));
      const before = await shelf();
      await page.getByLabel("Units to restock").fill("7");
      await row.getByRole("button", { name: /^Restock .* with 7$/ }).click();
      await page.getByText(/ on the shelf\.$/).waitFor();
      await shop.until("seven more are there", async () => (await shelf()) === before + 7);
    });

    it("tells on an order's page, first of all, why it failed", async () => {
      const page = await visit("/try");
      await page.getByRole("button", { name: "One that will be declined" }).click();
      await page.locator(".exchange").first().getByText("Failed").waitFor();
      await page.locator(".exchange a.mono").first().click();
      await page.getByText(/^Failed because the payment was declined: /).waitFor();
      await page
        .locator(".order-head")
        .getByText(/Nothing was charged\. .*The customer was told: “/)
        .waitFor();
      await page.getByRole("button", { name: /ProcessPayment .*PaymentDeclined/ }).click();
      await page.getByText("ProcessPayment: one attempt").waitFor();
      assert.match(page.url(), /state=ProcessPayment/);
      assert.ok((await page.locator(".saga .edge.taken").count()) >= 4, "the path is drawn");
      assert.match(await page.locator(".steps").innerText(), /payment declined[\s\S]*stock given back[\s\S]*failed/);
      await page.getByRole("region", { name: "Log lines" }).getByText("ProcessPayment").first().waitFor();
    });

    it("shows repeats, empty shelves and refusals for what they are", async () => {
      const page = await visit("/try");
      await page.getByRole("button", { name: "The same again" }).click();
      await page.getByText("replayed", { exact: true }).first().waitFor();
      await page.getByRole("button", { name: "Out of stock" }).click();
      await page.getByText("Not enough Limited Edition Turntable in stock.").waitFor();
      await page.getByRole("button", { name: "A wrong total" }).click();
      await page.locator(".exchange").first().getByText("422", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Without a key" }).click();
      await page.locator(".exchange").first().getByText("403", { exact: true }).waitFor();
    });

    it("sends a burst whose orders end as the API says", async () => {
      const page = await visit("/try");
      await page.getByLabel("Orders", { exact: true }).fill("20");
      await page.getByLabel("A second").fill("40");
      await page.getByRole("button", { name: "Send" }).click();
      await page.getByText("20 answered").waitFor();
      await page.getByRole("link", { name: "Orders", exact: true }).click();
      await shop.until("every order is final", async () =>
        (await page.locator(".totals .tone-pending").innerText()).includes(" 0"),
      );
      const confirmed = Number((await page.locator(".totals .tone-good").innerText()).replace(/\D/g, ""));
      const lists = await Promise.all(Object.values(shop.outputs.apiKeys).map((key) => listed(key, "CONFIRMED")));
      assert.equal(confirmed, lists.flat().length);
    });

    const listed = async (key: string, status: string): Promise<unknown[]> => {
      const { body } = await shop.request("GET", `/orders?status=${status}&limit=100`, undefined, { "x-api-key": key });
      return body.orders;
    };

    it("filters orders, and keeps the filters in the address", async () => {
      const page = await visit("/orders");
      await page.getByLabel("Why it failed").selectOption("PAYMENT_DECLINED");
      assert.match(page.url(), /\?code=PAYMENT_DECLINED$/);
      assert.deepEqual(
        [
          ...new Set(
            (await page.locator("table.orders .badge").allInnerTexts()).map((text) => text.replace(/\s+/g, " ")),
          ),
        ],
        ["✕ Failed"],
      );
      await page.reload();
      await page.locator("table.orders .badge").first().waitFor();
      assert.equal(await page.getByLabel("Why it failed").inputValue(), "PAYMENT_DECLINED");
      await page.getByLabel("User").fill("nobody-at-all");
      await page.getByText("No order is like that").waitFor();
    });

    it("draws the pipeline from its resources, with counts, and looks into each part", async () => {
      const page = await visit("/flow");
      const boxes = await page.locator(".picture .box h2").allInnerTexts();
      for (const name of ["api", "orders", "events", "queue", "saga", "inventory"])
        assert.ok(boxes.includes(name), name);
      assert.ok((await page.locator(".lines .count").count()) > 10, "arrows have counts");
      await page.locator(".part", { hasText: "createOrder" }).click();
      const panel = page.locator(".panel");
      await panel.getByRole("region", { name: "Recent invocations" }).getByText("answered").first().waitFor();
      await panel.getByRole("button", { name: "Resource" }).click();
      await panel.getByText('"runtime": "nodejs24.x"').waitFor();
      assert.match(page.url(), /\/flow\/api-create-function\?show=inputs$/);
      await panel.getByRole("button", { name: "Log" }).click();
      await panel.getByRole("region", { name: "Log" }).locator("tbody tr").first().waitFor();
      await page.keyboard.press("Escape");
      await panel.waitFor({ state: "detached" });
    });

    it("lets things go wrong, counts it, and judges the promises meanwhile", async () => {
      const page = await visit("/break");
      const doubled = page.getByRole("switch", { name: "Deliveries doubled" });
      await doubled.click();
      await shop.until("the switch is on", async () => (await doubled.getAttribute("aria-checked")) === "true");
      await shop.accepted({ userId: "user-1", items: [{ productId: "PROD-002", qty: 1 }] });
      const struck = page.locator(".switches li", { hasText: "Deliveries doubled" }).locator(".figure");
      await shop.until("it struck", async () => !/ 0 ×$/.test(await struck.innerText()));
      await page.getByRole("button", { name: "All off" }).click();
      await page.getByText("every order is final").waitFor();
      assert.deepEqual(
        (await page.locator(".promise .badge").allInnerTexts()).map((text) => text.replace(/\s+/g, " ")),
        ["✓ kept", "✓ kept", "✓ kept"],
      );
    });

    it("says when a promise is broken", async () => {
      const page = await visit("/break");
      await shop.stocked("PROD-004", 999);
      await page.getByText(/PROD-004 had 150; 999 are left/).waitFor();
      await shop.stocked("PROD-004", 150 - (await soldOf("PROD-004")));
      await shop.until("it holds again", async () => (await page.locator(".promise.broken").count()) === 0);
    });

    const soldOf = async (productId: string): Promise<number> => {
      const lists = await Promise.all(Object.values(shop.outputs.apiKeys).map((key) => listed(key, "CONFIRMED")));
      const lines = lists.flat().flatMap((order) => (order as { items: { productId: string; qty: number }[] }).items);
      return lines.filter((line) => line.productId === productId).reduce((sum, { qty }) => sum + qty, 0);
    };

    it("opens dead letters and replays them", async () => {
      const sqs = new SQSClient(awsConnection(shop.outputs));
      const MessageBody = JSON.stringify({ orderId: "11111111-0000-4000-8000-000000000000" });
      await sqs.send(new SendMessageCommand({ QueueUrl: shop.outputs.deadLetterQueueUrl, MessageBody }));
      sqs.destroy();
      const page = await visit("/operate/letters");
      await page.getByText("the table has no such order").waitFor();
      await page.getByRole("button", { name: "Open" }).click();
      await page.getByRole("region", { name: "Body" }).getByText("11111111-0000").waitFor();
      await page.getByRole("button", { name: "Replay", exact: true }).click();
      await page.getByText(/is in the order queue again\./).waitFor();
    });

    it("shows alarms, the dashboard and mails, restocks, and turns the clock", async () => {
      const page = await visit("/operate/alarms");
      await page
        .getByRole("button", { name: /order-dead-letters/ })
        .first()
        .click();
      await page.getByText(/Goes off above 0/).waitFor();
      await page.getByRole("link", { name: "Dashboard" }).click();
      await page.locator(".chart canvas").first().waitFor();
      await page.getByText("Orders accepted and how they ended").waitFor();
      await page.getByRole("link", { name: "Inbox" }).click();
      await page.locator("main select").selectOption("customers@shop.example");
      await page.locator(".mail").first().click();
      await page.getByRole("link", { name: "The order" }).first().waitFor();
      await page.getByRole("link", { name: "Inventory" }).click();
      await page.getByRole("button", { name: "Restock Limited Edition Turntable with 50" }).click();
      await page.getByText("Limited Edition Turntable: 50 on the shelf.").waitFor();
      await page.getByLabel("Clock speed while everything waits").selectOption("10");
      await shop.until("the clock turned", () => shop.pipeline.runtime.clock.speed === 10);
    });

    const VIEWS = ["/flow", "/flow/queue-queue", "/orders", "/try", "/break"];
    const PAGES = ["letters", "alarms", "dashboard", "inbox", "inventory"].map((name) => `/operate/${name}`);

    const violationsOn = async (run: string): Promise<string[]> => {
      type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };
      const found = await browser.page.evaluate<Violation[]>(`${run}.then(({ violations }) => violations)`);
      return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} (${nodes.length} places)`);
    };

    it("has nothing that axe objects to, in light and in dark", async () => {
      const order = await shop.accepted({ userId: "user-1", items: [{ productId: "PROD-002", qty: 1 }] });
      await shop.final(order);
      const found: string[] = [];
      for (const path of [...VIEWS, ...PAGES, `/orders/${order}`]) {
        const page = await visit(path);
        await page.evaluate(axe.source);
        // What is there is the same in both; what differs is colours.
        for (const [scheme, rules] of [
          ["light", ""],
          ["dark", '{ runOnly: ["color-contrast"] }'],
        ] as const) {
          await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
          await page.locator(`html[data-theme="${scheme}"]`).waitFor();
          found.push(...(await violationsOn(`axe.run(${rules})`)).map((violation) => `${path} ${scheme} ${violation}`));
        }
      }
      assert.deepEqual(found, []);
    });

    it("fits 390 pixels, without a bar to scroll sideways", async () => {
      await browser.page.setViewportSize({ width: 390, height: 844 });
      const wide: string[] = [];
      for (const path of [...VIEWS, ...PAGES]) {
        const page = await visit(path);
        const width = await page.evaluate<number>("document.documentElement.scrollWidth");
        if (width > 390) wide.push(`${path} is ${width} wide`);
      }
      assert.deepEqual(wide, []);
    });

    it("says when the pipeline is gone, with nothing said on the console until then, and nobody else asked", async () => {
      const page = await visit("/flow");
      // The API's own refusals are answers that were asked for; a browser notes each of them.
      const refusals = /status of (?:403|422)/;
      assert.deepEqual(
        browser.errors.filter((text) => !refusals.test(text)),
        [],
      );
      assert.deepEqual(browser.strangers, []);
      await server.close();
      await page.getByRole("alert").getByText("Not connected.").waitFor();
    });
  });
});
