import type { RegisteredInputs, Resource, ResourceKind } from "../resource";
import type { ExpiringTable } from "./timeToLive";

/** The inputs of `aws.dynamodb.Table` that make a table what it is. */
interface TableInputs {
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
  readonly hashKey: string;
  readonly rangeKey?: string;
  readonly globalSecondaryIndexes?: readonly IndexInputs[];
  readonly localSecondaryIndexes?: readonly (Omit<IndexInputs, "hashKey"> & { readonly rangeKey: string })[];
  readonly streamEnabled?: boolean;
  readonly streamViewType?: string;
  readonly ttl?: { readonly enabled?: boolean; readonly attributeName?: string };
}

interface IndexInputs {
  readonly name: string;
  readonly hashKey?: string;
  readonly rangeKey?: string;
  /** The newer form of hashKey and rangeKey. */
  readonly keySchemas?: readonly { readonly attributeName: string; readonly keyType: string }[];
  readonly projectionType: string;
  readonly nonKeyAttributes?: readonly string[];
}

/** Every table's stream has the same label here, so that its ARN is known before the table exists. */
const STREAM_LABEL = "2026-01-01T00:00:00.000";

export const tableKind: ResourceKind = {
  type: "aws:dynamodb/table:Table",
  honours: [
    "name",
    "attributes",
    "hashKey",
    "rangeKey",
    "globalSecondaryIndexes",
    "localSecondaryIndexes",
    "streamEnabled",
    "streamViewType",
    "ttl",
    "billingMode",
  ],
  withoutLocalEffect: [
    "deletionProtectionEnabled",
    "onDemandThroughput",
    "pointInTimeRecovery",
    "serverSideEncryption",
    "tableClass",
    "tags",
    "warmThroughput",
    "region",
  ],
  outputs({ inputs, physicalName }: RegisteredInputs, cloud) {
    if (inputs["billingMode"] !== "PAY_PER_REQUEST") {
      throw new Error(`${physicalName}: the local runtime has tables with billingMode PAY_PER_REQUEST only.`);
    }
    const name = typeof inputs["name"] === "string" ? inputs["name"] : physicalName;
    const arn = `arn:aws:dynamodb:${cloud.region}:${cloud.accountId}:table/${name}`;
    const stream =
      inputs["streamEnabled"] === true ? { streamArn: `${arn}/stream/${STREAM_LABEL}`, streamLabel: STREAM_LABEL } : {};
    return { id: name, name, arn, ...stream };
  },
};

/** The CreateTable request of a table as the program declared it. */
export function createTableRequest({ inputs, outputs }: Resource): object {
  const table = inputs as unknown as TableInputs;
  const local = (table.localSecondaryIndexes ?? []).map((index) => indexOf({ ...index, hashKey: table.hashKey }));
  const global = (table.globalSecondaryIndexes ?? []).map(indexOf);
  return {
    TableName: outputs["name"],
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: table.attributes.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    KeySchema: keySchema(table.hashKey, table.rangeKey),
    ...(global.length === 0 ? {} : { GlobalSecondaryIndexes: global }),
    ...(local.length === 0 ? {} : { LocalSecondaryIndexes: local }),
    ...(table.streamEnabled === true
      ? { StreamSpecification: { StreamEnabled: true, StreamViewType: table.streamViewType } }
      : {}),
  };
}

/** The keys of a table and the attribute that says when an item's time is over; undefined when items have no end. */
export function timeToLiveOf({
  inputs,
  outputs,
}: Resource): Pick<ExpiringTable, "tableName" | "keyNames" | "attributeName"> | undefined {
  const { ttl, hashKey, rangeKey } = inputs as unknown as TableInputs;
  const attributeName = ttl?.attributeName ?? "";
  if (ttl?.enabled !== true) return undefined;
  if (attributeName === "") throw new Error(`${String(outputs["name"])}: ttl is enabled and names no attribute.`);
  const keyNames = rangeKey === undefined ? [hashKey] : [hashKey, rangeKey];
  return { tableName: String(outputs["name"]), keyNames, attributeName };
}

function indexOf({ name, hashKey = "", rangeKey, keySchemas, projectionType, nonKeyAttributes }: IndexInputs): object {
  return {
    IndexName: name,
    KeySchema:
      keySchemas?.map((key) => ({ AttributeName: key.attributeName, KeyType: key.keyType })) ??
      keySchema(hashKey, rangeKey),
    Projection: {
      ProjectionType: projectionType,
      ...(projectionType === "INCLUDE" ? { NonKeyAttributes: nonKeyAttributes } : {}),
    },
  };
}

function keySchema(hashKey: string, rangeKey: string | undefined): object[] {
  const hash = { AttributeName: hashKey, KeyType: "HASH" };
  return rangeKey === undefined ? [hash] : [hash, { AttributeName: rangeKey, KeyType: "RANGE" }];
}
