import { OperationInput } from "../operationInput";
import type { Call, Operation } from "../service";
import { attempt, batchResult, readEntries, type EntryOutcome } from "./batch";
import type { MessageDraft, StoredMessage } from "./message";
import { digestOfAttributes, digestOfBody } from "./messageDigest";
import { bytesOf, DRAFT_FIELDS, readDraft } from "./messageDraft";
import type { Queue } from "./queue";
import { checkWanted, messageDocument } from "./receivedMessage";
import { batchError, sqsRefusals, unsupportedOperation } from "./sqsError";

/** How operations find the queue that `QueueUrl` names; throws QueueDoesNotExist. */
export type QueueOf = (input: OperationInput) => Queue;

const MOST_BATCH_BYTES = 1_048_576;
const VISIBILITY = { min: 0, max: 43_200 };

/** Sending, receiving, deleting and hiding messages, one by one and in batches. */
export function messageOperations(queueOf: QueueOf): Readonly<Record<string, Operation>> {
  const read = (fields: Record<string, unknown>): OperationInput => new OperationInput(fields, sqsRefusals);
  return {
    SendMessage: async (fields, call) => send(read(fields), queueOf, call),
    SendMessageBatch: async (fields, call) => sendBatch(read(fields), queueOf, call),
    ReceiveMessage: async (fields, call) => receive(read(fields), queueOf, call),
    DeleteMessage: async (fields) => {
      const input = read(fields).only("QueueUrl", "ReceiptHandle");
      queueOf(input).delete(input.text("ReceiptHandle"));
      return {};
    },
    DeleteMessageBatch: async (fields) => {
      const input = read(fields).only("QueueUrl", "Entries");
      const queue = queueOf(input);
      return eachEntry(input, (entry) => queue.delete(entry.only("Id", "ReceiptHandle").text("ReceiptHandle")));
    },
    ChangeMessageVisibility: async (fields) => {
      const input = read(fields).only("QueueUrl", "ReceiptHandle", "VisibilityTimeout");
      changeVisibility(queueOf(input), input);
      return {};
    },
    ChangeMessageVisibilityBatch: async (fields) => {
      const input = read(fields).only("QueueUrl", "Entries");
      const queue = queueOf(input);
      return eachEntry(input, (entry) =>
        changeVisibility(queue, entry.only("Id", "ReceiptHandle", "VisibilityTimeout")),
      );
    },
  };
}

function send(input: OperationInput, queueOf: QueueOf, { caller }: Call): object {
  const queue = queueOf(input.only("QueueUrl", ...DRAFT_FIELDS));
  const draft = readDraft(input, caller.accessKeyId, queue.settings.maximumMessageBytes);
  const [message] = queue.send([draft]);
  return message === undefined ? {} : receiptOf(message);
}

function sendBatch(input: OperationInput, queueOf: QueueOf, { caller }: Call): object {
  const queue = queueOf(input.only("QueueUrl", "Entries"));
  const drafts = readEntries(input).map(({ id, entry }) =>
    attempt(id, () =>
      readDraft(entry.only("Id", ...DRAFT_FIELDS), caller.accessKeyId, queue.settings.maximumMessageBytes),
    ),
  );
  const good = drafts.filter((draft): draft is { id: string; result: MessageDraft } => "result" in draft);
  const bytes = good.reduce((sum, { result }) => sum + bytesOf(result), 0);
  if (bytes > MOST_BATCH_BYTES) {
    const message = `Batch requests cannot be longer than ${MOST_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`;
    throw batchError("BatchRequestTooLong", message);
  }
  const sent = queue.send(good.map(({ result }) => result));
  const receipts = new Map(good.map(({ id }, index) => [id, sent[index]]));
  return batchResult(
    drafts.map((draft): EntryOutcome => {
      const message = receipts.get(draft.id);
      return "error" in draft || message === undefined ? draft : { id: draft.id, result: receiptOf(message) };
    }),
  );
}

function receiptOf(message: StoredMessage): object {
  const attributes = digestOfAttributes(message.attributes);
  const { traceHeader } = message;
  const system =
    traceHeader === undefined
      ? undefined
      : digestOfAttributes({ AWSTraceHeader: { dataType: "String", stringValue: traceHeader } });
  return {
    MessageId: message.id,
    MD5OfMessageBody: digestOfBody(message.body),
    ...(attributes === undefined ? {} : { MD5OfMessageAttributes: attributes }),
    ...(system === undefined ? {} : { MD5OfMessageSystemAttributes: system }),
  };
}

async function receive(input: OperationInput, queueOf: QueueOf, { signal }: Call): Promise<object> {
  if (input.has("ReceiveRequestAttemptId")) {
    throw unsupportedOperation("The local runtime has no stand-in for ReceiveRequestAttemptId.");
  }
  input.only(
    "QueueUrl",
    "AttributeNames",
    "MessageSystemAttributeNames",
    "MessageAttributeNames",
    "MaxNumberOfMessages",
    "VisibilityTimeout",
    "WaitTimeSeconds",
  );
  const queue = queueOf(input);
  const wanted = {
    systemAttributes: [...input.texts("AttributeNames"), ...input.texts("MessageSystemAttributeNames")],
    attributes: input.texts("MessageAttributeNames"),
  };
  checkWanted(wanted);
  const received = await queue.poll({
    max: input.optionalInteger("MaxNumberOfMessages", { min: 1, max: 10 }) ?? 1,
    visibilityTimeoutSeconds: input.optionalInteger("VisibilityTimeout", VISIBILITY),
    waitSeconds: input.optionalInteger("WaitTimeSeconds", { min: 0, max: 20 }) ?? queue.settings.receiveWaitSeconds,
    signal,
  });
  return received.length === 0 ? {} : { Messages: received.map((message) => messageDocument(message, wanted)) };
}

function changeVisibility(queue: Queue, input: OperationInput): void {
  queue.changeVisibility(input.text("ReceiptHandle"), input.integer("VisibilityTimeout", VISIBILITY));
}

function eachEntry(input: OperationInput, run: (entry: OperationInput) => void): object {
  const outcomes = readEntries(input).map(({ id, entry }) =>
    attempt(id, () => {
      run(entry);
      return {};
    }),
  );
  return batchResult(outcomes);
}
