import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";

/** Calls functions, as an operator may. */
export class FunctionCalls {
  constructor(private readonly lambda: LambdaClient) {}

  /** Waits for the answer. Throws what the function threw. */
  async call(functionName: string, payload: string): Promise<unknown> {
    const { FunctionError, Payload } = await this.lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(payload) }),
    );
    const text = Payload?.transformToString() ?? "";
    const answer: unknown = text === "" ? undefined : JSON.parse(text);
    if (FunctionError === undefined) return answer;
    const { errorType = FunctionError, errorMessage = "" } = (answer ?? {}) as {
      errorType?: string;
      errorMessage?: string;
    };
    throw new Error(`The function ${functionName} failed: ${errorType}: ${errorMessage}`);
  }

  /** Hands an event over, as a rule or a schedule does: Lambda repeats a failed call, and keeps it when that fails too. */
  async hand(functionName: string, payload: string): Promise<void> {
    await this.lambda.send(
      new InvokeCommand({ FunctionName: functionName, InvocationType: "Event", Payload: Buffer.from(payload) }),
    );
  }
}
