import type { EventsBus } from "./eventsBus";
import type { HandlerFunction } from "./handlerFunction";
import type { OrderApi } from "./orderApi";
import type { OrderLedger } from "./orderLedger";
import type { OrderQueue } from "./orderQueue";
import type { OrderReconciler } from "./orderReconciler";
import type { OrderSaga } from "./orderSaga";
import type { QueueMetrics } from "./queueMetrics";
import type { TableMetrics } from "./tableMetrics";

/** A consumer of events, as it is watched. */
export interface WatchedConsumer {
  /** What it is called in graphs, and by `npm run dead-letters`: lower-case letters. */
  readonly title: string;
  /** What it means that it gave events up, as a whole sentence. */
  readonly whenGivenUp: string;
  readonly queueMetrics: QueueMetrics;
  readonly deadLetterMetrics: QueueMetrics;
}

/** Everything that is watched. */
export interface Watched {
  readonly api: OrderApi;
  readonly events: EventsBus;
  readonly queue: OrderQueue;
  readonly saga: OrderSaga;
  readonly reconciler: OrderReconciler;
  readonly consumers: readonly WatchedConsumer[];
  /** Every function of the stack. */
  readonly functions: readonly HandlerFunction[];
  readonly tables: readonly TableMetrics[];
  /** @default a stack without a ledger */
  readonly ledger?: OrderLedger | undefined;
}
