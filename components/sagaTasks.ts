import type * as pulumi from "@pulumi/pulumi";
import * as tasks from "../contracts/orderTasks";
import { HandlerFunction, type HandlerFunctionArgs, type Logging } from "./handlerFunction";
import type { InventoryStore } from "./inventoryStore";
import type { OrderStore } from "./orderStore";
import type { PaymentGateway } from "./paymentGateway";
import type { ReceiptStore } from "./receiptStore";

/** What the tasks of the saga work on. */
export interface SagaTasksArgs {
  readonly orders: OrderStore;
  readonly inventory: InventoryStore;
  readonly payments: PaymentGateway;
  readonly receipts: ReceiptStore;
  readonly logging: Logging;
  /** Seconds that an attempt at a task may take, by the task's name. */
  readonly timeoutOf: (taskName: string) => number;
}

/** A function for each task of placing an order, by the task's name. Its role may do what that one task does. */
export function sagaTasks(
  name: string,
  args: SagaTasksArgs,
  opts: pulumi.ComponentResourceOptions,
): Readonly<Record<string, HandlerFunction>> {
  const made = { ...stockTasks(args), ...paymentTasks(args), ...receiptTasks(args), ...endTasks(args) };
  const functions = Object.entries(made).map(([task, does]) => {
    const { logging, timeoutOf } = args;
    const lambda = new HandlerFunction(
      `${name}-${task}`,
      { ...does, service: task, timeoutSeconds: timeoutOf(task), logging },
      opts,
    );
    return [task, lambda] as const;
  });
  return Object.fromEntries(functions);
}

type Does = Pick<HandlerFunctionArgs, "description" | "factory" | "statements">;

function stockTasks({ orders, inventory }: SagaTasksArgs): Record<string, Does> {
  const tables = { ordersTable: orders.tableName, inventoryTable: inventory.tableName };
  const { stockShards } = inventory;
  return {
    [tasks.reserveInventory.name]: {
      description: "Takes the stock of all lines of an order, or of none",
      factory: async () => {
        const { taskEntry } = await import("../handlers/entries/taskEntry.js");
        const { reserveInventory: contract } = await import("../contracts/orderTasks.js");
        const { reserveInventory } = await import("../handlers/reserveInventory.js");
        const { orderLedger } = await import("../handlers/adapters/orderLedger.js");
        const { ordersTable, inventoryTable } = tables;
        const ledger = orderLedger({
          ...{ ordersTable: ordersTable.get(), inventoryTable: inventoryTable.get(), stockShards },
        });
        return taskEntry(contract, reserveInventory({ ledger }));
      },
      statements: [orders.canAdvance(), inventory.canTakeStock()],
    },
    [tasks.releaseInventory.name]: {
      description: "Gives back the stock that an order holds",
      factory: async () => {
        const { taskEntry } = await import("../handlers/entries/taskEntry.js");
        const { releaseInventory: contract } = await import("../contracts/orderTasks.js");
        const { releaseInventory } = await import("../handlers/releaseInventory.js");
        const { orderLedger } = await import("../handlers/adapters/orderLedger.js");
        const { ordersTable, inventoryTable } = tables;
        const ledger = orderLedger({
          ...{ ordersTable: ordersTable.get(), inventoryTable: inventoryTable.get(), stockShards },
        });
        return taskEntry(contract, releaseInventory({ ledger }));
      },
      statements: [orders.canAdvance(), inventory.canGiveStock()],
    },
  };
}

function paymentTasks({ orders, payments }: SagaTasksArgs): Record<string, Does> {
  const ordersTable = orders.tableName;
  const { tableName: paymentsTable, failurePercent, latencyMs } = payments;
  const statements = [orders.canRead(), orders.canAdvance(), payments.canPay()];
  return {
    [tasks.processPayment.name]: {
      description: "Charges an order",
      factory: async () => {
        const { taskEntry } = await import("../handlers/entries/taskEntry.js");
        const { processPayment: contract } = await import("../contracts/orderTasks.js");
        const { processPayment } = await import("../handlers/processPayment.js");
        const { orderLedger } = await import("../handlers/adapters/orderLedger.js");
        const { simulatedPaymentGateway } = await import("../handlers/adapters/simulatedPaymentGateway.js");
        const ledger = orderLedger({ ordersTable: ordersTable.get() });
        const gateway = simulatedPaymentGateway({ paymentsTable: paymentsTable.get(), failurePercent, latencyMs });
        return taskEntry(contract, processPayment({ ledger, payments: gateway }));
      },
      statements,
    },
    [tasks.refundPayment.name]: {
      description: "Refunds an order, or voids a charge that never was",
      factory: async () => {
        const { taskEntry } = await import("../handlers/entries/taskEntry.js");
        const { refundPayment: contract } = await import("../contracts/orderTasks.js");
        const { refundPayment } = await import("../handlers/refundPayment.js");
        const { orderLedger } = await import("../handlers/adapters/orderLedger.js");
        const { simulatedPaymentGateway } = await import("../handlers/adapters/simulatedPaymentGateway.js");
        const ledger = orderLedger({ ordersTable: ordersTable.get() });
        const gateway = simulatedPaymentGateway({ paymentsTable: paymentsTable.get(), failurePercent, latencyMs });
        return taskEntry(contract, refundPayment({ ledger, payments: gateway }));
      },
      statements,
    },
  };
}

function receiptTasks({ orders, receipts }: SagaTasksArgs): Record<string, Does> {
  const ordersTable = orders.tableName;
  const bucket = receipts.bucketName;
  return {
    [tasks.issueReceipt.name]: {
      description: "Makes out the receipt of an order that is paid",
      factory: async () => {
        const { taskEntry } = await import("../handlers/entries/taskEntry.js");
        const { issueReceipt: contract } = await import("../contracts/orderTasks.js");
        const { issueReceipt } = await import("../handlers/issueReceipt.js");
        const { orderLedger } = await import("../handlers/adapters/orderLedger.js");
        const { receiptBucket } = await import("../handlers/adapters/receiptBucket.js");
        const ledger = orderLedger({ ordersTable: ordersTable.get() });
        return taskEntry(contract, issueReceipt({ ledger, receipts: receiptBucket(bucket.get()) }));
      },
      statements: [orders.canRead(), receipts.canIssue()],
    },
    [tasks.voidReceipt.name]: {
      description: "Voids the receipt of an order, and keeps out one that is still on its way",
      factory: async () => {
        const { taskEntry } = await import("../handlers/entries/taskEntry.js");
        const { voidReceipt: contract } = await import("../contracts/orderTasks.js");
        const { voidReceipt } = await import("../handlers/voidReceipt.js");
        const { orderLedger } = await import("../handlers/adapters/orderLedger.js");
        const { receiptBucket } = await import("../handlers/adapters/receiptBucket.js");
        const ledger = orderLedger({ ordersTable: ordersTable.get() });
        return taskEntry(contract, voidReceipt({ ledger, receipts: receiptBucket(bucket.get()) }));
      },
      statements: [orders.canRead(), receipts.canVoid()],
    },
  };
}

function endTasks({ orders }: SagaTasksArgs): Record<string, Does> {
  const ordersTable = orders.tableName;
  return {
    [tasks.confirmOrder.name]: {
      description: "Confirms an order: its good end",
      factory: async () => {
        const { taskEntry } = await import("../handlers/entries/taskEntry.js");
        const { confirmOrder: contract } = await import("../contracts/orderTasks.js");
        const { confirmOrder } = await import("../handlers/confirmOrder.js");
        const { orderLedger } = await import("../handlers/adapters/orderLedger.js");
        return taskEntry(contract, confirmOrder({ ledger: orderLedger({ ordersTable: ordersTable.get() }) }));
      },
      statements: [orders.canAdvance()],
    },
    [tasks.cancelOrder.name]: {
      description: "Raises the fence: nothing of an order moves forward after it",
      factory: async () => {
        const { taskEntry } = await import("../handlers/entries/taskEntry.js");
        const { cancelOrder: contract } = await import("../contracts/orderTasks.js");
        const { cancelOrder } = await import("../handlers/cancelOrder.js");
        const { orderLedger } = await import("../handlers/adapters/orderLedger.js");
        return taskEntry(contract, cancelOrder({ ledger: orderLedger({ ordersTable: ordersTable.get() }) }));
      },
      statements: [orders.canAdvance()],
    },
    [tasks.failOrder.name]: {
      description: "Fails an order of which everything is undone: its bad end",
      factory: async () => {
        const { taskEntry } = await import("../handlers/entries/taskEntry.js");
        const { failOrder: contract } = await import("../contracts/orderTasks.js");
        const { failOrder } = await import("../handlers/failOrder.js");
        const { orderLedger } = await import("../handlers/adapters/orderLedger.js");
        return taskEntry(contract, failOrder({ ledger: orderLedger({ ordersTable: ordersTable.get() }) }));
      },
      statements: [orders.canAdvance()],
    },
  };
}
