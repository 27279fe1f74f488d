import { mkdirSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { ConsoleServer } from "../../cli/console/consoleServer";
import { PageFiles } from "../../cli/console/http/pageFiles";
import { startPipeline } from "../../cli/pipeline";
import { chromiumPath, ConsoleBrowser, type Look } from "./browser";
import { FIRST_DATA, FRAMES } from "./measuring";
import { ordersByStatus } from "./ordersByStatus";

/*
 * npm run console:screenshots: runs the pipeline, lets things happen that are worth a picture, and takes the pictures of
 * docs/console/. It prints how smooth the page was meanwhile, how soon it was there, and what it weighs.
 */

const FOLDER = join(__dirname, "..", "..", "docs", "console");
const WIDE: Look = { width: 1280, height: 860, scheme: "light" };
/** Of the operating system. */
const LATER = 12;
const BURST = { of: 200, ratePerSecond: 20 };

async function main(): Promise<void> {
  const executable = chromiumPath();
  if (executable === undefined) throw new Error("There is no Chromium: apt-get install -y chromium.");
  mkdirSync(FOLDER, { recursive: true });
  const browser = await ConsoleBrowser.open(executable, WIDE);
  // What is measured is the page, and not how few cores share some forty processes: these come after the browser.
  setPriority(LATER);
  const pipeline = await startPipeline({});
  const server = await ConsoleServer.listen(pipeline, 0);
  try {
    await pipeline.runtime.prewarm();
    await scenes(browser, server.url, pipeline);
    await otherLooks(executable, server.url);
    await printWeight();
  } finally {
    await browser.close();
    await server.close();
    await pipeline.stop();
  }
}

type Pipeline = Awaited<ReturnType<typeof startPipeline>>;

async function scenes({ page, errors }: ConsoleBrowser, url: string, { runtime, outputs }: Pipeline): Promise<void> {
  const shot = async (name: string): Promise<void> => {
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    console.log(`docs/console/${name}.png`);
  };
  await page.addInitScript(FIRST_DATA);
  for (const visit of ["first", "second"]) {
    await page.goto(`${url}/flow`);
    await page.locator(".picture .box").first().waitFor();
    const [paintMs, dataMs] = await page.evaluate<[number, number]>("globalThis.firstView_()");
    console.log(`${visit} visit: first paint after ${paintMs} ms, the flow was there after ${dataMs} ms`);
  }

  await page.goto(`${url}/break`);
  for (const name of ["Database throttled", "Answers lost", "Deliveries doubled", "Workers killed"]) {
    await page.getByRole("switch", { name }).click();
  }
  await page.getByRole("link", { name: "Flow", exact: true }).click();
  await page.evaluate(FRAMES);
  const order = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(BURST) };
  await page.evaluate(`void fetch("/data/bursts", ${JSON.stringify(order)})`);
  // A picture stops the page for as long as it is taken, so frames are counted before.
  await placed(page, BURST.of * 0.3);
  await page.getByRole("link", { name: "Orders", exact: true }).click();
  await placed(page, BURST.of * 0.4);
  await page.getByRole("link", { name: "Break it" }).click();
  await placed(page, BURST.of * 0.5);
  const frames = await page.evaluate<Record<string, number>>("globalThis.frames_()");
  console.log(`during the burst, in ms: ${JSON.stringify(frames)}`);
  await page.getByRole("link", { name: "Flow", exact: true }).click();
  await placed(page, BURST.of * 0.6);
  await shot("flow");
  await page.getByRole("link", { name: "Break it" }).click();
  await page.getByText(`${BURST.of} answered`).waitFor();
  await shot("break");

  await page.getByRole("button", { name: "All off" }).click();
  runtime.clock.turn(600);
  await drained(page, url);
  runtime.clock.turn(1);
  await page.getByRole("link", { name: "Orders", exact: true }).click();
  await shot("orders");
  const truth = await ordersByStatus(outputs);
  const shown = await page.locator(".totals").innerText();
  console.log(`the API says ${JSON.stringify(truth)}, the page says ${shown.replace(/\s+/g, " ")}`);

  await page.goto(`${url}/orders?code=PAYMENT_DECLINED`);
  await page.locator("table.orders tbody a").first().click();
  await page.locator(".saga .went-wrong").first().click();
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(FOLDER, "order.png"), fullPage: true });
  console.log("docs/console/order.png");
  await page.goto(`${url}/try`);
  await page.getByRole("button", { name: "One that will be declined" }).click();
  await page.getByRole("button", { name: "The same again" }).click();
  await page.getByText("replayed").first().waitFor();
  await page.waitForTimeout(1_500);
  await shot("try");
  for (const name of ["letters", "alarms", "dashboard", "inbox", "inventory"]) {
    await page.goto(`${url}/operate/${name}`);
    await page.waitForTimeout(2_500);
    await shot(`operate-${name}`);
  }
  await page.goto(`${url}/flow/queue-process-function`);
  await page.waitForTimeout(1_000);
  await shot("part");
  if (errors.length > 0) console.log(`errors: ${errors.join("; ")}`);
}

async function otherLooks(executable: string, url: string): Promise<void> {
  const looks = [
    ["flow-dark", "/flow", { ...WIDE, scheme: "dark" }],
    ["orders-dark", "/orders?status=FAILED", { ...WIDE, scheme: "dark" }],
    ["flow-narrow", "/flow", { width: 390, height: 844, scheme: "light" }],
    ["orders-narrow", "/orders", { width: 390, height: 844, scheme: "dark" }],
    ["break-narrow", "/break", { width: 390, height: 844, scheme: "light" }],
  ] as const;
  for (const [name, path, look] of looks) {
    const browser = await ConsoleBrowser.open(executable, look);
    await browser.page.goto(`${url}${path}`);
    await browser.page.waitForTimeout(1_500);
    await browser.page.screenshot({ path: join(FOLDER, `${name}.png`) });
    console.log(`docs/console/${name}.png`);
    await browser.close();
  }
}

/** Until so many orders are there, or for half a minute: a machine that does other things as well may refuse some. */
async function placed(page: ConsoleBrowser["page"], orders: number): Promise<void> {
  const until = performance.now() + 30_000;
  while (
    performance.now() < until &&
    Number((await page.locator(".totals a").first().innerText()).replace(/\D/g, "")) < orders
  ) {
    await page.waitForTimeout(200);
  }
}

/** Until every order is final and the promises say so. */
async function drained(page: ConsoleBrowser["page"], url: string): Promise<void> {
  await page.goto(`${url}/break`);
  const began = performance.now();
  await page.getByText("every order is final").waitFor({ timeout: 180_000 });
  console.log(
    `everything drained ${((performance.now() - began) / 1000).toFixed(1)} s after the faults were off, at speed 600`,
  );
  console.log(
    `promises: ${(await page.locator(".promise").allInnerTexts()).map((text) => text.replace(/\s+/g, " ")).join(" | ")}`,
  );
}

async function printWeight(): Promise<void> {
  const files = await new PageFiles().all();
  const sizes = [...files].map(([path, { body }]) => `${path} ${(body.length / 1024).toFixed(1)}`);
  const total = [...files.values()].reduce((sum, { body }) => sum + body.length, 0);
  console.log(`the page weighs ${(total / 1024).toFixed(1)} KiB compressed: ${sizes.join(", ")}`);
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.stack);
    process.exit(1);
  },
);
