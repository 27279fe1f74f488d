import { OperationInput } from "../operationInput";
import type { Operation } from "../service";
import { MESSAGE_FIELDS, MOST_BYTES, readMessage, type TopicMessage } from "./message";
import { batchError, invalidParameter, snsRefusals } from "./snsError";

/** What publishing does with messages that were checked. */
export interface Publisher {
  /** Publishes a message and answers its id; throws NotFound. */
  accept(topicArn: string, message: TopicMessage, traceHeader?: string): string;
  /** Whether a message is turned away among others. */
  throttles(topicArn: string): boolean;
  /** Counts a request. */
  bill(topicArn: string, messages: readonly TopicMessage[]): void;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const MOST_ENTRIES = 10;
const ENTRIES = "PublishBatchRequestEntries";

/** https://docs.aws.amazon.com/sns/latest/api/API_BatchResultErrorEntry.html */
const THROTTLED = { Code: "Throttled", Message: "Rate exceeded", SenderFault: true };

/** Publishing, one by one and in batches. */
export function publishOperations(publisher: Publisher): Readonly<Record<string, Operation>> {
  return {
    Publish: async (fields, { caller }) => {
      const input = new OperationInput(fields, snsRefusals);
      if (input.has("PhoneNumber")) {
        throw invalidParameter("PhoneNumber Reason: the local runtime has no stand-in for text messages");
      }
      const arn = targetArn(input.only("TopicArn", "TargetArn", ...MESSAGE_FIELDS));
      const message = readMessage(input);
      if (message.bytes > MOST_BYTES) throw invalidParameter("Message too long");
      publisher.bill(arn, [message]);
      return { MessageId: publisher.accept(arn, message, caller.trace) };
    },
    PublishBatch: async (fields, { caller }) => {
      const input = new OperationInput(withEmptyList(fields), snsRefusals).only("TopicArn", ENTRIES);
      const arn = input.text("TopicArn");
      const drafts = readEntries(input);
      const bytes = drafts.reduce((sum, { message }) => sum + message.bytes, 0);
      if (bytes > MOST_BYTES) {
        const words = "The length of all the batch messages put together is more than the limit.";
        throw batchError("BatchRequestTooLong", words);
      }
      publisher.bill(
        arn,
        drafts.map(({ message }) => message),
      );
      const refused = new Set(drafts.filter(() => publisher.throttles(arn)));
      const taken = drafts.filter((draft) => !refused.has(draft));
      return {
        Successful: taken.map(({ id, message }) => ({
          Id: id,
          MessageId: publisher.accept(arn, message, caller.trace),
        })),
        Failed: [...refused].map(({ id }) => ({ Id: id, ...THROTTLED })),
      };
    },
  };
}

/** An empty list is an empty text in a form. */
function withEmptyList(fields: Record<string, unknown>): Record<string, unknown> {
  return fields[ENTRIES] === "" ? { ...fields, [ENTRIES]: [] } : fields;
}

function targetArn(input: OperationInput): string {
  const arn = input.optionalText("TopicArn") ?? input.optionalText("TargetArn");
  if (arn === undefined) throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
  return arn;
}

/** One entry that is wrong fails the batch as a whole, as in SNS. */
function readEntries(input: OperationInput): readonly { readonly id: string; readonly message: TopicMessage }[] {
  const entries = input.structures(ENTRIES).map((entry) => ({ id: entry.text("Id"), entry }));
  if (entries.length === 0) throw batchError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  if (entries.length > MOST_ENTRIES) {
    const words = "The batch request contains more entries than permissible.";
    throw batchError("TooManyEntriesInBatchRequest", words);
  }
  if (!entries.every(({ id }) => /^[\w-]{1,80}$/.test(id))) {
    const words = "The Id of a batch entry in a batch request doesn't abide by the specification.";
    throw batchError("InvalidBatchEntryId", words);
  }
  if (new Set(entries.map(({ id }) => id)).size < entries.length) {
    const words = "Two or more batch entries in the request have the same Id.";
    throw batchError("BatchEntryIdsNotDistinct", words);
  }
  return entries.map(({ id, entry }) => ({ id, message: readMessage(entry.only("Id", ...MESSAGE_FIELDS)) }));
}
