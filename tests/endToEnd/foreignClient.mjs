// A client from outside: an AWS SDK that knows nothing of this project, with only the environment to go by.
import { DynamoDBClient, GetItemCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DescribeStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const [table, orderId, stateMachineArn] = process.argv.slice(2);
const dynamodb = new DynamoDBClient({});
const sqs = new SQSClient({});
const sfn = new SFNClient({});

const { TableNames } = await dynamodb.send(new ListTablesCommand({}));
const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key: { orderId: { S: orderId } } }));
const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "my-own" }));
await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }));
const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
const machine = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
console.log(
  JSON.stringify({
    tables: TableNames,
    status: Item?.status?.S,
    message: Messages?.[0]?.Body,
    machine: [machine.type, machine.status, JSON.parse(machine.definition).StartAt],
  }),
);
