import { readOutputs } from "../stackOutputs";
import { spoken, UsageError, type Terminal } from "../terminal";
import { openDesk, type Desk } from "./desk";
import type { LetterKind } from "./letter";
import { list } from "./list";
import { DEAD_LETTERS_USAGE, deadLettersOptions, type DeadLettersOptions } from "./options";
import { replayAll, replayIds } from "./replay";
import { listText, replayText, showText } from "./report";
import { show } from "./show";

/** `npm run dead-letters`: answers the exit code. Errors are told in one line. */
export async function deadLetters(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    const options = deadLettersOptions(args);
    if (options === "help") {
      terminal.say(DEAD_LETTERS_USAGE);
      return 0;
    }
    const desk = openDesk(readOutputs(options.outputsFile));
    try {
      return await carryOut(options, desk, terminal);
    } finally {
      desk.close();
    }
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function carryOut(options: DeadLettersOptions, desk: Desk, terminal: Terminal): Promise<0 | 1> {
  const { action, ids, all, json } = options;
  const say = <Result>(result: Result, asText: (result: Result) => string): void =>
    terminal.say(json ? JSON.stringify(result, null, 2) : asText(result));
  const kinds = chosen(desk, options.queue);
  if (action === "list") {
    say(await list(desk, kinds), listText);
    return 0;
  }
  if (action === "show") {
    say(await show(desk, kinds, ids[0] ?? ""), showText);
    return 0;
  }
  const replayed = await (all ? replayAll(desk, kinds) : replayIds(desk, kinds, ids));
  say(replayed, replayText);
  return replayed.failed.length === 0 ? 0 : 1;
}

function chosen({ kinds }: Desk, queue: string | undefined): readonly LetterKind[] {
  if (queue === undefined) return kinds;
  const found = kinds.filter(({ name }) => name === queue);
  if (found.length > 0) return found;
  throw new UsageError(`--queue takes one of ${kinds.map(({ name }) => name).join(", ")}, not "${queue}".`);
}
