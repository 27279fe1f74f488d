import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import { awsConnection } from "../awsConnection";
import { FunctionCalls } from "../deadLetters/functionCalls";
import type { StackOutputs } from "../stackOutputs";
import { UsageError } from "../terminal";
import type { Facts } from "./compare";

/** Where orders and rows are read from. */
export interface Sources {
  orders(): Promise<readonly Facts[]>;
  rows(): Promise<readonly Facts[]>;
  close(): void;
}

interface Page {
  readonly entries: readonly (readonly [orderId: string, version: number, status: string, amountMinor: number])[];
  readonly after?: string;
}

/**
 * The orders come from their table, the rows through a function of the ledger: nobody outside of its network reaches the
 * database itself. Throws for a stack that has no ledger.
 */
export function openSources(outputs: StackOutputs): Sources {
  const list = outputs["ledgerListFunctionName"];
  if (typeof list !== "string") {
    throw new UsageError("This stack keeps no ledger: set ledger to true, or start with npm start -- --ledger.");
  }
  const database = new DynamoDBClient(awsConnection(outputs));
  const lambda = new LambdaClient(awsConnection(outputs));
  const calls = new FunctionCalls(lambda);
  return {
    async orders() {
      const client = DynamoDBDocumentClient.from(database);
      const facts: Facts[] = [];
      const pages = paginateScan(
        { client },
        {
          TableName: outputs.ordersTable,
          ConsistentRead: true,
          ProjectionExpression: "#orderId, #version, #status, #amountMinor",
          ExpressionAttributeNames: {
            ...{ "#orderId": "orderId", "#version": "version", "#status": "status", "#amountMinor": "amountMinor" },
          },
        },
      );
      for await (const { Items = [] } of pages) facts.push(...(Items as Facts[]));
      return facts;
    },
    async rows() {
      const facts: Facts[] = [];
      let page: Page = { entries: [], after: "" };
      while (page.after !== undefined) {
        page = (await calls.call(list, JSON.stringify({ after: page.after }))) as Page;
        for (const [orderId, version, status, amountMinor] of page.entries) {
          facts.push({ orderId, version, status, amountMinor });
        }
      }
      return facts;
    },
    close() {
      database.destroy();
      lambda.destroy();
    },
  };
}
