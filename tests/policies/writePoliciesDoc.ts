import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { policiesDoc } from "./policiesDoc";

/** `npm run policy:docs`: writes docs/policies.md. */
async function write(): Promise<void> {
  const file = join(__dirname, "../../docs/policies.md");
  writeFileSync(file, await format(policiesDoc(), { ...(await resolveConfig(file)), parser: "markdown" }));
}

void write();
