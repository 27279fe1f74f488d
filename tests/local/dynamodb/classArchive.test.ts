import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { ClassArchive, type Launch } from "../../../local/dynamodb/classArchive";
import { databaseFolder, javaFlags, launchWith } from "../../../local/dynamodb/databaseProcess";
import { useEverything } from "../../../local/dynamodb/everydayCalls";
import { launchJava } from "../../../local/dynamodb/javaProcess";
import { openDatabase, shareDatabaseProcess } from "../../../local/dynamodb/sharedProcess";

shareDatabaseProcess();

describe("the archive of the database's classes", function () {
  this.timeout(180_000);
  const folder = databaseFolder();
  const flags = javaFlags(folder);
  // Not as nice as it would be: beside other tests it would wait for a minute.
  const launch: Launch = (options, { signal }) => launchJava([...flags, ...options], signal && { signal });
  let cache: string;
  beforeEach(() => (cache = mkdtempSync(join(tmpdir(), "orderflow-classes-"))));
  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  const files = (kind: string): string[] => readdirSync(cache).filter((name) => name.endsWith(kind));

  /** Starts the database as the archive says, uses it, and answers the archives that it has in memory. */
  const used = async (): Promise<readonly string[]> => {
    const java = await launchWith(ClassArchive.of(folder, cache), flags);
    try {
      await useEverything(java.endpoint);
      const maps = platform() === "linux" ? readFileSync(`/proc/${java.child.pid}/maps`, "utf8") : "";
      return [...new Set(maps.match(/\S+\.jsa/g))].filter((file) => file.startsWith(cache));
    } finally {
      await java.terminate(5_000);
      java.removeScratch();
    }
  };

  it("is made once and mapped by later starts, which also do without when it is damaged", async () => {
    const archive = ClassArchive.of(folder, cache);
    await archive.make(launch, new AbortController().signal);
    const [file = assert.fail("No archive was written.")] = files(".jsa");
    assert.deepEqual(files(".draft"), []);
    if (platform() === "linux") assert.deepEqual(await used(), [join(cache, file)]);

    const bytes = readFileSync(join(cache, file));
    // Of the right size, and yet nothing that Java could take: started without, by Java itself or by a second start.
    rmSync(join(cache, file));
    writeFileSync(join(cache, file), bytes.fill(7));
    assert.deepEqual(await used(), []);
    writeFileSync(join(cache, file), "cut off");
    assert.equal(archive.isDecided, false);
  });

  it("is not asked for again when Java writes none", async () => {
    const archive = ClassArchive.of(folder, cache);
    assert.equal(archive.isDecided, false);
    const { endpoint } = await openDatabase();
    const forgetful = { endpoint, ended: Promise.resolve(""), child: { kill: () => true }, removeScratch: () => {} };
    await archive.make(
      async () => ({ ...forgetful, terminate: async () => {} }) as never,
      new AbortController().signal,
    );
    assert.equal(archive.isDecided, true);
    assert.deepEqual(archive.start(), ["-jar", join(folder, "DynamoDBLocal.jar")]);
  });

  it("is given up with the process that it is made beside, and leaves nothing half done", async () => {
    const giveUp = new AbortController();
    const archive = ClassArchive.of(folder, cache);
    let pid: number | undefined;
    const making = archive.make(async (options, launching) => {
      const java = await launch(options, launching);
      pid = java.child.pid;
      setTimeout(() => giveUp.abort(), 100);
      return java;
    }, giveUp.signal);
    await assert.rejects(making);
    assert.throws(() => process.kill(pid ?? 0, 0), { code: "ESRCH" });
    assert.deepEqual([files(".jsa"), files(".draft"), archive.isDecided], [[], [], false]);
  });
});
