import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  DeleteFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { ExecuteStatementCommand, RDSDataClient } from "@aws-sdk/client-rds-data";
import { DeleteQueueCommand, PurgeQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { awsConnection } from "../../../cli/awsConnection";
import type { BusEvent } from "../../../local/feed";
import type { Shop } from "../shop";

/** Somebody with the rights of an operator, who breaks things and mends them; with AWS's own API, as on AWS. */
export class Operator {
  private readonly lambda: LambdaClient;
  private readonly sqs: SQSClient;
  private readonly events: EventBridgeClient;
  private readonly database: RDSDataClient;
  private readonly dynamoDb: DynamoDBClient;
  private readonly tables: DynamoDBDocumentClient;

  constructor(private readonly shop: Shop) {
    const connection = awsConnection(shop.outputs);
    this.lambda = new LambdaClient(connection);
    this.sqs = new SQSClient(connection);
    this.events = new EventBridgeClient(connection);
    this.database = new RDSDataClient(connection);
    this.dynamoDb = new DynamoDBClient(connection);
    this.tables = DynamoDBDocumentClient.from(this.dynamoDb);
  }

  close(): void {
    for (const client of [this.lambda, this.sqs, this.events, this.database, this.dynamoDb]) client.destroy();
  }

  /** Lets nobody call a function. */
  async stop(service: string): Promise<void> {
    const settings = { FunctionName: this.functionName(service), ReservedConcurrentExecutions: 0 };
    await this.lambda.send(new PutFunctionConcurrencyCommand(settings));
  }

  async letRun(service: string): Promise<void> {
    await this.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: this.functionName(service) }));
  }

  /** Lets a function take messages off its queue, or not. */
  async feed(service: string, Enabled: boolean): Promise<void> {
    const which = { FunctionName: this.functionName(service) };
    const { EventSourceMappings = [] } = await this.lambda.send(new ListEventSourceMappingsCommand(which));
    const UUID = EventSourceMappings[0]?.UUID;
    await this.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
  }

  /** Runs what a schedule runs, and does not wait for it. */
  async run(service: string): Promise<void> {
    await this.lambda.send(
      new InvokeCommand({ FunctionName: this.functionName(service), InvocationType: "Event", Payload: "{}" }),
    );
  }

  /** Calls a function and waits for its answer. */
  async call(service: string): Promise<any> {
    const { Payload } = await this.lambda.send(new InvokeCommand({ FunctionName: this.functionName(service) }));
    return JSON.parse(Payload?.transformToString() ?? "null");
  }

  async purge(queue: string): Promise<void> {
    await this.sqs.send(new PurgeQueueCommand({ QueueUrl: this.output(queue) }));
  }

  async deleteQueue(queue: string): Promise<void> {
    await this.sqs.send(new DeleteQueueCommand({ QueueUrl: this.output(queue) }));
  }

  async send(queue: string, MessageBody: string): Promise<void> {
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.output(queue), MessageBody }));
  }

  async publish({ source, "detail-type": DetailType, detail }: BusEvent): Promise<void> {
    const entry = { EventBusName: this.output("eventBusName"), Source: source, DetailType };
    await this.events.send(new PutEventsCommand({ Entries: [{ ...entry, Detail: JSON.stringify(detail) }] }));
  }

  /** Puts an order into the table past the API, as an import does. */
  async importOrder(order: object): Promise<void> {
    await this.tables.send(new PutCommand({ TableName: this.output("ordersTable"), Item: order }));
  }

  /** A statement in the ledger's database. */
  async sql(sql: string): Promise<void> {
    const cluster = this.shop.pipeline.runtime.resources.find(({ type }) => type === "aws:rds/cluster:Cluster");
    const { arn: resourceArn, masterUserSecrets } = cluster?.outputs as any;
    const { secretArn } = masterUserSecrets[0];
    await this.database.send(new ExecuteStatementCommand({ resourceArn, secretArn, sql }));
  }

  /** An operation of CloudWatch Logs, for which the project has no client. */
  async logs(operation: "CreateLogGroup" | "DeleteLogGroup", logGroupName: string): Promise<void> {
    const credential = "Credential=operator/20260101/eu-central-1/logs/aws4_request";
    const { ok } = await fetch(String(this.shop.outputs.awsEndpoint), {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `Logs_20140328.${operation}`,
        authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify({ logGroupName }),
    });
    if (!ok) throw new Error(`${operation} of ${logGroupName} failed.`);
  }

  /** The role under which a function calls. */
  roleOf(service: string): string {
    const name = this.functionName(service);
    const { resources } = this.shop.pipeline.runtime;
    const isIt = ({ type, outputs }: (typeof resources)[number]) =>
      type === "aws:lambda/function:Function" && outputs["name"] === name;
    return String(resources.find(isIt)?.inputs["role"]);
  }

  private functionName(service: string): string {
    const name = (this.shop.outputs["functionNames"] as Record<string, string>)[service];
    if (name === undefined) throw new Error(`There is no function ${service}.`);
    return name;
  }

  private output(name: string): string {
    return String(this.shop.outputs[name]);
  }
}
