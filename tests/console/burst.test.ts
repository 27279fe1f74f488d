import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { ConsoleServer } from "../../cli/console/consoleServer";
import { Shop } from "../endToEnd/shop";
import { chromiumPath, ConsoleBrowser } from "./browser";
import { ordersByStatus, type ByStatus } from "./ordersByStatus";

/** How many orders: few with the other tests, as many as wanted by hand (BURST_ORDERS=200). */
const ORDERS = Number(process.env["BURST_ORDERS"] ?? 50);
const STRIKING = ["Database throttled", "Answers lost", "Deliveries doubled"];
/** The last is rare, and may spare a burst. */
const FAULTS = [...STRIKING, "Workers killed"];
/** Keeps every promise that is shown as broken, however shortly. */
const WATCH_PROMISES = `
  globalThis.broken_ = [];
  const look = () => broken_.push(...[...document.querySelectorAll(".promise.broken")].map((it) => it.innerText));
  new MutationObserver(look).observe(document.querySelector(".promises"), { subtree: true, childList: true, attributes: true, characterData: true });
  look();
`;
const executable = chromiumPath();
const withBrowser = executable === undefined ? describe.skip : describe;

withBrowser("a burst on the console (needs Chromium: apt-get install -y chromium)", function () {
  this.timeout(240_000);
  let shop: Shop;
  let server: ConsoleServer;
  let browser: ConsoleBrowser;

  before(async () => {
    shop = await Shop.open({ settings: ["paymentFailurePercent=20"] });
    await shop.pipeline.runtime.prewarm();
    server = await ConsoleServer.listen(shop.pipeline, 0);
    browser = await ConsoleBrowser.open(executable ?? "", { width: 1280, height: 860, scheme: "light" });
  });
  after(async () => {
    await browser.close();
    await server.close();
    await shop.close();
  });

  const view = async (name: string): Promise<Page> => {
    await browser.page.getByRole("link", { name, exact: true }).first().click();
    return browser.page;
  };

  it("comes through faults: promises stay kept, everything drains, and the page counts as the API does", async () => {
    await browser.page.goto(`${server.url}/break`);
    for (const name of FAULTS) await browser.page.getByRole("switch", { name }).click();
    const page = await view("Try it");
    await page.getByLabel("Orders", { exact: true }).fill(String(ORDERS));
    await page.getByLabel("A second").fill("40");
    await page.getByRole("button", { name: "Send" }).click();
    await view("Break it");
    await page.evaluate(WATCH_PROMISES);
    await page.getByText(`${ORDERS} answered`).waitFor({ timeout: 120_000 });
    for (const name of STRIKING) {
      const figure = page.locator(".switches li", { hasText: name }).locator(".figure");
      assert.doesNotMatch(await figure.innerText(), / 0 ×$/, `${name} struck`);
    }

    await page.getByRole("button", { name: "All off" }).click();
    await page.getByLabel("Clock speed while everything waits").first().selectOption("600");
    await page.getByText("every order is final").waitFor({ timeout: 120_000 });
    assert.deepEqual(await page.evaluate("globalThis.broken_"), []);
    await shop.until("the page counts as the API does", async () => {
      const [shown, listed] = [await shownOn(page), await ordersByStatus(shop.outputs)];
      return listed.PENDING === 0 && JSON.stringify(shown) === JSON.stringify(listed);
    });
    const { CONFIRMED, FAILED } = await shownOn(page);
    assert.ok(CONFIRMED > ORDERS / 2 && FAILED > 0, `${CONFIRMED} confirmed, ${FAILED} failed`);

    await view("Flow");
    await page.locator(".picture .passed").first().waitFor();
    await shop.until(
      "no queue holds anything",
      async () => (await page.locator(".picture .depth").count()) === 0,
      60_000,
    );
    assert.deepEqual([browser.errors, browser.strangers], [[], []]);
  });

  const shownOn = async (page: Page): Promise<ByStatus> => {
    const of = async (tone: string): Promise<number> =>
      Number((await page.locator(`.totals .tone-${tone}`).innerText()).replace(/\D/g, ""));
    return { PENDING: await of("pending"), CONFIRMED: await of("good"), FAILED: await of("bad") };
  };
});
