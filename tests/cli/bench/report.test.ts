import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import prettier from "prettier";
import type { Figure } from "../../../bench/figure";
import { recordOf } from "../../../bench/record";
import { figureTables } from "../../../cli/bench/figureTables";
import { missedText, partText } from "../../../cli/bench/report";

const machine = { processor: "Abacus", cores: 2, memoryGiB: 24, system: "linux", node: "20.19.0", java: "17.0.1" };
const load: Figure = { name: "load", unit: "ms", better: "less", values: [41, 39, 60], target: { most: 40 } };
const rate: Figure = { name: "orders to CONFIRMED", unit: "/s", better: "more", values: [100] };

describe("the report of a bench", () => {
  const record = recordOf([load, rate], machine, new Date("2026-11-29T01:00:00Z"));

  it("tells median, spread, target, and the difference to the baseline", () => {
    const later = { ...load, values: [20.5] };
    const text = stripVTControlCharacters(partText("cold", { figures: [load, later], remarks: ["So it is."] }, record));

    assert.match(text, /load +41\.0 ms +39\.0 – 60\.0 +≤ 40 MISSED +\+0 % \(41\.0\)/);
    assert.match(text, /load +20\.5 ms +≤ 40 met +-50 % \(41\.0\)/);
    assert.match(text, /So it is\./);
  });

  it("lists what misses its target", () => {
    assert.equal(stripVTControlCharacters(missedText([load])), "load: 41.0 ms, must be at most 40 ms");
    assert.match(missedText([]), /Every figure meets its target/);
  });

  it("writes tables that name the machine, as Prettier would", async () => {
    const text = figureTables({ cold: record });

    assert.match(
      text,
      /`npm run bench -- --part cold`, 2026-11-29; Abacus, 2 cores, 24 GiB, Node 20\.19\.0, Java 17\.0\.1\./,
    );
    assert.match(text, /\| load +\| 41\.0 ms +\| 39\.0 \| 60\.0 \| 3 +\|/);
    assert.equal(await prettier.format(text, { parser: "markdown", printWidth: 120 }), `${text}\n`);
  });
});
