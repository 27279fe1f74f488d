import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyPack } from "../../local/policy/policyPack";
import { choicesOf } from "../../local/policy/policyChoices";
import { registrationsOf } from "../../local/registrations";
import { spoken, type Terminal, UsageError } from "../terminal";
import { findingsOf, isMandatory, type StackJudgement } from "./judgement";
import { POLICY_USAGE, policyOptions, type PolicyOptions } from "./options";
import { judgementText } from "./report";
import { sarifLog } from "./sarif";
import { judgedStacks } from "./stacks";

const PROJECT_FOLDER = join(__dirname, "..", "..");

/** `npm run policy`: answers the exit code. Errors are told in one line. */
export async function policy(
  args: readonly string[],
  terminal: Terminal,
  folder: string = PROJECT_FOLDER,
): Promise<0 | 1 | 2> {
  try {
    const options = policyOptions(args);
    if (options === "help") {
      terminal.say(POLICY_USAGE);
      return 0;
    }
    return await judge(options, terminal, folder);
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function judge(options: PolicyOptions, terminal: Terminal, folder: string): Promise<0 | 1> {
  const stacks = judgedStacks(folder, options.stacks);
  const starting = PolicyPack.start(join(folder, "policies"));
  const running = Promise.all(
    stacks.map(async (stack) => {
      const settings = [...stack.standIns, ...options.settings];
      return { stack, registered: await registrationsOf({ folder, stack: stack.name, settings }) };
    }),
  );
  const [started, ran] = await Promise.allSettled([starting, running]);
  if (started.status === "rejected") throw started.reason;
  const pack = started.value;
  try {
    if (ran.status === "rejected") throw ran.reason;
    const choices = choicesOf(configOf(options.configFile), pack.face);
    const judgements: StackJudgement[] = [];
    // One after the other: what is set of a pack, it keeps for all that ask it.
    for (const { stack, registered } of ran.value) {
      const { violations } = await pack.judge(registered.resources, { config: registered.config, choices });
      const findings = findingsOf(violations, registered, { folder, face: pack.face });
      const resources = registered.resources.filter(({ custom }) => custom).length;
      judgements.push({ stack, resources, findings });
    }
    const { face } = pack;
    terminal.say(judgements.map((one) => judgementText(one, face, terminal.colours)).join("\n\n"));
    if (options.sarifFile !== undefined) writeFileSync(options.sarifFile, json(sarifLog(judgements, face)));
    return judgements.some(({ findings }) => findings.some(isMandatory)) ? 1 : 0;
  } finally {
    await pack.stop();
  }
}

function configOf(file: string | undefined): unknown {
  if (file === undefined) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`--config ${file} cannot be read: ${(error as Error).message}.`);
  }
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
