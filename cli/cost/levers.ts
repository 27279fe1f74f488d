import type { BillItem } from "./monthlyBill";
import type { PricedUnit } from "./prices";

/** What changes an item of the bill: a setting, or an argument of a component, or what it would take. */
const OF_UNIT: Readonly<Partial<Record<PricedUnit, string>>> = {
  apiRequest: "one request an order, and one for each look at it; no setting changes it",
  lambdaMbMs: "`memoryMb` of the functions (components/handlerFunction.ts)",
  lambdaRequest: "`batchingWindowSeconds` of an EventConsumer, and the window of the relay (components/eventsBus.ts)",
  logByte: "orderflow:logLevel WARN leaves metrics and what went wrong",
  trace: "orderflow:traceSamplePercent, orderflow:traceFirstPerSecond",
  event: "one for each change of an order; no setting changes it",
  sqsRequest: "an EventConsumer less, or fewer types of event for it",
  s3Write: "one receipt an order; no setting changes it",
  snsMail: "orderflow:notificationEmail none: that address gets every message",
  idlePoll: "an EventConsumer less: Lambda polls each queue, full or empty",
  alarmMetric: "fewer alarms (components/alarms/)",
  compositeAlarm: "one mail an incident, from an alarm on alarms each (components/alarms/mails.ts)",
  customMetric: "fewer metrics (handlers/telemetry.ts); each costs by the month, however often it is counted",
  methodMetric: "`metricsEnabled` of the stage (components/apiStage.ts)",
  archiveByte: "orderflow:eventArchiveDays 0 keeps no archive",
};

const OF_ITEM: Readonly<Record<string, string>> = {
  "writeUnit orders":
    "the lifecycle's writes and the two indexes; no setting changes it, orderflow:dedupeIdenticalBodiesSeconds adds to it",
  "writeUnit saga": "one for each product, twice in a transaction, and one for the payment gateway's own books",
  "writeUnit accept": "the tenants' limits: one for each order",
  "writeUnit trail": "a row for each event; the trail is append-only",
  "logByte saga": "orderflow:sagaLogLevel, orderflow:sagaLogIncludesData, orderflow:logLevel",
  "logByte eventLog": "orderflow:eventLog endings",
};

/** The lever of an item, in words; undefined when nobody has named one. */
export function leverOf({ unit, part }: Pick<BillItem, "unit" | "part">): string | undefined {
  return OF_ITEM[`${unit} ${part}`] ?? OF_UNIT[unit];
}
