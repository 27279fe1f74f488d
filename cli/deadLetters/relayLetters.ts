import type { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import type { FunctionCalls } from "./functionCalls";
import { fieldsOf, type Description, type Letter, type LetterKind } from "./letter";
import { asLambdaShowsIt, recordsAt, StreamForgot, type StreamPlace } from "./streamRecords";

export interface RelayLettersOptions {
  readonly streams: DynamoDBStreamsClient;
  readonly functions: FunctionCalls;
  readonly queueUrl: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html#ddb-on-failure-destination */
interface FailureDocument {
  readonly requestContext: {
    readonly functionArn: string;
    readonly condition: string;
    readonly approximateInvokeCount: number;
  };
  readonly DDBStreamBatchInfo: StreamPlace & { readonly batchSize: number };
}

/**
 * Changes of orders that the relay could not publish. A letter says where in the table's stream they are; replaying it
 * reads them there once more and calls the relay with them. The relay itself, because only its code knows what a
 * change means, and only its role may publish; and its logs and metrics then tell the whole story.
 */
export class RelayLetters implements LetterKind {
  readonly name = "relay";

  constructor(private readonly options: RelayLettersOptions) {}

  get queueUrl(): string {
    return this.options.queueUrl;
  }

  async describe(letters: readonly Letter[]): Promise<readonly Description[]> {
    return letters.map((letter) => {
      const document = read(letter);
      if (document === undefined) return { reason: "is no word of Lambda's about a batch" };
      const { condition, approximateInvokeCount: tries } = document.requestContext;
      const { batchSize } = document.DDBStreamBatchInfo;
      return {
        reason: `${batchSize} ${batchSize === 1 ? "change" : "changes"} not published: ${condition}, ${tries} tries`,
      };
    });
  }

  /** The changes themselves, as long as the stream has them. */
  async details(letter: Letter): Promise<unknown> {
    const document = read(letter);
    if (document === undefined) return undefined;
    const changes: object[] = [];
    try {
      for await (const records of recordsAt(this.options.streams, document.DDBStreamBatchInfo)) {
        changes.push(
          ...records.map(({ eventName, dynamodb }) => ({
            change: eventName,
            orderId: dynamodb?.Keys?.["orderId"]?.S,
            stage: dynamodb?.NewImage?.["stage"]?.S,
          })),
        );
      }
      return changes;
    } catch (error) {
      if (error instanceof StreamForgot) return error.message;
      throw error;
    }
  }

  async replay(letter: Letter): Promise<string> {
    const document = read(letter);
    if (document === undefined) throw new Error("It is no word of Lambda's about a batch.");
    let count = 0;
    try {
      for await (const records of recordsAt(this.options.streams, document.DDBStreamBatchInfo)) {
        await this.publish(
          records.map((record) => asLambdaShowsIt(record, document.DDBStreamBatchInfo.streamArn)),
          document,
        );
        count += records.length;
      }
    } catch (error) {
      if (error instanceof StreamForgot) throw new Error(`${error.message} ${INSTEAD}`, { cause: error });
      throw error;
    }
    return `${letter.id}: the relay published ${count} ${count === 1 ? "change" : "changes"} again`;
  }

  private async publish(Records: readonly object[], { requestContext }: FailureDocument): Promise<void> {
    const answer = await this.options.functions.call(requestContext.functionArn, JSON.stringify({ Records }));
    const { batchItemFailures = [] } = (answer ?? {}) as { batchItemFailures?: { itemIdentifier: string }[] };
    if (batchItemFailures.length > 0) {
      throw new Error(`The relay still cannot publish, from the change ${batchItemFailures[0]?.itemIdentifier} on.`);
    }
  }
}

const INSTEAD =
  "Their events will not be published. No order is lost: the table has them all, and reconcileOrders queues those again " +
  "that are not final. What followers of the bus missed, they must read from the table.";

function read({ body }: Letter): FailureDocument | undefined {
  const fields = fieldsOf(body);
  return "DDBStreamBatchInfo" in fields && "requestContext" in fields
    ? (fields as unknown as FailureDocument)
    : undefined;
}
