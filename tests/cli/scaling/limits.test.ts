import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_RATES, scaling } from "../../../cli/scaling/command";
import { limits } from "../../../cli/scaling/limits";
import { QUOTAS } from "../../../cli/scaling/quotas";
import { limitsTable, quotasTable } from "../../../cli/scaling/scalingText";

const ROOT = join(__dirname, "..", "..", "..");

function run(...args: string[]): { code: number; said: string; complained: string } {
  const [said, complained]: string[][] = [[], []];
  const code = scaling(args, { say: (text) => said!.push(text), complain: (text) => complained!.push(text) });
  return { code, said: said!.join("\n"), complained: complained!.join("\n") };
}

describe("npm run scaling", () => {
  it("puts the tightest limit first, and computes each from quota and units", () => {
    const all = limits();
    const rates = all.map(({ orders }) => orders);
    assert.deepEqual(
      rates,
      [...rates].sort((one, other) => one - other),
    );
    const of = (what: string): number | undefined => all.find((limit) => limit.what === what)?.orders;
    // By hand: 40,000 write units, 5 an order; 1,000 of a key, 2 an order; 4,500 sent on, 11 an order.
    assert.equal(of("table orders"), 8000);
    assert.equal(of("PENDING orders of a tenant"), 500);
    assert.equal(Math.floor(of("EventBridge rules") ?? 0), 409);
    assert.equal(new Set(all.map(({ what }) => what)).size, all.length);
  });

  it("lets one product take more with more shards, and nothing else", () => {
    const [few, many] = [limits(1), limits(10)].map((all) => new Map(all.map(({ what, orders }) => [what, orders])));
    for (const [what, orders] of few ?? []) {
      const factor = (many?.get(what) ?? 0) / orders;
      assert.ok(Math.abs(factor - (what === "stock of one product" ? 10 : 1)) < 0.01, `${what} ${factor}`);
    }
  });

  it("marks what is too much at a rate", () => {
    const row = (text: string) => text.split("\n").find((line) => line.includes("| table orders ")) ?? "";
    assert.match(row(run("--rate", "480000").said), /\| 100 % +\|/);
    assert.match(row(run("--rate", "960000").said), /\| \*\*2\.0 ×\*\* +\|/);
  });

  it("refuses what it does not know with the usage and exit code 2", () => {
    assert.equal(run("--help").code, 0);
    for (const [args, text] of [
      [["--rate", "many"], '--rate takes a whole number from 1 to 1000000000, not "many".'],
      [["--shards", "101"], '--shards takes a whole number from 1 to 100, not "101".'],
      [["--fast"], "Unknown option '--fast'"],
    ] as const) {
      const { code, complained } = run(...args);
      assert.equal(code, 2);
      assert.ok(complained.startsWith(text), complained);
      assert.match(complained, /Usage: npm run scaling/);
    }
  });

  it("says of each quota where it stands", () => {
    for (const [name, { source }] of Object.entries(QUOTAS))
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//, name);
  });
});

describe("docs/scaling.md", () => {
  it("shows limits and quotas as they are computed (UPDATE_DOCS=1 writes them anew)", () => {
    const file = join(ROOT, "docs", "scaling.md");
    const text = readFileSync(file, "utf8");
    const tables = { limits: limitsTable(limits(), DEFAULT_RATES), quotas: quotasTable() };
    const fresh = Object.entries(tables).reduce((doc, [name, table]) => {
      const mark = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`);
      assert.match(doc, mark, name);
      return doc.replace(mark, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`);
    }, text);
    if (process.env["UPDATE_DOCS"] === "1") return writeFileSync(file, fresh);
    assert.equal(text, fresh);
  });
});
