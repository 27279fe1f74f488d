import type { Watched } from "../watched";
import type { AlarmDefinition } from "./alarmDefinition";
import type { AlarmThresholds } from "./alarmThresholds";
import { apiAlarms } from "./apiAlarms";
import { capacityAlarms } from "./capacityAlarms";
import { failureQueues } from "./failureQueues";
import { flowAlarms } from "./flowAlarms";
import { ledgerAlarms } from "./ledgerAlarms";
import { letterAlarms } from "./letterAlarms";
import { outcomeAlarms } from "./outcomeAlarms";

/** Every alarm of the stack. */
export function alarmDefinitions(watched: Watched, thresholds: AlarmThresholds): readonly AlarmDefinition[] {
  const { api, events, queue, saga, functions, tables, ledger } = watched;
  const tasks = saga.functions;
  const onTheWay = [api.intake, events.relay, ...queue.functions, ...tasks];
  const others = functions.filter((lambda) => !onTheWay.includes(lambda));
  return [
    ...flowAlarms({ relay: events.relay, queue, saga }, thresholds),
    ...apiAlarms(api, thresholds),
    ...capacityAlarms({ onTheWay, tasks, others, executions: saga.metricThrottled(), tables }, thresholds),
    ...outcomeAlarms(thresholds),
    ...letterAlarms(failureQueues(watched)),
    ...(ledger === undefined ? [] : ledgerAlarms()),
  ];
}
