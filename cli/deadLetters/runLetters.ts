import type { FunctionCalls } from "./functionCalls";
import { fieldsOf, textOf, type Description, type Letter, type LetterKind } from "./letter";

export interface RunLettersOptions {
  readonly functions: FunctionCalls;
  readonly queueUrl: string;
  /** The function that the schedule calls. */
  readonly functionName: string;
}

/**
 * Runs of reconcileOrders that failed for good: the schedule's event, left by Lambda or by the rule that could not call
 * it. Replaying one calls the function for that run's time.
 */
export class RunLetters implements LetterKind {
  readonly name = "runs";

  constructor(private readonly options: RunLettersOptions) {}

  get queueUrl(): string {
    return this.options.queueUrl;
  }

  async describe(letters: readonly Letter[]): Promise<readonly Description[]> {
    return letters.map(({ body, attributes }) => {
      const reason = attributes["ErrorMessage"] ?? attributes["ERROR_MESSAGE"] ?? "no reason was left";
      return { reason: `the run of ${textOf(fieldsOf(body)["time"]) ?? "an unknown time"} failed: ${reason}` };
    });
  }

  async details(): Promise<unknown> {
    return undefined;
  }

  async replay({ id, body }: Letter): Promise<string> {
    await this.options.functions.call(this.options.functionName, body);
    return `${id}: reconcileOrders ran again for ${textOf(fieldsOf(body)["time"]) ?? "now"}`;
  }
}
