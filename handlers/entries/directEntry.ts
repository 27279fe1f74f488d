import type { Context } from "aws-lambda";
import { lambdaTelemetry, log } from "../telemetry";

/**
 * A Lambda handler for somebody who invokes the function and waits for its answer: a deployment, or an operator's
 * command. What it throws is logged and becomes the invocation's error.
 */
export function directEntry<In, Out>({ service }: { readonly service: string }, handle: (input: In) => Promise<Out>) {
  const invocation = lambdaTelemetry(service);

  return (input: In, context: Context): Promise<Out> =>
    invocation(context, {}, async () => {
      try {
        return await handle(input);
      } catch (error) {
        log("error", "The invocation failed.", { error });
        throw error;
      }
    });
}
