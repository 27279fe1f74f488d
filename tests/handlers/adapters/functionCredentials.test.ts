import assert from "node:assert/strict";
import { defaultProvider } from "../../../handlers/adapters/functionCredentials";

const NAMES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] as const;

describe("functionCredentials", () => {
  const before = NAMES.map((name) => [name, process.env[name]] as const);
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it("are those that Lambda puts into the environment", async () => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: "id",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "token",
    });

    assert.deepEqual(await defaultProvider()(), {
      accessKeyId: "id",
      secretAccessKey: "secret",
      sessionToken: "token",
    });
  });

  it("say what is missing when the environment has none", async () => {
    for (const name of NAMES) delete process.env[name];

    await assert.rejects(defaultProvider()(), { name: "CredentialsProviderError", message: /AWS_ACCESS_KEY_ID and/ });
  });
});
