import type { LetterList, LetterPage, ReplayResult } from "../../../console/pages";
import { openDesk, type Desk } from "../../deadLetters/desk";
import { list } from "../../deadLetters/list";
import { replayAll, replayIds } from "../../deadLetters/replay";
import { show } from "../../deadLetters/show";
import type { StackOutputs } from "../../stackOutputs";
import { Refusal } from "../http/exchange";

/** Dead letters, as `npm run dead-letters` handles them. */
export class LetterPages {
  private readonly desk: Desk;
  /** Looking hides letters for a moment; two who look at once would each see half of them. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(outputs: StackOutputs) {
    this.desk = openDesk(outputs);
  }

  list(): Promise<LetterList> {
    return this.inTurn(async () => {
      const { entries } = await list(this.desk, this.desk.kinds);
      return { entries, queues: this.desk.kinds.map(({ name }) => name) };
    });
  }

  show(id: string): Promise<LetterPage> {
    return this.inTurn(() => show(this.desk, this.desk.kinds, id)).catch((error: Error) => {
      throw new Refusal(404, error.message);
    });
  }

  /** One letter by its id, or all of them. */
  replay(id: string | undefined): Promise<ReplayResult> {
    const { desk } = this;
    return this.inTurn(() => (id === undefined ? replayAll(desk, desk.kinds) : replayIds(desk, desk.kinds, [id])));
  }

  close(): void {
    this.desk.close();
  }

  private inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
