import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../components/bundle";
import { contentsOf } from "../../components/bundleContents";
import { BundleCache } from "../../components/bundleCache";

const source = `
  exports.handler = (async () => {
    const { toMinor } = await import("../contracts/money.js");
    return toMinor(1.5, "EUR");
  })();`;

describe("bundle", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "orderflow-bundle-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const files = (): string[] => readdirSync(join(root, "node_modules/.cache/orderflow/bundles"));

  it("makes the same bytes of the same sources, in which no folder of this machine is named", async () => {
    const [one, two] = [
      await bundle(source, new BundleCache(root, "1")),
      await bundle(source, new BundleCache(root, "2")),
    ];

    assert.deepEqual(one, two);
    assert.equal(files().length, 2);
    assert.ok(!`${one.code}${one.map}`.includes(join(__dirname, "../..")));
  });

  it("maps to our own files and keeps their texts out", async () => {
    const { map, code } = await bundle(source, new BundleCache(root, "1"));
    const { sources, sourcesContent } = JSON.parse(map);

    assert.deepEqual(sources.toSorted(), ["components/closure.js", "contracts/money.ts"]);
    assert.equal(sourcesContent, undefined);
    assert.match(code, /\/\/# sourceMappingURL=index\.js\.map\n$/);
  });

  it("leaves out event streams and how people, containers and EC2 come to credentials, and notes what is in it", async () => {
    const client = `exports.handler = (async () => {
      const { orderQueue } = await import("../handlers/adapters/orderQueue.js");
      return orderQueue;
    })();`;
    const { code } = await bundle(client, new BundleCache(root, "1"));
    const packages = Object.keys(contentsOf(code) ?? {});

    assert.ok(packages.includes("@aws-sdk/client-sqs"));
    assert.ok(!code.includes("HeaderMarshaller"));
    assert.deepEqual(
      packages.filter((name) => /credential-provider|nested-clients|client-dynamodb/.test(name)),
      [],
    );
  });

  it("takes a bundle that is known from the cache", async () => {
    await bundle(source, new BundleCache(root, "1"));
    const [file] = files();
    const path = join(root, "node_modules/.cache/orderflow/bundles", file!);
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), code: "from the cache" }));

    assert.equal((await bundle(source, new BundleCache(root, "1"))).code, "from the cache");
    assert.notEqual((await bundle(`${source}\n`, new BundleCache(root, "1"))).code, "from the cache");
  });

  it("says which import it cannot find", async () => {
    await assert.rejects(bundle('import("../handlers/nowhere.js")', new BundleCache(root, "1")), /nowhere\.js/);
  });
});

describe("BundleCache", () => {
  let root: string;
  const made = { code: "code", map: "map" };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "orderflow-cache-"));
    writeFileSync(join(root, "a.ts"), "1");
    new BundleCache(root, "key").keep("source", made, ["a.ts"]);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("finds a bundle as long as nothing changed that went into it", () => {
    writeFileSync(join(root, "a.ts"), "1");
    assert.deepEqual(new BundleCache(root, "key").find("source"), made);
  });

  it("forgets a bundle when a file that went into it has changed or is gone", () => {
    writeFileSync(join(root, "a.ts"), "2");
    assert.equal(new BundleCache(root, "key").find("source"), undefined);
    rmSync(join(root, "a.ts"));
    assert.equal(new BundleCache(root, "key").find("source"), undefined);
  });

  it("tells bundles apart by their source, and by what else decides over them", () => {
    assert.equal(new BundleCache(root, "key").find("other source"), undefined);
    assert.equal(new BundleCache(root, "other key").find("source"), undefined);
  });

  it("does without an entry that is broken, and without a folder that cannot be written", () => {
    const folder = join(root, "node_modules/.cache/orderflow/bundles");
    for (const file of readdirSync(folder)) writeFileSync(join(folder, file), "{");
    assert.equal(new BundleCache(root, "key").find("source"), undefined);
    assert.doesNotThrow(() => new BundleCache(join(root, "a.ts"), "key").keep("source", made, []));
  });
});
