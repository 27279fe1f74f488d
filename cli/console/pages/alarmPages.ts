import type { AlarmList } from "../../../console/pages";
import { AlarmBoard } from "../../alarms/alarmBoard";
import { worstFirst, type StackAlarm } from "../../alarms/stackAlarm";
import type { StackOutputs } from "../../stackOutputs";

const MOST_HAPPENINGS = 300;

/** Alarms with their state and history, as `npm run alarms` reads them. */
export class AlarmPages {
  private readonly board: AlarmBoard;

  constructor(
    outputs: StackOutputs,
    private readonly startedMs: number,
  ) {
    this.board = new AlarmBoard(outputs);
  }

  alarms(): Promise<StackAlarm[]> {
    return this.board.alarms();
  }

  async list(): Promise<AlarmList> {
    const [alarms, happenings] = await Promise.all([
      this.board.alarms(),
      this.board.history({ fromMs: this.startedMs }),
    ]);
    // That an alarm was created is no news.
    const told = happenings.filter(({ kind }) => kind !== "ConfigurationUpdate");
    return { alarms: worstFirst(alarms), happenings: told.reverse().slice(0, MOST_HAPPENINGS) };
  }

  close(): void {
    this.board.close();
  }
}
