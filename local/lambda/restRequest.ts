import { AwsError } from "../awsError";
import type { RestRequest, RestResponse } from "../endpoint/endpoint";

/** The function that a path names, with the version from the query. */
export function reference({ parameters, query }: RestRequest): string {
  const qualifier = query.get("Qualifier");
  return qualifier === null ? (parameters["name"] ?? "") : `${parameters["name"]}:${qualifier}`;
}

/** A body as it came, once it is known to be JSON. */
export function checkedJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw new AwsError("InvalidRequestContentException", message);
  }
}

/** A value that the operation does not take. */
export function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}

/** An answer with a document. */
export function ok(body: object): RestResponse {
  return { status: 200, body };
}
