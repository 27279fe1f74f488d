import assert from "node:assert/strict";
import { EventBridgeClient, type Target } from "@aws-sdk/client-eventbridge";
import { SQSClient } from "@aws-sdk/client-sqs";
import { EventLetters } from "../../../cli/deadLetters/eventLetters";
import type { FunctionCalls } from "../../../cli/deadLetters/functionCalls";

const RULE_ARN = "arn:aws:events:eu-west-1:000000000000:rule/shop/every-event";
const event = {
  ...{ source: "ordering-system", "detail-type": "OrderPlaced", time: "2026-11-20T10:00:00Z" },
  detail: { orderId: "o-1", eventId: "o-1#4#OrderPlaced" },
};

/** A letter about a rule whose targets are these; and every call that its replay makes. */
function setUp(targetArn: string, targets: Partial<Target>[], refusal?: object) {
  const calls: [string, any][] = [];
  const answers: Record<string, object> = {
    ListTargetsByRuleCommand: { Targets: targets.map((target) => ({ Id: "t", Arn: targetArn, ...target })) },
    GetQueueUrlCommand: { QueueUrl: "https://queue" },
    PutEventsCommand: { Entries: [refusal ?? { EventId: "e" }] },
  };
  const send = async ({ input, constructor }: any) => {
    calls.push([constructor.name, input]);
    return answers[constructor.name] ?? {};
  };
  const sqs = Object.assign(new SQSClient({ region: "eu-west-1" }), { send });
  const events = Object.assign(new EventBridgeClient({ region: "eu-west-1" }), { send });
  const functions = { hand: async (...hand: unknown[]) => void calls.push(["hand", hand]) } as unknown as FunctionCalls;
  const letters = new EventLetters({ sqs, events, functions, queueUrl: "https://undelivered" });
  const attributes = { RULE_ARN, TARGET_ARN: targetArn, ERROR_CODE: "NO_PERMISSIONS", ERROR_MESSAGE: "no" };
  const letter = {
    ...{ id: "m-1", body: JSON.stringify(event), attributes, receives: 1, receiptHandle: "r" },
    ...{ sentMs: 0, firstReceivedMs: 0 },
  };
  return { letters, letter, calls, called: (name: string) => calls.filter(([call]) => call === name) };
}

describe("an undelivered event", () => {
  it("tells its order, its type, the target and the error", async () => {
    const { letters, letter } = setUp("arn:aws:lambda:eu-west-1:000000000000:function:record", []);
    assert.deepEqual(await letters.describe([letter]), [
      { orderId: "o-1", reason: "OrderPlaced did not reach function:record: NO_PERMISSIONS no" },
    ]);
  });

  it("goes to a function as the rule would hand it over", async () => {
    const arn = "arn:aws:lambda:eu-west-1:000000000000:function:record";
    const { letters, letter, calls } = setUp(arn, [{}]);
    await letters.replay(letter);
    assert.deepEqual(calls[0], ["ListTargetsByRuleCommand", { Rule: "every-event", EventBusName: "shop" }]);
    assert.deepEqual(calls.slice(1), [["hand", [arn, JSON.stringify(event)]]]);
  });

  it("goes to each target of the rule that has the ARN", async () => {
    const targets = [{ InputPath: "$.detail" }, { Input: '"again"' }];
    const { letters, letter, called } = setUp("arn:aws:sqs:eu-west-1:000000000000:orders", targets);
    await letters.replay(letter);
    const bodies = called("SendMessageCommand").map(([, { MessageBody }]) => MessageBody);
    assert.deepEqual(bodies, [JSON.stringify(event.detail), '"again"']);
  });

  it("goes over the bus to a target that only rules deliver to", async () => {
    const { letters, letter, called } = setUp("arn:aws:logs:eu-west-1:000000000000:log-group:/aws/events/x", [{}]);
    assert.match(await letters.replay(letter), /^m-1: the event is on the bus again, for log-group:/);
    assert.deepEqual(called("PutEventsCommand")[0]?.[1].Entries, [
      {
        ...{ EventBusName: "shop", Source: "ordering-system", DetailType: "OrderPlaced" },
        ...{ Detail: JSON.stringify(event.detail), Time: new Date(event.time) },
      },
    ]);
  });

  it("stays when the bus refuses it, when the target is gone, and when it does not say where it was going", async () => {
    const refused = setUp("arn:aws:logs:eu-west-1:000000000000:log-group:x", [{}], { ErrorCode: "Throttled" });
    await assert.rejects(refused.letters.replay(refused.letter), /The bus refused the event: Throttled/);
    const gone = setUp("arn:aws:sqs:eu-west-1:000000000000:orders", []);
    await assert.rejects(gone.letters.replay(gone.letter), /The rule every-event has the target .* no more/);
    await assert.rejects(gone.letters.replay({ ...gone.letter, attributes: {} }), /does not say which rule/);
  });
});
