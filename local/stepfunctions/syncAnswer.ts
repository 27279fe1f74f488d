import type { Outcome } from "./execution";

/** An execution that has come to its end, for {@link syncAnswer}. */
export interface EndedExecution {
  readonly stateMachineArn: string;
  readonly executionArn: string;
  readonly name: string;
  readonly inputText: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly outcome: Outcome;
  /** False when the caller asked for METADATA_ONLY. */
  readonly withData: boolean;
}

/**
 * What StartSyncExecution answers. A failed execution is an answer as well, with status 200: callers must look
 * at `status`. An execution is billed in steps of 100 ms and 64 MB; times are seconds since 1970.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 */
export function syncAnswer(ended: EndedExecution): object {
  const { outcome, startedMs, endedMs, withData } = ended;
  const durationMs = endedMs - startedMs;
  return {
    executionArn: ended.executionArn,
    stateMachineArn: ended.stateMachineArn,
    name: ended.name,
    startDate: startedMs / 1000,
    stopDate: endedMs / 1000,
    ...ending(outcome, withData),
    ...(withData ? { input: ended.inputText } : {}),
    inputDetails: { included: withData },
    billingDetails: {
      billedDurationInMilliseconds: Math.max(100, Math.ceil(durationMs / 100) * 100),
      billedMemoryUsedInMB: 64,
    },
  };
}

function ending(outcome: Outcome, withData: boolean): object {
  switch (outcome.status) {
    case "SUCCEEDED":
      return {
        status: "SUCCEEDED",
        ...(withData ? { output: JSON.stringify(outcome.output ?? null) } : {}),
        outputDetails: { included: withData },
      };
    case "FAILED": {
      const { error, cause } = outcome;
      return {
        status: "FAILED",
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined || !withData ? {} : { cause }),
      };
    }
    case "TIMED_OUT":
      return { status: "TIMED_OUT", error: outcome.error };
    case "ABORTED":
      // The API has no word for a runtime that is stopped; to the caller the execution did not do its work.
      return { status: "FAILED", error: "States.Runtime", cause: "The local runtime was stopped." };
  }
}
