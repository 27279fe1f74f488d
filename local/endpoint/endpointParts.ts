import type { CallFaults } from "../faults/callFaults";
import type { IncomingMessage } from "node:http";
import type { AwsError } from "../awsError";
import type { Permission } from "../iam/access";
import type { Call, Caller, LocalService } from "../service";
import type { Reply } from "./protocol";

/** Requests with a path of their own (REST-JSON protocol), for example Lambda's Invoke. */
export interface RestOperation {
  /** For example `lambda:InvokeFunction`. */
  readonly action: string;
  readonly method: string;
  /** Matched against the path without its query; groups are the parameters. */
  readonly path: RegExp;
  /** Absent, the action on nothing in particular, `*`. */
  permissionsOf?(request: RestRequest): readonly Permission[];
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
  permissionsOf(operation: string, body: Buffer): readonly Permission[];
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
  /** Throws AccessDenied when the caller may not do what a call needs. @default everybody may everything */
  authorise?(caller: Caller, permissions: readonly Permission[]): void;
  /** The role behind an access key that the runtime gave out. */
  roleOf(accessKeyId: string): string | undefined;
  /** How the bearer of a role calls itself. */
  sessionOf?(roleArn: string): string | undefined;
}
