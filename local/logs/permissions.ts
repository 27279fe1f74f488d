import type { Permission } from "../iam/access";
import { firstText } from "../operationInput";
import type { Cloud } from "../resource";
import { logGroupArn } from "./logKinds";

/** Operations on one stream; all others are on a group, or on all. */
const ON_STREAMS = new Set(["PutLogEvents", "CreateLogStream", "GetLogEvents", "DeleteLogStream"]);

/** What IAM asks of a caller: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
export function permissionsOf(operation: string, input: Record<string, unknown>, cloud: Cloud): readonly Permission[] {
  const { logGroupName, logGroupIdentifier, logStreamName } = input;
  const group = firstText(logGroupName, logGroupIdentifier) ?? "";
  const stream = ON_STREAMS.has(operation) ? (firstText(logStreamName) ?? "") : "";
  return [{ action: `logs:${operation}`, resource: streamArn(group, stream, cloud) }];
}

/** As CloudWatch Logs names what is asked for: a stream, or a group by a stream without a name. */
export function streamArn(group: string, stream: string, { region, accountId }: Cloud): string {
  const named = group.startsWith("arn:") ? group.replace(/:\*$/, "") : logGroupArn(region, accountId, group);
  return `${named}:log-stream:${stream}`;
}
