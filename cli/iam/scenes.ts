import type { Stage } from "./stage";

/** Something that happens to an order, a request or a deployment, from its beginning to its end. */
export interface Scene {
  readonly name: string;
  /** Rejects when it does not end as it should. */
  play(stage: Stage): Promise<void>;
}

/** What the customers and operators of the pipeline live through; together they use every permission of every role. */
export const SCENES: readonly Scene[] = [
  {
    name: "an order is confirmed, recorded and told",
    async play(stage) {
      const done = ["-orders", "-record-event", "-notify-customer"].map(
        (queue) => [queue, stage.count(queue, "deleted")] as const,
      );
      await stage.ends(await stage.place(), "CONFIRMED");
      await stage.until("all is told", () => done.every(([queue, before]) => stage.count(queue, "deleted") > before));
    },
  },
  {
    name: "an order is sent again when its product is sold no more",
    async play(stage) {
      const key = `again-${performance.now()}`;
      await stage.catalogue("TOUR", "with");
      const first = await stage.place(key, "TOUR");
      await stage.ends(first, "CONFIRMED");
      await stage.catalogue("TOUR", "without");
      if ((await stage.place(key, "TOUR")) !== first) throw new Error("the second is another order");
    },
  },
  {
    name: "a customer asks for everything",
    async play(stage) {
      const id = await stage.place();
      for (const path of [`/orders/${id}`, "/orders?userId=tour", "/orders?status=PENDING", `/orders/${id}/events`]) {
        await stage.look(path);
      }
      for (const path of ["/products", "/products/PROD-001", "/rate-limit"]) await stage.look(path);
    },
  },
  {
    name: "an order that cannot be confirmed is undone",
    async play(stage) {
      stage.faults.set({ seed: 1, rates: { failBefore: 1 }, only: { roles: [stage.roleOf("ConfirmOrder")] } });
      try {
        await stage.ends(await stage.place(), "FAILED");
      } finally {
        stage.faults.clear();
      }
    },
  },
  {
    name: "a receipt is written and its answer lost",
    async play(stage) {
      const only = { roles: [stage.roleOf("IssueReceipt")], action: "s3:PutObject", times: 1 };
      stage.faults.set({ seed: 2, rates: { loseAnswer: 1 }, only });
      try {
        await stage.ends(await stage.place(), "CONFIRMED");
      } finally {
        stage.faults.clear();
      }
    },
  },
  {
    name: "every event comes twice, and is recorded and told once",
    async play(stage) {
      // Events of a confirmed order.
      const waited = [["-record-event", 4] as const, ["-notify-customer", 1] as const].map(
        ([queue, events]) => [queue, stage.count(queue, "received") + events] as const,
      );
      stage.faults.set({ seed: 3, rates: { duplicate: 1 } });
      try {
        await stage.ends(await stage.place(), "CONFIRMED");
        await stage.until("copies", () => waited.every(([queue, once]) => stage.count(queue, "received") > once));
      } finally {
        stage.faults.clear();
      }
    },
  },
  {
    name: "a function dies that was about to tell a customer, and the next one takes the ending over",
    async play(stage) {
      // An ending of an earlier order, still to be told, would be the one that is taken over.
      await stage.quiet();
      const told = stage.count("-notify-customer", "deleted");
      const only = { roles: [stage.roleOf("notifyCustomer")], action: "sns:PublishBatch", moment: "before" } as const;
      stage.faults.set({ seed: 1, rates: { killWorker: 1 }, only: { ...only, times: 1 } });
      try {
        await stage.ends(await stage.place(), "CONFIRMED");
        await stage.until("the ending told", () => stage.count("-notify-customer", "deleted") > told);
      } finally {
        stage.faults.clear();
      }
    },
  },
  {
    name: "an order cannot be carried out at once, and comes back sooner than its timeout",
    async play(stage) {
      // A copy of an earlier order's message would count as a try of this one's.
      await stage.quiet();
      const before = stage.count("-orders", "received");
      const release = stage.away("states");
      try {
        const orderId = await stage.place();
        await stage.until("a second try", () => stage.count("-orders", "received") > before + 1);
        release();
        await stage.ends(orderId, "CONFIRMED");
      } finally {
        release();
      }
    },
  },
  {
    name: "an order's message is lost, and the reconciler queues it again",
    async play(stage) {
      await stage.queueing("off");
      try {
        await stage.ends(await stage.place(), "CONFIRMED");
      } finally {
        await stage.queueing("on");
      }
    },
  },
  {
    name: "the reconciler cannot queue an order, and its run is kept",
    async play(stage) {
      const before = stage.count("-reconcile-failures", "sent");
      await stage.queueing("off");
      const release = stage.away("sqs");
      try {
        const orderId = await stage.place();
        await stage.until("a kept run", () => stage.count("-reconcile-failures", "sent") > before);
        release();
        await stage.queueing("on");
        await stage.ends(orderId, "CONFIRMED");
      } finally {
        release();
        await stage.queueing("on");
      }
    },
  },
  {
    name: "changes cannot be published for an hour, and are kept",
    async play(stage) {
      const before = stage.count("-relay-failures", "sent");
      const release = stage.away("events");
      try {
        await stage.place();
        await stage.until("a kept change", () => stage.count("-relay-failures", "sent") > before);
      } finally {
        release();
      }
    },
  },
  {
    name: "the state machine and the gateway's account are deployed",
    async play({ pipeline: { runtime } }) {
      const kinds = ["aws:sfn/stateMachine:StateMachine", "aws:apigateway/account:Account"];
      for (const resource of runtime.resources) {
        if (kinds.includes(resource.type)) await runtime.deployAgain(resource);
      }
    },
  },
];
