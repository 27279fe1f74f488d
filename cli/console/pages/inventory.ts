import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { InventoryItem } from "../../../console/pages";
import { toDecimal } from "../../../contracts/money";
import type { Product } from "../../../contracts/seedCatalogue";
import { awsConnection } from "../../awsConnection";
import type { StackOutputs } from "../../stackOutputs";
import { Refusal } from "../http/exchange";

const MOST_UNITS = 100_000;

/** The shelf, as an operator sees and fills it. */
export class Inventory {
  private readonly client: DynamoDBClient;
  private readonly table: DynamoDBDocumentClient;

  constructor(
    private readonly outputs: StackOutputs,
    private readonly currency: string,
  ) {
    this.client = new DynamoDBClient(awsConnection(outputs));
    this.table = DynamoDBDocumentClient.from(this.client);
  }

  async list(): Promise<InventoryItem[]> {
    const scan = new ScanCommand({ TableName: this.outputs.inventoryTable, ConsistentRead: true });
    const { Items = [] } = await this.table.send(scan);
    return (Items as Product[])
      .map(({ productId, name, priceMinor, stock, category }) => ({
        ...{ productId, name, stock, category },
        price: toDecimal(priceMinor, this.currency),
      }))
      .sort((a, b) => (a.productId < b.productId ? -1 : 1));
  }

  /** Puts units on the shelf. Throws a refusal for a product that is not there, or a number that makes no sense. */
  async restock(productId: string, units: unknown): Promise<number> {
    if (!(typeof units === "number" && Number.isInteger(units) && units >= 1 && units <= MOST_UNITS)) {
      throw new Refusal(400, `Restock with from 1 to ${MOST_UNITS} units.`);
    }
    const update = new UpdateCommand({
      TableName: this.outputs.inventoryTable,
      Key: { productId },
      UpdateExpression: "ADD #stock :units",
      ConditionExpression: "attribute_exists(#stock)",
      ExpressionAttributeNames: { "#stock": "stock" },
      ExpressionAttributeValues: { ":units": units },
      ReturnValues: "UPDATED_NEW",
    });
    const { Attributes } = await this.table.send(update).catch((error: Error) => {
      if (error.name === "ConditionalCheckFailedException") throw new Refusal(404, `There is no product ${productId}.`);
      throw error;
    });
    return Number(Attributes?.["stock"]);
  }

  close(): void {
    this.client.destroy();
  }
}
