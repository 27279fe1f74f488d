import type { Permission } from "../iam/access";
import { firstText } from "../operationInput";

/** What IAM asks of a caller: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
export function permissionsOf(operation: string, input: Record<string, unknown>): readonly [Permission] {
  const { TopicArn, TargetArn, SubscriptionArn } = input;
  const topicOfSubscription =
    typeof SubscriptionArn === "string" ? SubscriptionArn.split(":").slice(0, 6).join(":") : undefined;
  const resource = firstText(TopicArn, TargetArn, topicOfSubscription) ?? "*";
  return [{ action: operation === "PublishBatch" ? "sns:Publish" : `sns:${operation}`, resource }];
}
