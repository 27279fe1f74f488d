import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { AlarmBoard } from "../alarms/alarmBoard";
import { startPipeline } from "../pipeline";
import { readOutputs, requiredOutput, type StackOutputs } from "../stackOutputs";
import { spoken, UsageError, type Terminal } from "../terminal";
import { drawing } from "./drawing";
import { DASHBOARD_USAGE, dashboardOptions } from "./options";
import type { Span } from "./panels";
import { rehearsal, REHEARSAL } from "./rehearsal";
import { StackDashboard } from "./stackDashboard";

/** `npm run dashboard`: answers the exit code. Errors are told in one line. */
export async function dashboard(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    const options = dashboardOptions(args);
    if (options === "help") {
      terminal.say(DASHBOARD_USAGE);
      return 0;
    }
    const svg = options.rehearse ? await ofRehearsal(terminal) : await ofStack(options);
    mkdirSync(dirname(options.file), { recursive: true });
    writeFileSync(options.file, svg);
    terminal.say(`The dashboard is drawn in ${options.file}.`);
    return 0;
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function ofStack({ outputsFile, sinceMs }: { outputsFile: string; sinceMs: number }): Promise<string> {
  return picture(readOutputs(outputsFile), (latestMs) => {
    const toMs = Math.max(Date.now(), latestMs);
    return { fromMs: toMs - sinceMs, toMs };
  });
}

async function ofRehearsal(terminal: Terminal): Promise<string> {
  terminal.say("An hour passes in a pipeline of its own; that takes some minutes.");
  const pipeline = await startPipeline(REHEARSAL);
  try {
    const span = await rehearsal(pipeline);
    return await picture(pipeline.outputs, () => span);
  } finally {
    await pipeline.stop();
  }
}

/** @param spanFor is given when an alarm turned last: the clock of a pipeline on this machine may run ahead of the wall's */
async function picture(outputs: StackOutputs, spanFor: (latestMs: number) => Span): Promise<string> {
  const [board, stack] = [new AlarmBoard(outputs), new StackDashboard(outputs)];
  try {
    const alarms = await board.alarms();
    const span = spanFor(Math.max(0, ...alarms.map(({ since }) => Date.parse(since))));
    const panels = await stack.panels(span);
    const alarmStates = new Map(alarms.map(({ alarmName, state }) => [alarmName, state]));
    return drawing({ title: requiredOutput(outputs, "dashboardName"), panels, alarmStates, span });
  } finally {
    board.close();
    stack.close();
  }
}
