/** What AWS services call being asked too often; the SDK has given up by the time that such an error gets here. */
const THROTTLED = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "TransactionConflictException",
  "TransactionInProgressException",
]);

/** Reasons of a cancelled transaction that say "not now". */
const CONTENDED = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

const NO_ANSWER = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "ETIMEDOUT"]);

/**
 * Whether an error says that a service which we stand on is away, too busy or out of reach, after the SDK's own
 * retries and ours: to try again later is then the right advice. Anything else is our own mistake. SDK errors carry
 * `$metadata` (https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-smithy-types/Interface/MetadataBearer/).
 */
export function isDependencyFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata, code } = error as { $metadata?: { httpStatusCode?: number }; code?: string };
  if (error.name === "TimeoutError" || NO_ANSWER.has(code ?? "") || THROTTLED.has(error.name)) return true;
  if (error.name === "TransactionCanceledException") return isContended(error);
  return ($metadata?.httpStatusCode ?? 0) >= 500;
}

function isContended(error: Error): boolean {
  const { CancellationReasons = [] } = error as { CancellationReasons?: readonly { Code?: string }[] };
  const reasons = CancellationReasons.map(({ Code = "None" }) => Code).filter((code) => code !== "None");
  return reasons.length > 0 && reasons.every((code) => CONTENDED.has(code));
}
