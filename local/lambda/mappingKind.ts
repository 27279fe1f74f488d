import { Type, type Static } from "@sinclair/typebox";
import { v5 as uuidFromName } from "uuid";
import { parseArn } from "../arn";
import type { Cloud, Resource, ResourceKind } from "../resource";
import { readInputs, refusal } from "./readInputs";

const TYPE = "aws:lambda/eventSourceMapping:EventSourceMapping";

const MappingInputs = Type.Object({
  eventSourceArn: Type.String({ pattern: "^arn:[^:]+:(sqs|dynamodb):" }),
  functionName: Type.String(),
  enabled: Type.Boolean({ default: true }),
  batchSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  maximumBatchingWindowInSeconds: Type.Integer({ minimum: 0, maximum: 300, default: 0 }),
  functionResponseTypes: Type.Array(Type.Literal("ReportBatchItemFailures"), { default: [] }),
  scalingConfig: Type.Optional(
    Type.Object({ maximumConcurrency: Type.Optional(Type.Integer({ minimum: 2, maximum: 1_000 })) }),
  ),
  startingPosition: Type.Optional(Type.Union([Type.Literal("TRIM_HORIZON"), Type.Literal("LATEST")])),
  bisectBatchOnFunctionError: Type.Optional(Type.Boolean()),
  maximumRetryAttempts: Type.Optional(Type.Integer({ minimum: -1, maximum: 10_000 })),
  maximumRecordAgeInSeconds: Type.Optional(
    Type.Union([Type.Literal(-1), Type.Integer({ minimum: 60, maximum: 604_800 })]),
  ),
  parallelizationFactor: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
  destinationConfig: Type.Optional(
    Type.Object({
      onFailure: Type.Optional(Type.Object({ destinationArn: Type.String({ pattern: "^arn:[^:]+:sqs:" }) })),
    }),
  ),
});

type Inputs = Static<typeof MappingInputs>;

/** What every mapping has. */
interface MappingSettings {
  readonly name: string;
  readonly uuid: string;
  readonly eventSourceArn: string;
  /** Name or ARN. */
  readonly functionName: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** How long to gather a batch that is not full; 0 sends what is there. */
  readonly windowSeconds: number;
  readonly reportsItemFailures: boolean;
}

/** A mapping from an SQS queue to a function. */
export interface QueueMappingSettings extends MappingSettings {
  readonly kind: "queue";
  /** How many batches may be in flight. */
  readonly maximumConcurrency: number;
}

/** A mapping from a table's stream to a function. */
export interface StreamMappingSettings extends MappingSettings {
  readonly kind: "stream";
  readonly startingPosition: "TRIM_HORIZON" | "LATEST";
  readonly bisectsOnError: boolean;
  /** Infinity retries until the records are too old. */
  readonly maximumRetryAttempts: number;
  /** Older records are given up; Infinity is as long as the stream keeps them. */
  readonly maximumRecordAgeSeconds: number;
  /** How many batches of a shard may run at once. */
  readonly parallelizationFactor: number;
  readonly failureQueueArn?: string;
}

/** Event source mappings of queues and of tables' streams. */
export const mappingKind: ResourceKind = {
  type: TYPE,
  honours: Object.keys(MappingInputs.properties),
  withoutLocalEffect: ["kmsKeyArn", "metricsConfig", "region", "tags", "useResourceTimeoutForPropagation"],
  outputs({ inputs, urn }, cloud) {
    const uuid = uuidFromName(urn, uuidFromName.URL);
    return {
      id: uuid,
      uuid,
      arn: `arn:aws:lambda:${cloud.region}:${cloud.accountId}:event-source-mapping:${uuid}`,
      functionArn: functionArn(String(inputs["functionName"]), cloud),
      state: inputs["enabled"] === false ? "Disabled" : "Enabled",
    };
  },
};

/** Reads and checks the inputs of a mapping, as CreateEventSourceMapping would. Throws one error with every problem. */
export function mappingSettings(resource: Resource): QueueMappingSettings | StreamMappingSettings {
  const inputs = readInputs(MappingInputs, { ...resource, type: TYPE });
  const ofQueue = parseArn(inputs.eventSourceArn).service === "sqs";
  const problem = ofQueue ? queueProblem(inputs) : streamProblem(inputs);
  if (problem !== undefined) throw refusal({ type: TYPE, name: resource.name }, problem);
  const settings: MappingSettings = {
    name: resource.name,
    uuid: String(resource.outputs["uuid"]),
    eventSourceArn: inputs.eventSourceArn,
    functionName: inputs.functionName,
    enabled: inputs.enabled,
    batchSize: inputs.batchSize ?? (ofQueue ? 10 : 100),
    windowSeconds: inputs.maximumBatchingWindowInSeconds,
    reportsItemFailures: inputs.functionResponseTypes.length > 0,
  };
  return ofQueue ? queueSettings(settings, inputs) : streamSettings(settings, inputs);
}

function queueSettings(settings: MappingSettings, { scalingConfig }: Inputs): QueueMappingSettings {
  // AWS starts with five batches in flight and grows from there; five is enough for one machine.
  return { ...settings, kind: "queue", maximumConcurrency: scalingConfig?.maximumConcurrency ?? 5 };
}

function streamSettings(settings: MappingSettings, inputs: Inputs): StreamMappingSettings {
  const failureQueueArn = inputs.destinationConfig?.onFailure?.destinationArn;
  return {
    ...settings,
    kind: "stream",
    startingPosition: inputs.startingPosition ?? "LATEST",
    bisectsOnError: inputs.bisectBatchOnFunctionError ?? false,
    maximumRetryAttempts: orInfinity(inputs.maximumRetryAttempts),
    maximumRecordAgeSeconds: orInfinity(inputs.maximumRecordAgeInSeconds),
    parallelizationFactor: inputs.parallelizationFactor ?? 1,
    ...(failureQueueArn !== undefined && { failureQueueArn }),
  };
}

function orInfinity(value = -1): number {
  return value === -1 ? Infinity : value;
}

const STREAM_ONLY = [
  "startingPosition",
  "bisectBatchOnFunctionError",
  "maximumRetryAttempts",
  "maximumRecordAgeInSeconds",
  "parallelizationFactor",
  "destinationConfig",
] as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
function queueProblem(inputs: Inputs): string | undefined {
  const misplaced = STREAM_ONLY.filter((input) => inputs[input] !== undefined);
  if (misplaced.length > 0) return `${misplaced.join(", ")}: only for streams, and the source is a queue`;
  const { batchSize = 10, maximumBatchingWindowInSeconds: windowSeconds, eventSourceArn } = inputs;
  const fifo = eventSourceArn.endsWith(".fifo");
  if (fifo && (batchSize > 10 || windowSeconds > 0)) {
    return "a FIFO queue takes a batchSize up to 10 and no batching window";
  }
  if (batchSize > 10 && windowSeconds < 1) return "batchSize: more than 10 needs maximumBatchingWindowInSeconds";
  return undefined;
}

function streamProblem(inputs: Inputs): string | undefined {
  if (inputs.startingPosition === undefined) return "startingPosition: a stream needs one";
  if (inputs.scalingConfig !== undefined) return "scalingConfig: only for queues, and the source is a stream";
  return undefined;
}

function functionArn(nameOrArn: string, { region, accountId }: Cloud): string {
  return nameOrArn.startsWith("arn:") ? nameOrArn : `arn:aws:lambda:${region}:${accountId}:function:${nameOrArn}`;
}
