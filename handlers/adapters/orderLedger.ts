import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import {
  GetCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type UpdateCommandInput,
  type UpdateCommandOutput,
} from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { standing, type LifecycleWrite } from "../../contracts/lifecycle";
import type { Order } from "../../contracts/order";
import { orderOf, type OrderRecord } from "../../contracts/orderRecord";
import type { Ledger, Line, Made, TenantsOrder } from "../ledger";
import { dynamoDb } from "./dynamoDb";
import { reasonCodes, retryContention, type ContentionSettings } from "./contention";
import { lifecycleUpdate, type LifecycleUpdate } from "./lifecycleUpdate";
import { type LackingLine, StockShards } from "./stockShards";
import { giveStock, takeStock } from "./stockUpdates";

export interface OrderLedgerOptions {
  readonly ordersTable: string;
  /** Needed to reserve and to release. */
  readonly inventoryTable?: string;
  /** Over how many items the stock of a product is spread. @default 1 */
  readonly stockShards?: number;
  /** @default the function's own client */
  readonly database?: DynamoDBDocumentClient;
  /** @default the clock of the machine */
  readonly now?: () => Date;
  readonly contention?: ContentionSettings;
}

/** How a write ended. Reserving may also find the stock short. */
type Outcome = Made | "CANCELLED" | "CONFIRMED";

/** The ledger in its table. Each write is one conditional request; those that move stock are one transaction with it. */
export function orderLedger(options: OrderLedgerOptions): Ledger {
  const { ordersTable, inventoryTable, database = dynamoDb(), now = () => new Date(), contention } = options;

  const update = (write: LifecycleWrite, orderId: string, rest: Pick<LifecycleUpdate, "brings" | "tenantId"> = {}) =>
    lifecycleUpdate({ table: ordersTable, orderId, write, at: now(), ...rest });

  const stockTable = (): string => inventoryTable ?? lacksInventory();

  const read = async (orderId: string): Promise<Order> => {
    const { Item } = await database.send(
      new GetCommand({ TableName: ordersTable, Key: { orderId }, ConsistentRead: true }),
    );
    return present(orderId, Item);
  };

  /** A write of the order alone; `done` is what it answers when it was made. */
  const write = <Done>(
    request: UpdateCommandInput,
    { kind, orderId }: { readonly kind: LifecycleWrite; readonly orderId: string },
    done: (answer: UpdateCommandOutput) => Done,
  ) =>
    retryContention(async (): Promise<Done | Exclude<Outcome, "DONE">> => {
      try {
        return done(await database.send(new UpdateCommand(request)));
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return refusal(kind, stored(orderId, error.Item));
      }
    }, contention);

  const advance = (kind: LifecycleWrite, orderId: string, rest?: Pick<LifecycleUpdate, "brings" | "tenantId">) =>
    write(update(kind, orderId, rest), { kind, orderId }, (): Outcome => "DONE");

  /** What the order became comes with the write's answer, and costs nothing more. */
  const confirm = ({ orderId, tenantId }: TenantsOrder, receiptKey: string) => {
    const request = update("confirm", orderId, { brings: { receiptKey }, tenantId });
    return write({ ...request, ReturnValues: "ALL_NEW" }, { kind: "confirm", orderId }, ({ Attributes }) => ({
      confirmed: present(orderId, Attributes),
    }));
  };

  const shelves = (): StockShards =>
    new StockShards({ table: stockTable(), database, shards: options.stockShards ?? 1, contention });

  /** A write of the order together with the stock of its lines. Each stands for the shard that its product is a key of. */
  const move = (write: "reserve" | "release", orderId: string, lines: readonly Line[]) =>
    retryContention(async (): Promise<Outcome | { short: LackingLine[] }> => {
      const change = write === "reserve" ? takeStock : giveStock;
      const stock = lines.map((line) => ({ Update: change(stockTable(), line) }));
      try {
        await database.send(
          new TransactWriteCommand({ TransactItems: [{ Update: update(write, orderId) }, ...stock] }),
        );
        return "DONE";
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const [order, ...stocks] = reasonCodes(error);
        if (order === CONDITION_FAILED) return refusal(write, stored(orderId, error.CancellationReasons?.[0]?.Item));
        // Only when the order's own condition held does a short stock mean anything: else the stock may be the order's own.
        if (order !== "None" || !stocks.includes(CONDITION_FAILED)) throw error;
        return {
          short: lines.flatMap((line, at) =>
            stocks[at] === CONDITION_FAILED ? [{ ...line, name: nameOf(line, error, at + 1) }] : [],
          ),
        };
      }
    }, contention);

  return {
    read,
    reserve: (orderId, lines) =>
      shelves().take(orderId, lines, (sources) => move("reserve", orderId, sources)) as ReturnType<Ledger["reserve"]>,
    release: (orderId, lines) =>
      move("release", orderId, shelves().homes(orderId, lines)) as ReturnType<Ledger["release"]>,
    pay: (orderId, payment) => advance("pay", orderId, { brings: { payment } }) as ReturnType<Ledger["pay"]>,
    refund: (orderId, payment) => advance("refund", orderId, { brings: { payment } }) as ReturnType<Ledger["refund"]>,
    cancel: (orderId, failure) => advance("cancel", orderId, { brings: { failure } }) as ReturnType<Ledger["cancel"]>,
    confirm: (order, receiptKey) => confirm(order, receiptKey) as ReturnType<Ledger["confirm"]>,
    fail: ({ orderId, tenantId }) => advance("fail", orderId, { tenantId }) as ReturnType<Ledger["fail"]>,
  };
}

function lacksInventory(): never {
  throw new Error("This ledger was made without an inventory table.");
}

const CONDITION_FAILED = "ConditionalCheckFailed";

/** What a failed condition means. Throws when the step should not have been asked for. */
function refusal(write: LifecycleWrite, order: Order): Exclude<Outcome, "DONE"> {
  const found = standing(write, order);
  if (found === "DONE") return "ALREADY_DONE";
  if (found === "CANCELLED" || found === "CONFIRMED") return found;
  const { orderId, stage, reserved, payment } = order;
  throw new Error(
    `Order ${orderId} refuses to ${write}: ${JSON.stringify({ stage, reserved, payment: payment?.status })}.`,
  );
}

/** The item of a failed condition comes in DynamoDB's own notation, also through the document client. */
function stored(orderId: string, item: Record<string, AttributeValue> | undefined): Order {
  return present(orderId, item && unmarshall(item));
}

function present(orderId: string, item: Record<string, unknown> | undefined): Order {
  if (item === undefined) throw new Error(`Order ${orderId} does not exist.`);
  return orderOf(item as unknown as OrderRecord);
}

function nameOf({ productId }: Line, { CancellationReasons }: TransactionCanceledException, at: number): string {
  return CancellationReasons?.[at]?.Item?.["name"]?.S ?? productId;
}
