import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { describe, it } from "mocha";
import { EVENT_DOCS_FOLDER, eventDocs } from "../../cli/eventDocs";
import { EVENT_SOURCE, EVENT_TYPES, type OrderEvent } from "../../contracts/events";
import { eventsOf } from "../../contracts/eventsOf";
import type { Order } from "../../contracts/order";
import { anOrder, captured, outOfStock, refunded } from "../contracts/anOrder";

const ajv = addFormats(new Ajv2020({ strict: true, allErrors: true }));
const schemaOf = (type: string): object =>
  JSON.parse(readFileSync(join(EVENT_DOCS_FOLDER, `${type}.json`), "utf8")) as object;

const received = anOrder();
const reserved: Order = { ...received, stage: "INVENTORY_RESERVED", reserved: true, version: 2 };
const paid: Order = { ...reserved, stage: "PAYMENT_PROCESSED", payment: captured, version: 3 };
const receiptKey = "receipts/2026/11/order-1.json";
const confirmed: Order = { ...paid, status: "CONFIRMED", stage: "CONFIRMED", receiptKey, version: 4 };
const failure = { step: "ConfirmOrder", code: "TECHNICAL_FAULT", reason: "Something failed." } as const;
const declined = { step: "ProcessPayment", code: "PAYMENT_DECLINED", reason: "Declined." } as const;
const cancelling: Order = { ...paid, stage: "CANCELLING", failure, version: 4 };
const undone: Order = { ...cancelling, payment: refunded, reserved: false, version: 5 };
const failed: Order = { ...undone, status: "FAILED", stage: "FAILED", version: 6 };

/** Every change of orders that end in all ways. */
const CHANGES: readonly (readonly [Order | undefined, Order])[] = [
  [undefined, received],
  [received, reserved],
  [reserved, paid],
  [paid, confirmed],
  [received, { ...received, stage: "CANCELLING", failure: outOfStock, version: 2 }],
  [reserved, { ...reserved, stage: "CANCELLING", failure: declined, version: 3 }],
  [cancelling, undone],
  [undone, failed],
];

const EVENTS = CHANGES.flatMap(([before, after]) => eventsOf({ ...(before && { before }), after }));

const delivered = ({ type, detail }: OrderEvent): Record<string, unknown> => ({
  ...{ version: "0", id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", account: "123456789012", region: "eu-central-1" },
  ...{ source: EVENT_SOURCE, "detail-type": type, time: "2026-11-20T10:00:00Z", resources: [], detail },
});

describe("the documents of the events", () => {
  it("are fresh (npm run events)", () => {
    const docs = eventDocs();
    assert.deepEqual(readdirSync(EVENT_DOCS_FOLDER).sort(), [...docs.keys()].sort());
    for (const [name, text] of docs) assert.equal(readFileSync(join(EVENT_DOCS_FOLDER, name), "utf8"), text);
  });

  for (const type of EVENT_TYPES) {
    describe(type, () => {
      const own = EVENTS.filter((event) => event.type === type);
      const holds = ajv.compile(schemaOf(type));

      it("is what an order really tells", () => {
        assert.notEqual(own.length, 0);
        for (const event of own) assert.ok(holds(delivered(event)), JSON.stringify(holds.errors));
      });

      it("has each of the fields that its schema requires, and may have others", () => {
        const [event] = own as [OrderEvent];
        for (const field of (schemaOf(type) as any).properties.detail.required as string[]) {
          const { [field]: _left, ...rest } = event.detail as unknown as Record<string, unknown>;
          assert.equal(holds(delivered({ ...event, detail: rest } as unknown as OrderEvent)), false, field);
        }
        const more = { ...event, detail: { ...event.detail, later: true } };
        assert.ok(holds(delivered(more as OrderEvent)));
      });
    });
  }
});
