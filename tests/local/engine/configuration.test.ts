import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfiguration } from "../../../local/engine/configuration";

const PROJECT = `
name: shop
runtime: nodejs
config:
  aws:region:
    value: eu-west-1
  burst:
    type: integer
    default: 100
  tenants:
    type: array
    items: { type: string }
    default: [acme, globex]
  token:
    type: string
    secret: true
`;

describe("readConfiguration", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "configuration-"));
    writeFileSync(join(folder, "Pulumi.yaml"), PROJECT);
    writeFileSync(join(folder, "Pulumi.dev.yaml"), "config:\n  shop:burst: 7\n");
    writeFileSync(join(folder, "Pulumi.locked.yaml"), "config:\n  shop:token:\n    secure: v1:abc\n");
  });
  after(() => rmSync(folder, { recursive: true }));

  it("takes the default, then the stack's value, then the override", () => {
    assert.equal(readConfiguration(folder, "dev", []).config["shop:burst"], "7");
    assert.equal(readConfiguration(folder, "dev", ["burst=9"]).config["shop:burst"], "9");
  });

  it("hands arrays on as JSON and knows which keys are secret", () => {
    const { config, secretKeys, project } = readConfiguration(folder, "dev", []);
    assert.equal(config["shop:tenants"], '["acme","globex"]');
    assert.equal(config["aws:region"], "eu-west-1");
    assert.deepEqual([project, secretKeys], ["shop", ["shop:token"]]);
  });

  it("lists every problem in one error", () => {
    assert.throws(
      () => readConfiguration(folder, "locked", ["brust=9", "nothing"]),
      (error: Error) => {
        assert.match(error.message, /shop:token is encrypted/);
        assert.match(error.message, /--set takes KEY=VALUE, not "nothing"/);
        assert.match(error.message, /"brust" is no setting \(known: burst, tenants, token\)/);
        return true;
      },
    );
  });

  it("says which file is missing for a stack that does not exist", () => {
    assert.throws(() => readConfiguration(folder, "prod", []), /There is no stack "prod": .*Pulumi\.prod\.yaml/);
  });
});
