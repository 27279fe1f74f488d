import type { Cloud } from "../resource";
import { credentialsFor } from "./accessKey";
import type { FunctionSettings } from "./functionKind";

/** Where a worker runs and writes. */
export interface Placement {
  /** The folder with the function's archive. */
  readonly taskRoot: string;
  readonly logStream: string;
}

/**
 * The whole environment of a function's process: its own variables and those that Lambda sets, and
 * nothing else of this machine's.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentOf(settings: FunctionSettings, placement: Placement, cloud: Cloud): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsFor(settings.roleArn);
  return {
    // A function may set PATH, TZ and LANG itself; what follows them is reserved.
    PATH: "/usr/local/bin:/usr/bin:/bin",
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
    // The SDK warns of Node 20, which is this machine's choice and not the function's.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    ...settings.variables,
    AWS_REGION: cloud.region,
    AWS_DEFAULT_REGION: cloud.region,
    AWS_ENDPOINT_URL: cloud.endpoint,
    // No database on this machine speaks TLS.
    PGSSLMODE: "disable",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: placement.logStream,
    AWS_LAMBDA_LOG_FORMAT: settings.logFormat,
    ...(settings.logFormat === "JSON" && { AWS_LAMBDA_LOG_LEVEL: settings.applicationLogLevel }),
    LAMBDA_TASK_ROOT: placement.taskRoot,
    _HANDLER: settings.handler,
  };
}

/**
 * Variables that a function must not set. The endpoint is reserved here too: a function that set it would leave
 * the runtime, for AWS itself.
 */
export const RESERVED_VARIABLES: ReadonlySet<string> = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_ENDPOINT_URL",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);
