import { join } from "node:path";
import { PolicyPack } from "../../local/policy/policyPack";

/** What a stack tells its providers, and what is set of the rule. */
export interface JudgedWith {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}

let starting: Promise<PolicyPack> | undefined;

/** The pack of this repository, started once for all tests of it. */
export function pack(): Promise<PolicyPack> {
  return (starting ??= PolicyPack.start(join(__dirname, "../../policies")));
}

export async function stopPack(): Promise<void> {
  await (await starting)?.stop();
}
