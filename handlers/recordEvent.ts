import { recordOf, type TrailEvent } from "../contracts/trail";
import { count, log } from "./telemetry";
import type { Trail } from "./trail";

export interface RecordEventDeps {
  readonly trail: Pick<Trail, "append">;
  readonly now: () => Date;
}

/**
 * Records an event, once however often it comes. Of two events under one `eventId` the first stays, and the other is a
 * fault: it is thrown, so that it ends among the dead letters, where it can be looked at beside the one in the trail.
 */
export function recordEvent({ trail, now }: RecordEventDeps): (event: TrailEvent) => Promise<void> {
  return async (event) => {
    const { type, detail } = event;
    const outcome = await trail.append(recordOf(event, now()));
    if (outcome === "THERE_ALREADY") return log("info", "The event is in the trail already.", { type });
    if (outcome === "CONTRADICTED") {
      count("EventContradicted");
      log("error", "The trail has another event under this id.", { type });
      throw new Error(`The trail has another event under the id ${detail.eventId}.`);
    }
    count("EventRecorded");
    log("debug", "Recorded an event.", { type });
  };
}
