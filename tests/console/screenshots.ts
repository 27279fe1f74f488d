import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ConsoleServer } from "../../cli/console/consoleServer";
import { PageFiles } from "../../cli/console/http/pageFiles";
import { startPipeline } from "../../cli/pipeline";
import { chromiumPath, ConsoleBrowser, type Look } from "./browser";

/*
 * npm run console:screenshots: runs the pipeline, lets things happen that are worth a picture, and takes the pictures of
 * docs/console/. It prints how smooth the page was meanwhile, how soon it was there, and what it weighs.
 */

const FOLDER = join(__dirname, "..", "..", "docs", "console");
const WIDE: Look = { width: 1280, height: 860, scheme: "light" };
const BURST = { of: 200, ratePerSecond: 20 };

async function main(): Promise<void> {
  const executable = chromiumPath();
  if (executable === undefined) throw new Error("There is no Chromium: apt-get install -y chromium.");
  mkdirSync(FOLDER, { recursive: true });
  const pipeline = await startPipeline({});
  const server = await ConsoleServer.listen(pipeline, 0);
  try {
    await pipeline.runtime.prewarm();
    const browser = await ConsoleBrowser.open(executable, WIDE);
    try {
      await scenes(browser, server.url, pipeline);
    } finally {
      await browser.close();
    }
    await otherLooks(executable, server.url);
    await printWeight();
  } finally {
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
  await page.goto(`${url}/flow`);
  await page.getByRole("heading", { name: "Flow" }).waitFor();
  const paintMs = await page.evaluate<number>(
    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0",
  );
  const seenMs = await page.evaluate<number>("performance.now()");
  console.log(`first paint after ${Math.round(paintMs)} ms, the flow was there after ${Math.round(seenMs)} ms at most`);

  await page.goto(`${url}/break`);
  for (const name of ["Database throttled", "Answers lost", "Deliveries doubled", "Workers killed"]) {
    await page.getByRole("switch", { name }).click();
  }
  await page.getByRole("link", { name: "Flow", exact: true }).click();
  await page.evaluate(FRAMES);
  await page.evaluate(
    `fetch("/data/bursts", { method: "POST", headers: { "content-type": "application/json" }, body: ${JSON.stringify(JSON.stringify(BURST))} })`,
  );
  await placed(page, BURST.of * 0.6);
  await shot("flow");
  await page.getByRole("link", { name: "Orders", exact: true }).click();
  await placed(page, BURST.of * 0.8);
  await page.getByRole("link", { name: "Break it" }).click();
  await page.getByText(`${BURST.of} answered`).waitFor();
  await shot("break");
  const frames = await page.evaluate<Record<string, number>>("globalThis.frames_()");
  console.log(`frames during the burst: ${JSON.stringify(frames)}`);

  await page.getByRole("button", { name: "All off" }).click();
  runtime.clock.turn(600);
  await drained(page, url);
  runtime.clock.turn(1);
  await page.getByRole("link", { name: "Orders", exact: true }).click();
  await shot("orders");
  const truth = await apiTruth(outputs);
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

/** Orders by status as the public API lists them. */
async function apiTruth({ apiUrl, apiKeys }: Pipeline["outputs"]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const key of Object.values(apiKeys)) {
    for (const status of ["PENDING", "CONFIRMED", "FAILED"]) {
      let cursor: string | undefined = "";
      while (cursor !== undefined) {
        const page: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
        const answer = await fetch(`${apiUrl}/orders?status=${status}&limit=100${page}`, {
          headers: { "x-api-key": key },
        });
        const { orders = [], nextCursor } = (await answer.json()) as { orders?: unknown[]; nextCursor?: string };
        counts[status] = (counts[status] ?? 0) + orders.length;
        cursor = nextCursor;
      }
    }
  }
  return counts;
}

async function printWeight(): Promise<void> {
  const files = await new PageFiles().all();
  const sizes = [...files].map(([path, { body }]) => `${path} ${(body.length / 1024).toFixed(1)}`);
  const total = [...files.values()].reduce((sum, { body }) => sum + body.length, 0);
  console.log(`the page weighs ${(total / 1024).toFixed(1)} KiB compressed: ${sizes.join(", ")}`);
}

/** Counts frames and how long each was, until asked. */
const FRAMES = `
  let last = performance.now(), longest = 0, count = 0, over50 = 0, over200 = 0;
  const began = last;
  const step = (now) => { const ms = now - last; last = now; count++; if (ms > longest) longest = ms; if (ms > 50) over50++; if (ms > 200) over200++; requestAnimationFrame(step); };
  requestAnimationFrame(step);
  globalThis.frames_ = () => ({ seconds: Math.round((performance.now() - began) / 1000), count, longestMs: Math.round(longest), over50, over200 });
  undefined;
`;

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.stack);
    process.exit(1);
  },
);
