import { createHash } from "node:crypto";
import { Type, type Static } from "@sinclair/typebox";
import type { Archive, Cloud, RegisteredInputs, ResourceKind } from "../resource";
import { RESERVED_VARIABLES } from "./environment";
import { readInputs, refusal } from "./readInputs";

const TYPE = "aws:lambda/function:Function";

const LogLevel = Type.Union(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"].map((level) => Type.Literal(level)));

const FunctionInputs = Type.Object({
  name: Type.Optional(Type.String({ pattern: "^[a-zA-Z0-9-_]+$" })),
  code: Type.Object({ files: Type.Record(Type.String(), Type.String()) }),
  handler: Type.String({ pattern: "^[^\\s]+\\.[^\\s]+$" }),
  runtime: Type.String({ pattern: "^nodejs\\d+\\.x$" }),
  role: Type.String({ pattern: "^arn:" }),
  packageType: Type.Literal("Zip", { default: "Zip" }),
  timeout: Type.Integer({ minimum: 1, maximum: 900, default: 3 }),
  memorySize: Type.Integer({ minimum: 128, maximum: 32_768, default: 128 }),
  environment: Type.Object({ variables: Type.Record(Type.String(), Type.String(), { default: {} }) }, { default: {} }),
  loggingConfig: Type.Object(
    {
      logFormat: Type.Union([Type.Literal("JSON"), Type.Literal("Text")], { default: "Text" }),
      logGroup: Type.Optional(Type.String()),
      applicationLogLevel: Type.Optional(LogLevel),
      systemLogLevel: Type.Optional(Type.Union(["DEBUG", "INFO", "WARN"].map((level) => Type.Literal(level)))),
    },
    { default: {} },
  ),
  deadLetterConfig: Type.Optional(Type.Object({ targetArn: Type.String({ pattern: "^arn:[^:]+:sqs:" }) })),
  reservedConcurrentExecutions: Type.Integer({ minimum: -1, default: -1 }),
  publish: Type.Boolean({ default: false }),
  tracingConfig: Type.Optional(
    Type.Object({ mode: Type.Union([Type.Literal("Active"), Type.Literal("PassThrough")]) }),
  ),
  vpcConfig: Type.Optional(Type.Object({ subnetIds: Type.Array(Type.String()) })),
  region: Type.Optional(Type.String()),
});

/** A function as the runtime runs it. */
export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly handler: string;
  readonly runtime: string;
  readonly code: Archive;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logFormat: "JSON" | "Text";
  readonly applicationLogLevel: string;
  readonly systemLogLevel: string;
  /** The queue that gets asynchronous calls which failed for good. */
  readonly deadLetterQueueArn?: string;
  /** Absent when the function shares the account's concurrency. */
  readonly reservedConcurrency?: number;
  /** Whether each invocation is traced. */
  readonly traced: boolean;
  /** Whether it stands in a network of its own. */
  readonly inNetwork: boolean;
  /** Whether version 1 exists beside `$LATEST`; both are the same code. */
  readonly published: boolean;
}

/** Lambda functions on Node.js whose code is an archive of texts. */
export const functionKind: ResourceKind = {
  type: TYPE,
  honours: Object.keys(FunctionInputs.properties),
  withoutLocalEffect: [
    "architectures",
    "codeSha256",
    "codeSigningConfigArn",
    "description",
    "ephemeralStorage",
    "kmsKeyArn",
    "replaceSecurityGroupsOnDestroy",
    "replacementSecurityGroupIds",
    "skipDestroy",
    "sourceCodeHash",
    "sourceKmsKeyArn",
    "tags",
    "useResourceTimeoutForPropagation",
  ],
  outputs(declared, cloud) {
    const settings = functionSettings(declared, cloud);
    const { name, arn } = settings;
    const version = settings.published ? "1" : "$LATEST";
    return {
      id: name,
      name,
      arn,
      version,
      qualifiedArn: `${arn}:${version}`,
      invokeArn: invokeArn(arn, cloud),
      qualifiedInvokeArn: invokeArn(`${arn}:${version}`, cloud),
      codeSha256: codeHash(settings.code),
      sourceCodeHash: codeHash(settings.code),
      sourceCodeSize: Object.values(settings.code.files).reduce((sum, text) => sum + Buffer.byteLength(text), 0),
      timeout: settings.timeoutSeconds,
      memorySize: settings.memoryMegabytes,
      loggingConfig: {
        logFormat: settings.logFormat,
        logGroup: settings.logGroup,
        ...(settings.logFormat === "JSON" && {
          applicationLogLevel: settings.applicationLogLevel,
          systemLogLevel: settings.systemLogLevel,
        }),
      },
    };
  },
};

/** Reads and checks the inputs of a function, as CreateFunction would. Throws one error with every problem. */
export function functionSettings(declared: RegisteredInputs, cloud: Cloud): FunctionSettings {
  const inputs = readInputs(FunctionInputs, { ...declared, type: TYPE });
  const name = inputs.name ?? declared.physicalName;
  const problem = contradiction({ ...inputs, name }, cloud);
  if (problem !== undefined) throw refusal({ type: TYPE, name: declared.name }, problem);
  const { loggingConfig, deadLetterConfig, reservedConcurrentExecutions } = inputs;
  return {
    name,
    arn: `arn:aws:lambda:${cloud.region}:${cloud.accountId}:function:${name}`,
    roleArn: inputs.role,
    handler: inputs.handler,
    runtime: inputs.runtime,
    code: inputs.code,
    timeoutSeconds: inputs.timeout,
    memoryMegabytes: inputs.memorySize,
    variables: inputs.environment.variables,
    logGroup: loggingConfig.logGroup ?? `/aws/lambda/${name}`,
    logFormat: loggingConfig.logFormat,
    applicationLogLevel: loggingConfig.applicationLogLevel ?? "INFO",
    systemLogLevel: loggingConfig.systemLogLevel ?? "INFO",
    ...(deadLetterConfig && { deadLetterQueueArn: deadLetterConfig.targetArn }),
    ...(reservedConcurrentExecutions >= 0 && { reservedConcurrency: reservedConcurrentExecutions }),
    published: inputs.publish,
    traced: inputs.tracingConfig?.mode === "Active",
    inNetwork: (inputs.vpcConfig?.subnetIds.length ?? 0) > 0,
  };
}

function contradiction(inputs: Static<typeof FunctionInputs> & { name: string }, cloud: Cloud): string | undefined {
  if (inputs.name.length > 64) return `name: "${inputs.name}" is longer than 64 characters`;
  const { variables } = inputs.environment;
  const reserved = Object.keys(variables).filter((name) => RESERVED_VARIABLES.has(name));
  if (reserved.length > 0) return `environment.variables: ${reserved.join(", ")} is reserved`;
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  if (JSON.stringify(variables).length > 4_096) return "environment.variables: more than 4 KB";
  const { logFormat, applicationLogLevel, systemLogLevel } = inputs.loggingConfig;
  if (logFormat === "Text" && (applicationLogLevel ?? systemLogLevel) !== undefined) {
    return "loggingConfig: log levels need logFormat JSON";
  }
  if (inputs.region !== undefined && inputs.region !== cloud.region) {
    return `region: ${inputs.region} is not the runtime's region ${cloud.region}`;
  }
  const stray = Object.keys(inputs.code.files).find((path) => path.startsWith("/") || path.split("/").includes(".."));
  return stray === undefined ? undefined : `code: the file "${stray}" lies outside the archive`;
}

function invokeArn(functionArn: string, { region }: Cloud): string {
  return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

/** Of the files, not of a zip, which the runtime never makes. */
function codeHash({ files }: Archive): string {
  const hash = createHash("sha256");
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0${files[path]}\0`);
  return hash.digest("base64");
}
