import { AwsError } from "../awsError";
import { escapeXml, toXml } from "./xml";

/** What goes back over HTTP. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** AWS JSON 1.0 and 1.1: the answer echoes the version that the client spoke. */
export function jsonReply(output: object, contentType: string, requestId: string): Reply {
  return { status: 200, headers: headers(contentType, requestId), body: JSON.stringify(output) };
}

/** An error document of the JSON protocols; SDKs take the class from `__type`. */
export function jsonError(error: AwsError, contentType: string, requestId: string): Reply {
  const query = (error as { queryErrorCode?: string }).queryErrorCode;
  return {
    status: error.status,
    headers: {
      ...headers(contentType, requestId),
      "x-amzn-errortype": error.code,
      ...(query === undefined
        ? {}
        : { "x-amzn-query-error": `${query};${error.status < 500 ? "Sender" : "Receiver"}` }),
    },
    body: JSON.stringify({ __type: error.code, message: error.message, Message: error.message, ...error.fields }),
  };
}

/** A response of the query protocol (SNS, STS): XML named after the action. */
export function queryReply(action: string, output: object, requestId: string): Reply {
  const body =
    `<${action}Response><${action}Result>${toXml(output)}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: headers("text/xml", requestId), body };
}

export function queryError(error: AwsError, requestId: string): Reply {
  const type = error.status < 500 ? "Sender" : "Receiver";
  const body =
    `<ErrorResponse><Error><Type>${type}</Type><Code>${error.code}</Code>` +
    `<Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: error.status, headers: headers("text/xml", requestId), body };
}

/** A fault of the runtime itself shows as the service's own fault: SDKs retry it and tests see its text. */
export function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError("InternalFailure", error instanceof Error ? error.message : String(error), 500);
}

function headers(contentType: string, requestId: string): Record<string, string> {
  return { "content-type": contentType, "x-amzn-requestid": requestId };
}
