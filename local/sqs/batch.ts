import { AwsError } from "../awsError";
import type { OperationInput } from "../operationInput";
import { batchError, SqsError } from "./sqsError";

const MOST_ENTRIES = 10;

/** The outcome of one entry: its fields, or the error that it met. */
export type EntryOutcome =
  { readonly id: string; readonly result: object } | { readonly id: string; readonly error: AwsError };

/**
 * Reads the entries of a batch: 1 to 10, each with its own id of letters, digits, `-` and `_`.
 *
 * @throws EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct
 */
export function readEntries(input: OperationInput): readonly { readonly id: string; readonly entry: OperationInput }[] {
  const entries = input.structures("Entries").map((entry) => ({ id: entry.text("Id"), entry }));
  if (entries.length === 0) throw batchError("EmptyBatchRequest", "There should be at least one entry in the request.");
  if (entries.length > MOST_ENTRIES) {
    const message = `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`;
    throw batchError("TooManyEntriesInBatchRequest", message);
  }
  const ids = entries.map(({ id }) => id);
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id))) {
    const message =
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.";
    throw batchError("InvalidBatchEntryId", message);
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw batchError("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
  return entries;
}

/** Runs one entry; its error becomes part of the answer and does not stop the others. */
export function attempt<T>(
  id: string,
  run: () => T,
): { readonly id: string; readonly result: T } | { readonly id: string; readonly error: AwsError } {
  try {
    return { id, result: run() };
  } catch (error) {
    if (error instanceof AwsError) return { id, error };
    throw error;
  }
}

/** The answer of a batch: `Successful` and `Failed`, each in the order of the entries. */
export function batchResult(outcomes: readonly EntryOutcome[]): object {
  const successful = outcomes.flatMap((outcome) =>
    "result" in outcome ? [{ Id: outcome.id, ...outcome.result }] : [],
  );
  const failed = outcomes.flatMap((outcome) => ("error" in outcome ? [failure(outcome.id, outcome.error)] : []));
  return { Successful: successful, Failed: failed };
}

function failure(id: string, error: AwsError): object {
  const code = error instanceof SqsError ? error.queryErrorCode : error.code;
  return { Id: id, Code: code, Message: error.message, SenderFault: error.status < 500 };
}
