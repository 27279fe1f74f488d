import type { Context, ScheduledEvent } from "aws-lambda";
import { lambdaTelemetry, log } from "../telemetry";

/**
 * A Lambda handler for a schedule of EventBridge, which invokes it asynchronously: what it throws is tried again with
 * the same event, and so for the same time. Invoked without an event's time, as an operator may, it runs for now.
 *
 * @param handle is given the time at which the run was due
 */
export function scheduleEntry({ service }: { readonly service: string }, handle: (at: Date) => Promise<void>) {
  const invocation = lambdaTelemetry(service);

  return (event: Partial<Pick<ScheduledEvent, "time">>, context: Context): Promise<void> =>
    invocation(context, {}, async () => {
      const at = event.time === undefined ? new Date() : new Date(event.time);
      if (Number.isNaN(at.getTime())) throw new Error(`The event's time is no time: ${event.time}.`);
      try {
        await handle(at);
      } catch (error) {
        log("error", "The run failed and is tried again.", { at: at.toISOString(), error });
        throw error;
      }
    });
}
