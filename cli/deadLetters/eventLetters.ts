import {
  ListTargetsByRuleCommand,
  PutEventsCommand,
  type EventBridgeClient,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { FunctionCalls } from "./functionCalls";
import { fieldsOf, textOf, type Description, type Letter, type LetterKind } from "./letter";
import { renderedFor } from "./targetInput";

export interface EventLettersOptions {
  readonly sqs: SQSClient;
  readonly events: EventBridgeClient;
  readonly functions: FunctionCalls;
  readonly queueUrl: string;
}

/**
 * Events that a rule could not deliver to one of its targets. Replaying one delivers it to that target alone, in the
 * form that the rule gives it, because the other targets had it. A target that takes events from rules only (a log
 * group, another bus) or in a form that only a rule can make gets it over the bus, and the others get it twice: they
 * all drop what they have seen, by the event's id in its detail.
 */
export class EventLetters implements LetterKind {
  readonly name = "events";

  constructor(private readonly options: EventLettersOptions) {}

  get queueUrl(): string {
    return this.options.queueUrl;
  }

  async describe(letters: readonly Letter[]): Promise<readonly Description[]> {
    return letters.map(({ body, attributes }) => {
      const event = fieldsOf(body);
      const orderId = textOf((event["detail"] as { orderId?: unknown } | undefined)?.orderId);
      const { ERROR_CODE = "unknown error", ERROR_MESSAGE = "", TARGET_ARN = "its target" } = attributes;
      const type = textOf(event["detail-type"]) ?? "event";
      const reason = `${type} did not reach ${nameIn(TARGET_ARN)}: ${ERROR_CODE} ${ERROR_MESSAGE}`.trimEnd();
      return { ...(orderId !== undefined && { orderId }), reason };
    });
  }

  async details(): Promise<unknown> {
    return undefined;
  }

  async replay({ id, body, attributes }: Letter): Promise<string> {
    const { RULE_ARN, TARGET_ARN } = attributes;
    if (RULE_ARN === undefined || TARGET_ARN === undefined) {
      throw new Error("It does not say which rule could not deliver it, nor to which target.");
    }
    const targets = await this.targetsOf(RULE_ARN, TARGET_ARN);
    const event = fieldsOf(body);
    for (const target of targets) {
      const text = renderedFor(target, event);
      if (text === undefined || !(await this.deliver(TARGET_ARN, text))) {
        await this.putOnBus(event, RULE_ARN);
        return `${id}: the event is on the bus again, for ${nameIn(TARGET_ARN)} and every other target of its rules`;
      }
    }
    return `${id}: the event is delivered to ${nameIn(TARGET_ARN)}`;
  }

  /** A letter names the target's ARN, not its id, and a rule may have one ARN twice: then both get it. */
  private async targetsOf(ruleArn: string, targetArn: string): Promise<Target[]> {
    const { busName, ruleName } = ruleIn(ruleArn);
    const query = new ListTargetsByRuleCommand({ Rule: ruleName, EventBusName: busName });
    const { Targets = [] } = await this.options.events.send(query);
    const found = Targets.filter(({ Arn }) => Arn === targetArn);
    if (found.length === 0) throw new Error(`The rule ${ruleName} has the target ${targetArn} no more.`);
    return found;
  }

  /** Whether this kind of target can be delivered to directly; if so, it was. */
  private async deliver(targetArn: string, text: string): Promise<boolean> {
    const { sqs, functions } = this.options;
    const [, , service, , account, name] = targetArn.split(":");
    if (service === "lambda") {
      await functions.hand(targetArn, text);
      return true;
    }
    if (service !== "sqs") return false;
    const query = new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account });
    const { QueueUrl } = await sqs.send(query);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text }));
    return true;
  }

  private async putOnBus(event: Readonly<Record<string, unknown>>, ruleArn: string): Promise<void> {
    const entry = {
      EventBusName: ruleIn(ruleArn).busName,
      Source: textOf(event["source"]) ?? "",
      DetailType: textOf(event["detail-type"]) ?? "",
      Detail: JSON.stringify(event["detail"] ?? {}),
      Time: new Date(textOf(event["time"]) ?? Date.now()),
    };
    const { Entries = [] } = await this.options.events.send(new PutEventsCommand({ Entries: [entry] }));
    const { ErrorCode, ErrorMessage } = Entries[0] ?? {};
    if (ErrorCode !== undefined) throw new Error(`The bus refused the event: ${ErrorCode}: ${ErrorMessage}`);
  }
}

/** `arn:…:rule/BUS/NAME`, or `arn:…:rule/NAME` for a rule of the default bus. */
function ruleIn(ruleArn: string): { readonly busName: string; readonly ruleName: string } {
  const [first = "", second] = (ruleArn.split(":rule/")[1] ?? "").split("/");
  return second === undefined ? { busName: "default", ruleName: first } : { busName: first, ruleName: second };
}

function nameIn(arn: string): string {
  return arn.split(":").slice(5).join(":") || arn;
}
