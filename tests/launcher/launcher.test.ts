import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../../local/engine/program";
import { plain } from "../../local/engine/plain";
import { cleanCopy } from "./cleanCopy";
import { type Launch, launchPreview, launchUpdate, type LaunchedStack, PROJECT, providerOf } from "./launch";
import { type GivenSetting, runtimeOf, stackConfiguration } from "./stackConfiguration";
import { contradictions, isSecret, leaves, placesOf, UNKNOWN } from "./wire";

const ROOT = join(__dirname, "../..");

/** What a first user of prod is told to set. */
const PROD_SETTINGS = [
  { key: "tenants", value: '["acme"]' },
  { key: "alarmEmail", value: "operators@shop.example" },
  { key: "notificationEmail", value: "customers@shop.example" },
];

/** Traces in a text of a value that was not there yet when the text was made. */
const BROKEN_TEXT = /\bundefined\b|\[object Object\]|\bNaN\b|Calling \[|Output</;

describe("Pulumi's launcher, with a clean checkout", () => {
  const launches = new Map<string, { readonly update: Launch; readonly preview: Launch }>();
  let folder: string;

  before(async function () {
    this.timeout(600_000);
    folder = cleanCopy(ROOT);
    const launchBoth = async (launched: LaunchedStack): Promise<void> => {
      const update = await launchUpdate(launched);
      launches.set(launched.stack, { update, preview: await launchPreview(launched, update) });
    };
    await Promise.all([
      launchBoth({ folder, stack: "dev", given: settingsOf("dev") }),
      launchBoth({ folder, stack: "prod", given: settingsOf("prod") }),
    ]);
  });
  after(() => rmSync(folder, { recursive: true }));

  after(() => {
    for (const [stack, { update, preview }] of launches) {
      const inputs = preview.engine.asked.map((asked) => asked.inputs);
      const unknown = placesOf(inputs, (text) => text === UNKNOWN).length;
      const counts = [update, preview].map(({ engine }) => engine.asked.length);
      process.stdout.write(
        `      ${stack}: ${counts[0]} resources in an update, ${counts[1]} in a preview, ` +
          `which leaves ${unknown} of ${leaves(inputs)} values open\n`,
      );
    }
  });

  for (const stack of ["dev", "prod"]) {
    for (const kind of ["update", "preview"] as const) {
      it(`runs ${stack} in ${kind === "update" ? "an update" : "a preview"} to its end, without a complaint`, () => {
        const { response, engine } = launches.get(stack)![kind];
        assert.deepEqual(engine.complaints, []);
        assert.deepEqual(response, { exitCode: 0, printed: "" });
        assert.equal(engine.finished, true);
      });
    }

    it(`sends no text of ${stack} that was made of a value before it was there`, () => {
      const { update, preview } = launches.get(stack)!;
      for (const { urn, inputs } of [...update.engine.asked, ...preview.engine.asked]) {
        assert.deepEqual(placesOf(withoutCode(inputs), isBroken), [], urn);
      }
      assert.deepEqual(placesOf([update.engine.outputs, preview.engine.outputs], isBroken), []);
      const sent = update.engine.asked.map(({ inputs }) => inputs);
      assert.deepEqual(placesOf([sent, update.engine.outputs], holdsUnknown), []);
    });

    it(`promises in a preview of ${stack} what the update does, and leaves open the rest`, () => {
      const { update, preview } = launches.get(stack)!;
      const updated = new Map(update.engine.asked.map((asked) => [asked.urn, asked]));
      const urns = preview.engine.asked.map(({ urn }) => urn);
      assert.deepEqual(urns.sort(), [...updated.keys()].sort());
      for (const { urn, inputs, protect, dependencies } of preview.engine.asked) {
        const then = updated.get(urn)!;
        assert.deepEqual(contradictions(hashed(inputs), hashed(then.inputs)), [], urn);
        assert.deepEqual([protect, [...dependencies].sort()], [then.protect, [...then.dependencies].sort()], urn);
      }
      assert.deepEqual(contradictions(preview.engine.outputs, update.engine.outputs), []);
      for (const output of ["apiUrl", "stateMachineArn", "orderQueueUrl"]) {
        assert.equal(preview.engine.outputs?.[output], UNKNOWN, output);
      }
    });

    it(`exports the keys of ${stack} as a secret, and a value for every name`, () => {
      const outputs = launches.get(stack)!.update.engine.outputs ?? {};
      const secrets = Object.keys(outputs).filter((name) => isSecret(outputs[name]));
      assert.deepEqual(secrets, ["apiKeys"]);
      assert.ok(Object.keys(outputs).includes("apiUrl"));
      assert.ok(Object.values(outputs).every((value) => value !== null && value !== undefined && value !== ""));
    });
  }

  it("asks for the same resources and archives as the local runtime gives stand-ins", async function () {
    this.timeout(120_000);
    const { config, secretKeys } = stackConfiguration(ROOT, "dev");
    const order = { program: join(ROOT, "index.ts"), project: PROJECT, stack: "dev", config, secretKeys };
    const local = await runProgram(order, providerOf("dev"));
    const here = new Map(local.resources.map(({ urn, inputs }) => [urn, inputs]));
    const asked = launches.get("dev")!.update.engine.asked;
    assert.deepEqual(asked.map(({ urn }) => urn).sort(), [...here.keys()].sort());
    for (const { urn, inputs } of asked) assert.deepEqual(hashed(plain(inputs)), hashed(here.get(urn)), urn);
  });

  it("needs the plugin of AWS alone, as old as the package that is installed", () => {
    const { version } = createRequire(join(ROOT, "index.ts"))("@pulumi/aws/package.json") as { version: string };
    const asked = [...launches.values()].flatMap(({ update }) => update.engine.asked).filter(({ custom }) => custom);
    const plugins = asked.map(({ type, version: plugin }) => `${type.split(":")[0]} ${plugin}`);
    assert.deepEqual([...new Set(plugins)], [`aws ${version}`]);
  });
});

describe("A stack's configuration", () => {
  it("lacks three settings in prod until they are set, which the CLI says before it runs anything", () => {
    const missing = "Stack 'prod' is missing configuration values 'tenants', 'alarmEmail', 'notificationEmail'";
    assert.throws(() => stackConfiguration(ROOT, "prod"), { message: missing });
  });

  it("is refused by the CLI where a value is not of its declared type", () => {
    const given = [...PROD_SETTINGS, { key: "throttleBurst", value: "many" }];
    const message = "Stack 'prod' with configuration key 'throttleBurst' must be of type 'integer'";
    assert.throws(() => stackConfiguration(ROOT, "prod", given), { message });
  });
});

describe("The engine beside the launcher", function () {
  this.timeout(120_000);
  const programs: string[] = [];
  after(() => programs.forEach((folder) => rmSync(folder, { recursive: true })));

  const complaintsAbout = async (program: string): Promise<{ exitCode: number | null; complaints: string }> => {
    const folder = aProject(program);
    programs.push(folder);
    const { response, engine } = await launchUpdate({ folder, stack: "dev", given: [] });
    return { exitCode: response.exitCode, complaints: engine.complaints.join("\n") };
  };

  it("refuses a second resource of one name, and shows a warning of the program", async () => {
    const twice = `new pulumi.ComponentResource("shop:index:Part", "queue"); `.repeat(2);
    const { exitCode, complaints } = await complaintsAbout(`export const url = undefined; ${twice}`);
    assert.equal(exitCode, 32);
    assert.match(complaints, /Duplicate resource URN 'urn:pulumi:dev::orderflow::shop:index:Part::queue'/);
    assert.match(complaints, /warning: Undefined value \(url\)/);
  });

  it("sees a program that fails before its end", async () => {
    const { exitCode, complaints } = await complaintsAbout(`throw new Error("no good");`);
    assert.equal(exitCode, 32);
    assert.match(complaints, /no good/);
  });

  it("tells a preview that says otherwise than its update", () => {
    const update = { name: "a", rule: { days: 7, arns: ["x"] } };
    assert.deepEqual(contradictions({ name: UNKNOWN, rule: { days: 7, arns: UNKNOWN } }, update), []);
    assert.deepEqual(contradictions({ name: "b", rule: { arns: ["x", "y"] } }, update), [
      'name: "b" became "a"',
      'rule.arns.1: "y" became undefined',
      "rule.days: undefined became 7",
    ]);
  });
});

function settingsOf(stack: string): readonly GivenSetting[] {
  return stack === "prod" ? PROD_SETTINGS : [];
}

function isBroken(text: string): boolean {
  return BROKEN_TEXT.test(text) || (text !== UNKNOWN && holdsUnknown(text));
}

function holdsUnknown(text: string): boolean {
  return text.includes(UNKNOWN);
}

/** The same value with long texts as their hashes: a report of half a megabyte helps nobody. */
function hashed(value: unknown): unknown {
  if (typeof value === "string") {
    return value.length > 10_000 ? `sha256 ${createHash("sha256").update(value).digest("hex")}` : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(hashed);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, hashed(child)]));
}

/** Code may say anything; what it captured is compared with the local runtime's. */
function withoutCode({ code: _, ...inputs }: Readonly<Record<string, unknown>>): unknown {
  return inputs;
}

/** A project with nothing in it but this program, which is loaded as ours is. */
function aProject(program: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "orderflow-program-")));
  const files = {
    "Pulumi.yaml": JSON.stringify({ name: PROJECT, runtime: runtimeOf(ROOT), config: {} }),
    "Pulumi.dev.yaml": "config: {}\n",
    "package.json": JSON.stringify({ main: "index.ts" }),
    "index.ts": `import * as pulumi from "@pulumi/pulumi";\n${program}\nvoid pulumi;\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  for (const name of ["node_modules", "register.cjs"]) symlinkSync(join(ROOT, name), join(folder, name));
  return folder;
}
