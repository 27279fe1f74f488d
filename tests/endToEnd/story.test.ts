import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchClient, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { alarms } from "../../cli/alarms/command";
import { awsConnection } from "../../cli/awsConnection";
import { MailFiles } from "../../cli/inbox/mailFiles";
import { logs } from "../../cli/logs/command";
import { order } from "../../cli/order/command";
import { writeOutputs } from "../../cli/stackOutputs";
import type { Terminal } from "../../cli/terminal";
import { Shop } from "./shop";

const ONE_KEYBOARD = { userId: "user-1", items: [{ productId: "PROD-002", qty: 1 }] };
/** The turntable is sold out. */
const OUT_OF_STOCK = { userId: "user-2", items: [{ productId: "PROD-011", qty: 1 }] };

describe("what operators ask a running pipeline", function () {
  this.timeout(120_000);
  let shop: Shop;
  let confirmed: string;
  let failed: string;
  const folder = mkdtempSync(join(tmpdir(), "story-"));
  const outputs = join(folder, "outputs.json");

  before(async () => {
    shop = await Shop.open({ speed: 20 });
    writeOutputs(outputs, shop.outputs);
    const mails = new MailFiles(join(folder, "inbox"));
    const told: (string | undefined)[] = [];
    shop.pipeline.runtime.feed.on("mail", (mail) => {
      mails.add(mail);
      told.push(mail.attributes["orderId"]);
    });
    confirmed = await shop.accepted(ONE_KEYBOARD, { "x-correlation-id": "corr-story" });
    failed = await shop.accepted(OUT_OF_STOCK);
    await shop.until("both customers are told", () => [confirmed, failed].every((id) => told.includes(id)), 60_000);
    const recorded = async () => (await run(order, failed)).said.includes("failed");
    await shop.until("the trail has both ends", recorded, 60_000);
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await shop.close();
  });

  /** Runs a command as somebody would who types it. */
  const run = async (command: (args: string[], terminal: Terminal) => Promise<number>, ...args: string[]) => {
    const [said, complained]: [string[], string[]] = [[], []];
    const terminal = { say: (text: string) => said.push(text), complain: (text: string) => complained.push(text) };
    const code = await command([...args, "--outputs", outputs], terminal);
    return { code, said: said.join("\n"), complained: complained.join("\n") };
  };
  const json = async (...args: Parameters<typeof run>): Promise<any> => {
    const { said, complained } = await run(...args, "--json");
    assert.equal(complained, "");
    return JSON.parse(said);
  };

  describe("npm run logs", () => {
    it("has every line of an order, from its request to its message, in time order", async () => {
      const lines: any[] = await json(logs, "--order", confirmed);
      const functions = lines.map((line) => line.function);
      const steps = ["ReserveInventory", "ProcessPayment", "IssueReceipt", "ConfirmOrder"];
      for (const name of ["createOrder", ...steps, "processOrder", "notifyCustomer"]) {
        assert.ok(functions.includes(name), `${name} is not among ${functions.join(", ")}`);
      }
      assert.ok(lines.every(({ keys }) => keys.orderId === confirmed));
      const times = lines.map(({ at }) => Date.parse(at));
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
    });

    it("has them by correlation id as well, and as text", async () => {
      const { code, said } = await run(logs, "--correlation", "corr-story", "--since", "1h");
      assert.equal(code, 0);
      assert.match(
        said,
        /^[\d-]{10} [\d:.]{12} {2}createOrder +INFO {3}Answered a request\..* method=POST .*status=201/m,
      );
      assert.match(said, /processOrder +INFO {3}The saga ended\./);
    });

    it("leaves out what is less bad than asked for, and says when nothing is left", async () => {
      const { code, said } = await run(logs, "--order", confirmed, "--level", "ERROR");
      assert.equal(code, 0);
      assert.match(said, /^No line of level ERROR or worse of orderId \S+ since 20.*--since 7d looks further back\.$/);
      // Lambda's own line of a rejection that a task threw.
      const thrown = await run(logs, "--function", "ReserveInventory", "--level", "ERROR");
      assert.match(thrown.said, /ReserveInventory +ERROR .*OutOfStock.*Not enough/);
      const unknown = await run(logs, "--function", "reserve");
      assert.deepEqual(
        [unknown.code, /has no function reserve; it has .*ReserveInventory/.test(unknown.complained)],
        [2, true],
      );
      assert.match((await run(logs, "--order", "nobody")).said, /^No line of orderId nobody since/);
    });
  });

  describe("npm run order -- ID --story", () => {
    it("tells a confirmed order whole: trail, lines, states with their data, message, receipt", async () => {
      const { code, said, complained } = await run(order, confirmed, "--story");
      assert.deepEqual([code, complained], [0, ""]);
      const inOrder = [
        /trail +accepted \(OrderCreated, version 1\)/,
        /saga 1 +execution began/,
        /saga 1 +ProcessPayment entered/,
        /saga 1 +ProcessPayment exited .*\n +output \{"transactionId":/,
        /saga 1 +execution SUCCEEDED .*\n +output \{"outcome":"COMPLETED"\}/,
        /customer +Your order is confirmed .*\.eml\)/,
        /receipt +ISSUED, s3:\/\/\S+\/receipts\/\S+\.json/,
        /dead letters +none/,
      ];
      const places = inOrder.map((pattern) => said.search(pattern));
      assert.ok(!places.includes(-1), `${String(inOrder[places.indexOf(-1)])} is not in\n${said}`);
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
      );
      assert.match(said, /inbox +mail to customers@shop\.example/);
      assert.doesNotMatch(said, /sagaLog/);
    });

    it("tells what went wrong with a failed one, and which dead letters name it", async () => {
      const sqs = new SQSClient(awsConnection(shop.outputs));
      const QueueUrl = shop.outputs.deadLetterQueueUrl;
      const { MessageId } = await sqs.send(
        new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ orderId: failed }) }),
      );
      sqs.destroy();
      const story = await json(order, failed, "--story");
      assert.deepEqual(
        story.deadLetters.map(({ queue, id }: any) => [queue, id]),
        [["orders", MessageId]],
      );
      const [execution] = story.executions;
      assert.deepEqual(
        execution.states.map(({ name }: any) => name).filter((name: string) => /^[A-Z][A-Za-z]+Order$/.test(name)),
        ["CancelOrder", "FailOrder"],
      );
      assert.equal(execution.states[0].attempts[0].error, "OutOfStock");
      assert.deepEqual(execution.output, { outcome: "OUT_OF_STOCK" });
      assert.equal(story.receipt, undefined);
      assert.deepEqual(story.unread, []);
    });

    it("says of an order that nobody knows what the other views say", async () => {
      const { code, complained } = await run(order, "nobody", "--story");
      assert.equal(code, 1);
      assert.match(complained, /^There is no order nobody\./);
    });
  });

  describe("npm run alarms", () => {
    it("lists all alarms, and exits with 1 when one is on, which it puts first", async () => {
      const names: string[] = Object.keys(shop.outputs["alarmNames"] as object);
      const all: any[] = await json(alarms);
      assert.deepEqual(
        names.filter((name) => !all.some((alarm) => alarm.name === name)),
        [],
      );
      const AlarmName = (shop.outputs["alarmNames"] as Record<string, string>)["relay-age"];
      const cloudWatch = new CloudWatchClient(awsConnection(shop.outputs));
      const on = { AlarmName, StateValue: "ALARM", StateReason: "Somebody set it on." } as const;
      // The alarm comes off by itself with the next full minute.
      await shop.until("the alarm is on", async () => {
        await cloudWatch.send(new SetAlarmStateCommand(on));
        const { code, said } = await run(alarms);
        const lines = said.split("\n");
        const first = lines.findIndex((line) => line.includes(" relay-age "));
        return code === 1 && /^ALARM .*Somebody set it on\.$/.test(lines[first] ?? "") && !/^OK/.test(lines[1] ?? "OK");
      });
      cloudWatch.destroy();
    });

    it("shows one with what it watches and its history, by either of its names", async () => {
      const { said } = await run(alarms, "relay-age");
      assert.match(said, /^Alarm relay-age\n/);
      assert.match(said, /watches .*IteratorAge.*\n +goes off +above \d+,/);
      assert.match(said, /Alarm updated from \w+ to ALARM/);
      const { alarmName } = await json(alarms, "relay-age");
      assert.equal((await json(alarms, alarmName)).name, "relay-age");
      const composite = await run(alarms, "orders-not-flowing");
      assert.match(composite.said, /watches +ALARM\("\S+-order-queue-age"\) OR/);
    });

    it("has the history of all, and names the alarms there are when asked for another", async () => {
      const happened: any[] = await json(alarms, "--history");
      assert.ok(happened.some(({ name, summary }) => name === "relay-age" && / to ALARM$/.test(summary)));
      const { code, complained } = await run(alarms, "no-such");
      assert.equal(code, 2);
      assert.match(complained, /^The stack has no alarm no-such; it has .*relay-age/);
    });
  });
});
