import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const ROOT = join(__dirname, "..", "..");

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

class Command {
  readonly lines: string[] = [];
  readonly ended: Promise<Ended>;
  readonly process: ChildProcess;
  private stderr = "";
  private readonly watchers = new Set<(line: string) => void>();

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.process = spawn(process.execPath, ["--require", "./register.cjs", "cli/start.ts", ...args], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
    createInterface({ input: this.process.stdout! }).on("line", (line) => {
      this.lines.push(line);
      for (const watch of this.watchers) watch(line);
    });
    this.ended = new Promise((resolve) =>
      this.process.once("close", (code) => resolve({ code, stdout: this.lines.join("\n"), stderr: this.stderr })),
    );
  }

  /** The first line that matches, printed already or later. */
  line(pattern: RegExp): Promise<string> {
    const found = this.lines.find((line) => pattern.test(line));
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      this.watchers.add((line) => pattern.test(line) && resolve(line));
      void this.ended.then(({ stdout, stderr }) =>
        reject(new Error(`ended without ${pattern}:\n${stdout}\n${stderr}`)),
      );
    });
  }
}

/** Processes below a process, found through /proc. */
function descendants(pid: number): number[] {
  const children = readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const parent = Number(readFileSync(`/proc/${entry}/stat`, "utf8").split(") ")[1]?.split(" ")[1]);
        return parent === pid ? [Number(entry)] : [];
      } catch {
        return [];
      }
    });
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** The state and command line of a process that still runs. */
function alive(pid: number): string[] {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.[0];
    return state === "Z"
      ? []
      : [`${pid} ${state} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")}`];
  } catch {
    return [];
  }
}

describe("npm start", () => {
  let folder: string;
  let outputs: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "start-test-"));
    outputs = join(folder, "own", "outputs.json");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const anyPort = (): string[] => ["--port", "0", "--endpoint-port", "0", "--console-port", "0", "--outputs", outputs];

  it("says where it listens, follows an order, and leaves nothing behind when it is told to stop", async () => {
    const scratch = mkdtempSync(join(folder, "tmp-"));
    const command = new Command(anyPort(), { TMPDIR: scratch });
    const url = (await command.line(/API +http/)).trim().split(/\s+/)[1];
    const page = (await command.line(/Console +http/)).trim().split(/\s+/)[1] ?? "";
    await command.line(/Ctrl-C/);
    assert.match(await (await fetch(page)).text(), /<title>Orderflow<\/title>/);
    const { apiKeys, apiUrl } = JSON.parse(readFileSync(outputs, "utf8"));
    assert.equal(url, apiUrl);
    assert.equal(statSync(outputs).mode & 0o077, 0, "the file with the keys is for its owner only");

    const order = { userId: "user-123", items: [{ productId: "PROD-001", qty: 2 }] };
    const accepted = await fetch(`${apiUrl}/orders`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": apiKeys.acme },
      body: JSON.stringify(order),
    });
    const { orderId } = (await accepted.json()) as { orderId: string };
    assert.match(await command.line(new RegExp(`${orderId}.*OrderCreated`)), /acme, 2 units, 59\.98 EUR/);
    await command.line(new RegExp(`${orderId}.*Order(Placed|Failed)`));

    const family = descendants(command.process.pid!);
    assert.ok(family.length > 2, "database and workers run");
    command.process.kill("SIGINT");
    const { code, stderr } = await command.ended;
    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(family.flatMap(alive), []);
    assert.deepEqual(readdirSync(scratch), []);
    assert.equal(existsSync(outputs), false);
  }).timeout(60_000);

  it("prints JSON documents for machines", async () => {
    const command = new Command([...anyPort(), "--json"]);
    const first = JSON.parse(await command.line(/listening/));
    assert.equal(first.what, "listening");
    assert.ok(first.outputs.awsEndpoint.startsWith("http://127.0.0.1:"));
    command.process.kill("SIGTERM");
    assert.equal((await command.ended).code, 0);
  }).timeout(60_000);

  async function refusal(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const { code, stdout, stderr } = await new Command(args, env).ended;
    assert.equal(code, 1, stdout);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    return stderr.trim();
  }

  it("names a port that is in use, in one line", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const text = await refusal(["--port", String(port), "--endpoint-port", "0"]);
    assert.equal(text, `Port ${port} is in use: choose another with --port, or --port 0 for any free one.`);
    server.close();
  }).timeout(20_000);

  it("names a setting that is wrong, in one line", async () => {
    assert.match(await refusal([...anyPort(), "--set", "paymentFailurePercent=120"]), /paymentFailurePercent/);
    assert.match(await refusal([...anyPort(), "--set", "brust=1"]), /"brust" is no setting/);
    assert.match(await refusal([...anyPort(), "--stack", "nowhere"]), /There is no stack "nowhere"/);
    assert.match(await refusal(["--port", "http"]), /--port takes a port from 0 to 65535, not "http"/);
    assert.match(await refusal(["--prot", "1"]), /--prot/);
  }).timeout(60_000);

  it("says how to install Java when there is none", async () => {
    const text = await refusal(anyPort(), { JAVA_HOME: join(folder, "nowhere") });
    assert.match(text, /Java is missing: DynamoDB Local needs Java 17 or later/);
  }).timeout(20_000);
});
