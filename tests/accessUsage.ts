import { rmSync } from "node:fs";
import { join } from "node:path";
import { missing, permissionReport, shortArn } from "../cli/iam/permissions";
import { USAGE_FOLDER } from "../cli/iam/usageFolder";
import { readUsage } from "../local/iam/usageFile";

const FOLDER = join(__dirname, "..", USAGE_FOLDER);

/** Every pipeline of every test file leaves a record of its roles, whichever process it runs in. */
export function mochaGlobalSetup(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  process.env["ORDERFLOW_IAM_USAGE"] = FOLDER;
}

/** After the last file: nothing was denied, but where a test took something away. `npm run iam` tells the rest. */
export function mochaGlobalTeardown(): void {
  const denied = missing(permissionReport(readUsage(FOLDER)));
  if (denied.length === 0) return;
  const lines = denied.map(
    ({ who, action, resource, count }) => `  ${count} × ${who}: ${action} on ${shortArn(resource)}`,
  );
  process.stderr.write(
    `Calls were denied that the tests did not provoke (npm run iam tells more):\n${lines.join("\n")}\n`,
  );
  // Mocha takes no notice of an error here when it runs all files in one process.
  process.exit(1);
}
