import { readOutputs } from "../stackOutputs";
import { spoken, UsageError, type Terminal } from "../terminal";
import { AlarmBoard } from "./alarmBoard";
import { alarmsText, alarmText, historyText } from "./alarmsText";
import { ALARMS_USAGE, alarmsOptions, type AlarmsOptions } from "./options";
import { worstFirst, type StackAlarm } from "./stackAlarm";

/** `npm run alarms`: answers the exit code. Errors are told in one line. */
export async function alarms(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    const options = alarmsOptions(args);
    if (options === "help") {
      terminal.say(ALARMS_USAGE);
      return 0;
    }
    const board = new AlarmBoard(readOutputs(options.outputsFile));
    try {
      return await carryOut(options, board, terminal);
    } finally {
      board.close();
    }
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function carryOut(
  { name, history, sinceMs, json }: AlarmsOptions,
  board: AlarmBoard,
  terminal: Terminal,
): Promise<0 | 1> {
  const all = worstFirst(await board.alarms());
  const { colours } = terminal;
  const say = (result: unknown, text: () => string): void =>
    terminal.say(json ? JSON.stringify(result, null, 2) : text());
  const fromMs = Date.now() - sinceMs;
  if (name !== undefined) {
    const alarm = chosen(all, name);
    const happened = await board.history({ alarmName: alarm.alarmName, fromMs });
    say({ ...alarm, history: happened }, () => alarmText(alarm, happened, colours));
    return alarm.state === "ALARM" ? 1 : 0;
  }
  if (history) {
    const happened = await board.history({ fromMs });
    say(happened, () => historyText(happened, colours));
  } else {
    say(all, () => alarmsText(all, nowMs(all), colours));
  }
  return all.some(({ state }) => state === "ALARM") ? 1 : 0;
}

function chosen(all: readonly StackAlarm[], name: string): StackAlarm {
  const found = all.find((alarm) => alarm.name === name || alarm.alarmName === name);
  if (found !== undefined) return found;
  throw new UsageError(`The stack has no alarm ${name}; it has ${all.map((alarm) => alarm.name).join(", ")}.`);
}

/** The clock of a pipeline on this machine may run ahead of the wall's. */
function nowMs(all: readonly StackAlarm[]): number {
  return Math.max(Date.now(), ...all.map(({ since }) => Date.parse(since)));
}
