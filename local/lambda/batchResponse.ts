/**
 * What a function said of its batch: all done, all failed, or the ids of the items that failed.
 * An answer that names an item in a wrong way fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export type BatchVerdict = "done" | "failed" | ReadonlySet<string>;

/**
 * Reads `{ batchItemFailures: [{ itemIdentifier }] }`.
 *
 * @param sentIds the ids of the items of the batch
 */
export function batchVerdict(response: unknown, sentIds: readonly string[]): BatchVerdict {
  if (response === null || response === undefined) return "done";
  if (typeof response !== "object" || Array.isArray(response)) return "failed";
  const { batchItemFailures: failures } = response as { batchItemFailures?: unknown };
  if (failures === null || failures === undefined) return "done";
  if (!Array.isArray(failures)) return "failed";
  const ids = (failures as readonly unknown[]).map(
    (failure) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier,
  );
  const known = new Set<unknown>(sentIds);
  if (!ids.every((id) => known.has(id))) return "failed";
  return ids.length === 0 ? "done" : new Set(ids as readonly string[]);
}
