import { readOutputs } from "../stackOutputs";
import { spoken, UsageError, type Terminal } from "../terminal";
import { LEDGER_USAGE, ledgerOptions } from "./options";
import { comparisonText } from "./report";
import { openSources } from "./sources";
import { verify } from "./verify";

/** `npm run ledger`: answers the exit code, 1 when the ledger differs. Errors are told in one line. */
export async function ledger(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    const options = ledgerOptions(args);
    if (options === "help") {
      terminal.say(LEDGER_USAGE);
      return 0;
    }
    const sources = openSources(readOutputs(options.outputsFile));
    try {
      const comparison = await verify(sources, options);
      terminal.say(options.json ? JSON.stringify(comparison, null, 2) : comparisonText(comparison));
      return comparison.differences.length === 0 ? 0 : 1;
    } finally {
      sources.close();
    }
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}
