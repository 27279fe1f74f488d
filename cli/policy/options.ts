import { parseArgs } from "node:util";
import { UsageError } from "../terminal";

export interface PolicyOptions {
  /** Names of stacks; all that have a file when empty. */
  readonly stacks: readonly string[];
  /** Settings for this run, as `KEY=VALUE`. */
  readonly settings: readonly string[];
  /** What is set of the rules, as Pulumi's `--policy-pack-config` takes it. */
  readonly configFile?: string;
  /** Where to write what was found, for code scanning. */
  readonly sarifFile?: string;
}

export const POLICY_USAGE = `Usage: npm run policy [-- options]

Runs the program for what it asks of AWS, and holds every resource against the rules in policies/, as
pulumi preview --policy-pack policies would. Nothing is deployed, and no account is needed.
Exits with 0 when no mandatory rule is broken, 1 when one is, 2 when the command line is wrong.

  --stack NAME    only this stack (default: every stack that has a file); may be given again
  --set KEY=VALUE a setting for this run, as for npm start; may be given again
  --config FILE   what is set of the rules: JSON as pulumi's --policy-pack-config takes it
  --sarif FILE    writes what was found as SARIF 2.1.0, which code scanning shows beside the line
  --help          this text`;

/** Reads the command line of `npm run policy`. Throws a {@link UsageError} that says what it takes. */
export function policyOptions(args: readonly string[]): PolicyOptions | "help" {
  const { help, stack, set, config, sarif } = parsed(args);
  if (help) return "help";
  const wrong = set.find((setting) => !/^[^=]+=/.test(setting));
  if (wrong !== undefined) throw new UsageError(`--set takes KEY=VALUE, not "${wrong}".`);
  return {
    ...{ stacks: stack, settings: set },
    ...(config !== undefined && { configFile: config }),
    ...(sarif !== undefined && { sarifFile: sarif }),
  };
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        stack: { type: "string", multiple: true, default: [] },
        set: { type: "string", multiple: true, default: [] },
        config: { type: "string" },
        sarif: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
