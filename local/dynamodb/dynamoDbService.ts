import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { parseArn } from "../arn";
import { AwsError } from "../awsError";
import type { Clock } from "../clock";
import type { Forwarder } from "../endpoint/endpoint";
import { jsonReply, type Reply } from "../endpoint/protocol";
import type { Feed } from "../feed";
import type { StreamSource } from "../lambda/eventSources";
import type { Cloud, Resource, ResourceKind } from "../resource";
import type { Call, LocalService } from "../service";
import { Database } from "./database";
import type { DatabaseProcess, DatabaseProcessOptions } from "./databaseProcess";
import type { PolicyBook } from "../iam/resourcePolicies";
import type { Permission } from "../iam/access";
import { permissionsOf } from "./permissions";
import { openDatabase } from "./sharedProcess";
import { checkResourcePolicy, resourcePolicyKind } from "./resourcePolicyKind";
import { createTableRequest, tableKind, timeToLiveOf } from "./tableKind";
import { TableStream } from "./tableStream";
import { TimeToLive } from "./timeToLive";
import { insertedUnits } from "./uncountedCapacity";
import { askingForCapacity, capacityUsed, type UsedCapacity } from "./usedCapacity";

interface Surroundings {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  /** Told the policies of tables; absent, they bind nobody. */
  readonly policies?: PolicyBook | undefined;
}

export interface DatabaseOptions extends Pick<DatabaseProcessOptions, "underLoad"> {
  /**
   * Milliseconds between two looks at a table's stream while it is written to. Lambda looks four times a second:
   * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
   *
   * @default 40
   */
  readonly streamLooksApartMs?: number;
}

/**
 * DynamoDB and its streams: Amazon's own DynamoDB Local behind the endpoint. Requests are handed on as
 * they come; tables are made from the program's resources; every write wakes the readers of streams.
 */
export class DynamoDbService implements LocalService, Forwarder, StreamSource {
  /** Known before the database runs, because the program runs beside its start. */
  static readonly kinds: readonly ResourceKind[] = [tableKind, resourcePolicyKind];
  readonly name = "dynamodb";
  readonly kinds = DynamoDbService.kinds;
  readonly targetPrefixes = ["DynamoDB_20120810", "DynamoDBStreams_20120810"];
  /** Empty: the real server answers, through `forward`. */
  readonly operations = {};
  private readonly streams = new Map<string, TableStream>();
  /** By table. */
  private readonly timesToLive = new Map<string, TimeToLive>();

  private constructor(
    private readonly around: Surroundings,
    private readonly process: DatabaseProcess,
    private readonly database: Database,
    private readonly looksApartMs = 40,
  ) {}

  /** Starts the database, which takes about a second; needs Java 17 or later. */
  static async launch(around: Surroundings, options: DatabaseOptions = {}): Promise<DynamoDbService> {
    const { underLoad = false, streamLooksApartMs } = options;
    const process = await openDatabase({ underLoad });
    return new DynamoDbService(around, process, new Database(process), streamLooksApartMs);
  }

  /** Settles with the reason when the database ends by itself. */
  get ended(): Promise<string> {
    return this.process.ended;
  }

  async realise(resource: Resource): Promise<void> {
    if (resource.type === resourcePolicyKind.type) {
      checkResourcePolicy(resource);
      return this.around.policies?.attach(String(resource.inputs["resourceArn"]), String(resource.inputs["policy"]));
    }
    const { TableDescription } = await this.database.call<{ TableDescription: { LatestStreamArn?: string } }>(
      "DynamoDB_20120810.CreateTable",
      createTableRequest(resource),
    );
    const streamArn = resource.outputs["streamArn"];
    if (typeof streamArn === "string" && TableDescription.LatestStreamArn !== undefined) {
      const place = {
        streamArn,
        localArn: TableDescription.LatestStreamArn,
        region: this.around.cloud.region,
        partitionKey: String(resource.inputs["hashKey"]),
        looksApartMs: this.looksApartMs,
      };
      this.streams.set(streamArn, await TableStream.open(this.database, this.around.clock, place));
    }
    const table = timeToLiveOf(resource);
    const stream = this.streams.get(String(streamArn));
    if (table === undefined) return;
    this.timesToLive.set(table.tableName, new TimeToLive(this.database, this.around.clock, { ...table, stream }));
  }

  stream(arn: string): TableStream | undefined {
    return this.streams.get(arn);
  }

  permissionsOf(operation: string, body: Buffer): readonly Permission[] {
    return permissionsOf(operation, body, this.around.cloud);
  }

  async forward(request: { headers: IncomingHttpHeaders; body: Buffer }, call: Call): Promise<Reply> {
    const described = this.describedTimeToLive(request.body, call);
    if (described !== undefined) return jsonReply(described, "application/x-amz-json-1.0", randomUUID());
    const asking = askingForCapacity(call.action, request.body);
    const reply = await this.database.forward(request.headers, asking ?? this.translated(request.body, call));
    if (WRITES.has(call.action)) this.written(request.body);
    const headers = answered(reply.headers);
    if (call.action === "dynamodb:BatchExecuteStatement") {
      this.bill(insertedUnits(request.body, reply), request.body, call);
    }
    if (asking === undefined) return { status: reply.status, headers, body: reply.body };
    const { body, used } = capacityUsed(call.action, request.body, reply);
    this.bill(used, request.body, call);
    // The checksum is that of an answer which says what was used.
    if (body !== reply.body) delete headers["x-amz-crc32"];
    return { status: reply.status, headers, body };
  }

  /** A write that did not come through the endpoint, for example a seed. */
  async write(operation: string, input: object): Promise<void> {
    await this.database.call(`DynamoDB_20120810.${operation}`, input);
    this.written(JSON.stringify(input));
  }

  async start(): Promise<void> {
    for (const stream of this.streams.values()) stream.wake();
  }

  async stop(): Promise<void> {
    for (const stream of this.streams.values()) stream.close();
    await Promise.all([...this.timesToLive.values()].map((table) => table.close()));
    this.database.close();
    await this.process.stop();
  }

  private bill(used: readonly UsedCapacity[], request: Buffer, { caller }: Call): void {
    const about = (): string => request.toString();
    for (const { kind: unit, resource, units: quantity } of used) {
      this.around.feed.emit("billed", { unit, resource, quantity, within: caller.trace, about });
    }
  }

  private written(request: Buffer | string): void {
    for (const stream of this.streams.values()) if (stream.mayBeNamedIn(request)) stream.wake();
    for (const table of this.timesToLive.values()) table.written(request);
  }

  /** DynamoDB Local is not told of it: it would delete by the wall clock, and its streams have no name for that. */
  private describedTimeToLive(body: Buffer, { action }: Call): object | undefined {
    if (action === "dynamodb:UpdateTimeToLive") {
      throw new AwsError("UnknownOperationException", "UpdateTimeToLive: here the program alone sets a time to live.");
    }
    if (action !== "dynamodb:DescribeTimeToLive") return undefined;
    const { TableName = "" } = JSON.parse(body.toString()) as { TableName?: string };
    // A table can be named by its ARN too.
    return this.timesToLive.get(TableName.split("/").at(-1) ?? "")?.describe();
  }

  /** Streams have other ARNs in DynamoDB Local than the program was told; readers from outside use the program's. */
  private translated(body: Buffer, call: Call): Buffer | string {
    if (!STREAM_READS.has(call.action)) return body;
    const input = JSON.parse(body.toString()) as { StreamArn?: string };
    const stream = input.StreamArn === undefined ? undefined : this.streams.get(input.StreamArn);
    return stream === undefined ? body : JSON.stringify({ ...input, StreamArn: stream.localArn });
  }
}

const WRITES = new Set(
  [
    ...["PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"],
    ...["ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"],
  ].map((operation) => `dynamodb:${operation}`),
);

const STREAM_READS = new Set(["dynamodb:DescribeStream", "dynamodb:GetShardIterator"]);

/** The headers that SDKs read: content type, request id and the checksum of the body. */
function answered(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = ["content-type", "x-amzn-requestid", "x-amz-crc32"];
  return Object.fromEntries(
    kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
}

/** `arn:aws:dynamodb:…:table/NAME` to NAME. */
export function tableName(arn: string): string {
  return parseArn(arn).resource.split("/")[1] ?? "";
}
