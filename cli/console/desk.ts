import type { DeclinedKey, MailPage } from "../../console/pages";
import type { Pipeline as Facts } from "../../console/protocol";
import type { Pipeline } from "../pipeline";
import type { PipelineGraph } from "./graph/pipelineGraph";
import { Refusal } from "./http/exchange";
import type { EventStreams } from "./http/eventStreams";
import { Live } from "./live/live";
import type { Recorder } from "./live/recorder";
import { AlarmPages } from "./pages/alarmPages";
import { DashboardPages } from "./pages/dashboardPages";
import { declinedKey } from "./pages/declinedKey";
import { Inventory } from "./pages/inventory";
import { LetterPages } from "./pages/letterPages";
import { OrderCosts } from "./pages/orderCosts";
import { mailPage, OrderPages } from "./pages/orderPages";
import { PartPages } from "./pages/partPages";

export interface DeskParts {
  readonly pipeline: Pipeline;
  readonly facts: Facts;
  readonly drawn: PipelineGraph;
  readonly recorder: Recorder;
  readonly streams: EventStreams;
  readonly startedMs: number;
}

/** Everything behind the page that needs AWS clients; opened when the first browser comes. */
export class Desk {
  readonly facts: Facts;
  readonly live: Live;
  readonly inventory: Inventory;
  readonly orderPages: OrderPages;
  readonly partPages: PartPages;
  readonly letterPages: LetterPages;
  readonly alarmPages: AlarmPages;
  readonly dashboardPages: DashboardPages;

  constructor(private readonly parts: DeskParts) {
    const { pipeline, facts, drawn, recorder, streams, startedMs } = parts;
    const { outputs, runtime } = pipeline;
    const { clock, inbox, meter } = runtime;
    const costs = new OrderCosts(meter, facts.tracedPercent / 100);
    this.facts = facts;
    this.inventory = new Inventory(outputs, facts.currency);
    this.live = new Live(pipeline, facts, { recorder, streams, drawn }, this.inventory);
    this.orderPages = new OrderPages(outputs, () => inbox.mails(), costs);
    this.partPages = new PartPages(outputs, { drawn, recorder, clock });
    this.letterPages = new LetterPages(outputs);
    this.alarmPages = new AlarmPages(outputs, startedMs);
    this.dashboardPages = new DashboardPages(outputs, clock, () => this.alarmPages.alarms());
  }

  /** The newest first. */
  mails(): MailPage[] {
    return [...this.parts.pipeline.runtime.inbox.mails()].reverse().map(mailPage);
  }

  async restock(productId: string, units: unknown): Promise<{ readonly stock: number }> {
    const stock = await this.inventory.restock(productId, units);
    this.live.promises.restocked(productId, Number(units));
    return { stock };
  }

  turnClock(speed: unknown): { readonly speed: number } {
    const { clock } = this.parts.pipeline.runtime;
    if (!(typeof speed === "number" && speed >= 1 && speed <= 1_000_000)) {
      throw new Refusal(400, "speed must be a number from 1 to 1000000.");
    }
    clock.turn(speed);
    return { speed: clock.speed };
  }

  declinedKey(tenant: string): DeclinedKey {
    if (!(tenant in this.facts.apiKeys)) throw new Refusal(400, `There is no tenant "${tenant}".`);
    return declinedKey(tenant, this.facts.declinedPercent);
  }

  close(): void {
    const open = [this.live, this.inventory, this.orderPages, this.partPages, this.letterPages, this.alarmPages];
    for (const part of [...open, this.dashboardPages]) part.close();
  }
}
