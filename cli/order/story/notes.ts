import { counted } from "../plainWords";
import type { Execution } from "./executions";
import type { Found } from "./story";

const HOW = "(on this machine: npm start -- --set";

/** What the story does not tell, and how it would; and what could not be read. */
export function notes(
  { executions, timeline, unread }: Pick<Found, "executions" | "timeline" | "unread">,
  looks: number,
): string[] {
  return [
    ...unread,
    ...aboutExecutions(
      executions,
      timeline.steps.some(({ type }) => type !== "OrderCreated"),
    ),
    ...(looks === 0
      ? []
      : [
          `${counted(looks, "request")} that only read the order ${looks === 1 ? "is" : "are"} left out: npm run logs has all.`,
        ]),
  ];
}

function aboutExecutions(executions: readonly Execution[], ran: boolean): string[] {
  if (executions.length === 0) {
    return ran
      ? [
          `The state machine's log says nothing of this order: sagaLogLevel keeps it out, or its retention is over. ${levelHint}`,
        ]
      : [];
  }
  if (executions.some(({ startedAt }) => startedAt === undefined))
    return [`Only errors of executions are logged. ${levelHint}`];
  return executions.some((execution) => execution.input !== undefined)
    ? []
    : [
        "Inputs and outputs of states are not logged. pulumi config set sagaLogIncludesData true, then pulumi up, logs " +
          `those of orders from then on; they name the tenant, the order and what was bought ${HOW} sagaLogIncludesData=true).`,
      ];
}

const levelHint =
  "pulumi config set sagaLogLevel ALL, then pulumi up, logs each state of orders from then on; that can cost more than " +
  `the executions themselves ${HOW} sagaLogLevel=ALL).`;
