import type { CallFaults } from "../faults/callFaults";
import type { IncomingMessage } from "node:http";
import type { AwsError } from "../awsError";
import type { Call, LocalService } from "../service";
import type { Reply } from "./protocol";

/** Requests with a path of their own (REST-JSON protocol), for example Lambda's Invoke. */
export interface RestOperation {
  /** For example `lambda:InvokeFunction`. */
  readonly action: string;
  readonly method: string;
  /** Matched against the path without its query; groups are the parameters. */
  readonly path: RegExp;
  handle(request: RestRequest, call: Call): Promise<RestResponse>;
}

export interface RestRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export interface RestResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object | string | undefined;
}

/** Requests that are handed on as they are, because a real server answers them. */
export interface Forwarder {
  readonly targetPrefixes: readonly string[];
  forward(request: { headers: IncomingMessage["headers"]; body: Buffer }, call: Call): Promise<Reply>;
}

/** A request as it came in. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, exactly as sent: dot segments, doubled slashes and percent signs are the service's to read. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** What a request needs to be allowed, in the words of IAM. */
export interface Permission {
  /** For example `s3:GetObject`. */
  readonly action: string;
  /** For example `arn:aws:s3:::receipts/2026/01/a.json`. */
  readonly resource: string;
}

/** A service whose protocol is all its own (S3): it gets every request signed for it, and words its own errors. */
export interface RawService {
  /** For example `s3`. */
  readonly signingName: string;
  /** At least one; the first is the call's action. Never throws, whatever the request is. */
  permissionsOf(request: RawRequest): readonly [Permission, ...Permission[]];
  handle(request: RawRequest, call: Call): Promise<Reply>;
  /** Words an error that came about before or around `handle`. */
  refuse(error: AwsError, request: RawRequest): Reply;
}

export interface EndpointParts {
  readonly services: readonly LocalService[];
  readonly forwarders: readonly Forwarder[];
  readonly restOperations: readonly RestOperation[];
  readonly rawServices?: readonly RawService[];
  /**
   * Milliseconds since 1970 by the clock of the callers, for the header `Date`. An SDK that finds itself more than four
   * minutes off takes every error for the clock's, and tries again until its retries are used up. @default the machine's
   */
  readonly now?: () => number;
  /** What may go wrong with calls. */
  readonly faults?: Pick<CallFaults, "around">;
  /** The role behind an access key that the runtime gave out. */
  roleOf(accessKeyId: string): string | undefined;
}
