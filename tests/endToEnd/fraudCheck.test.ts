import assert from "node:assert/strict";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { after, before, describe, it } from "mocha";
import { awsConnection } from "../../cli/awsConnection";
import type { StackOutputs } from "../../cli/stackOutputs";
import { WorkingCopies } from "../../simulation/planted/workingCopies";

const ROOT = join(__dirname, "../..");
const PATCH = join(ROOT, "docs/examples/fraud-check.patch");

/** The example of docs/consumers.md, applied to a copy of the project as a reader would. */
describe("the example of a consumer", function () {
  this.timeout(120_000);
  let copies: WorkingCopies;
  let pipeline: ChildProcess;
  let outputs: StackOutputs;

  before(async () => {
    copies = new WorkingCopies(ROOT);
    execFileSync("git", ["apply", "--whitespace=error-all", PATCH], { cwd: copies.clean });
    const start = [
      "--require",
      "./register.cjs",
      "cli/start.ts",
      "--json",
      "--port",
      "0",
      "--endpoint-port",
      "0",
      "--console-port",
      "0",
    ];
    pipeline = spawn(process.execPath, start, { cwd: copies.clean, stdio: ["ignore", "pipe", "inherit"] });
    assert.ok(pipeline.stdout);
    for await (const line of createInterface({ input: pipeline.stdout })) {
      const { what, ...rest } = JSON.parse(line) as { what: string; outputs: StackOutputs };
      if (what !== "listening") continue;
      outputs = rest.outputs;
      break;
    }
    pipeline.stdout.resume();
  });
  after(async () => {
    pipeline.kill("SIGINT");
    await once(pipeline, "exit");
    copies.remove();
  });

  const place = async (qty: number): Promise<string> => {
    const answer = await fetch(`${outputs.apiUrl}/orders`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": outputs.apiKeys["acme"] ?? "" },
      body: JSON.stringify({ userId: "user-1", items: [{ productId: "PROD-001", qty }] }),
    });
    return ((await answer.json()) as { orderId: string }).orderId;
  };

  it("changes one file that was there before, the program", () => {
    const changed = readFileSync(PATCH, "utf8").match(/^--- a\/.*/gm);
    assert.deepEqual(changed, ["--- a/index.ts"]);
  });

  it("finds the order that looks like fraud, and no other", async () => {
    const [innocent, suspicious] = [await place(1), await place(150)];
    const client = new DynamoDBClient(awsConnection(outputs));
    const tables = DynamoDBDocumentClient.from(client);
    const suspicion = async (orderId: string): Promise<Record<string, unknown> | undefined> => {
      const key = { TableName: String(outputs["suspicionsTable"]), Key: { orderId } };
      return (await tables.send(new GetCommand(key))).Item;
    };
    try {
      let found = await suspicion(suspicious);
      for (const deadline = Date.now() + 60_000; found === undefined; found = await suspicion(suspicious)) {
        assert.ok(Date.now() < deadline, "nobody looked at the order");
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.deepEqual(found["reasons"], ["It asks for 150 of PROD-001."]);
      assert.equal(await suspicion(innocent), undefined);
    } finally {
      client.destroy();
    }
  });
});
