/** An error as an AWS service answers it: a code that SDKs turn into an exception class, and a status. */
export class AwsError extends Error {
  constructor(
    /** For example `ResourceNotFoundException`: the short name, as the service's JSON protocol sends it. */
    readonly code: string,
    message: string,
    /** HTTP status: 400 for the caller's fault, 5xx for the service's. */
    readonly status: number = 400,
    /** More fields of the error document, for example `CancellationReasons`. */
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = code;
  }
}
