import type { Context } from "aws-lambda";
import type { ByOrder } from "../../contracts/orderTasks";
import { Rejection, type Task } from "../../contracts/task";
import { lambdaTelemetry, log } from "../telemetry";

/**
 * A Lambda handler for a task of the state machine. A returned rejection is thrown as an error whose name is its
 * code, because Lambda reports that name as `errorType` and Step Functions matches it in `ErrorEquals`
 * (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html). A fault passes as it is.
 * In logs and metrics the service is the contract's name.
 */
export function taskEntry<In extends ByOrder, Out, Code extends string>(
  contract: Task<In, Out, Code>,
  handler: (input: In) => Promise<Out | Rejection<Code>>,
) {
  const invocation = lambdaTelemetry(contract.name);

  return (input: In, context: Context): Promise<Out> => {
    const { orderId, tenantId, correlationId } = input;
    return invocation(context, { orderId, tenantId, correlationId }, async () => {
      const answer = await handler(input).catch((error: unknown) => {
        log("error", "The task failed.", { error });
        throw error;
      });
      if (answer instanceof Rejection) {
        log("info", "The task was refused.", { code: answer.code, reason: answer.reason });
        throw thrown(answer);
      }
      log("info", "The task is done.");
      return answer;
    });
  };
}

/** Without a stack: a rejection is an answer, and its trace would only fill the execution's input. */
function thrown({ code, reason }: Rejection<string>): Error {
  const error = Object.assign(new Error(reason), { name: code });
  error.stack = `${code}: ${reason}`;
  return error;
}
