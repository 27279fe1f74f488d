import type { RecordedEvent } from "../contracts/trail";

/** The audit trail: what happened to every order. It only grows. */
export interface Trail {
  /**
   * Adds an event for good. `THERE_ALREADY`: the same event came before. `CONTRADICTED`: another one stands under its
   * `eventId`, and stays.
   */
  append(event: RecordedEvent): Promise<"APPENDED" | "THERE_ALREADY" | "CONTRADICTED">;
  /** All events of an order that have been recorded so far, oldest first. */
  eventsOf(orderId: string): Promise<readonly RecordedEvent[]>;
}
