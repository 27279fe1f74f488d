import { refusalText, type Access, type Principal } from "../iam/access";

/** What API Gateway asks of the account's role: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html#set-up-access-logging-permissions */
const NEEDED = [
  ...["CreateLogGroup", "CreateLogStream", "DescribeLogGroups", "DescribeLogStreams", "PutLogEvents"],
  ...["GetLogEvents", "FilterLogEvents"],
].map((verb) => `logs:${verb}`);

const actingAs = (roleArn: string): Principal => ({ kind: "role", roleArn, session: "BackplaneAssumeRoleSession" });

/** Refuses a role that API Gateway cannot take on, or that may not do all that it asks for, in its words. */
export function checkLoggingRole(roleArn: string, access: Access): void {
  const principal = actingAs(roleArn);
  const missing = NEEDED.filter((action) => access.refusal({ principal, action, resource: "*" }) !== undefined);
  if (missing.length === 0 && access.trusts(roleArn, "apigateway.amazonaws.com")) return;
  throw new Error(
    "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and " +
      `add the required role policy${missing.length === 0 ? "" : ` (missing: ${missing.join(", ")})`}.`,
  );
}

/** Why the role may not write to a stream, or undefined. */
export function writeRefusal(
  access: Access,
  { roleArn, resource }: { readonly roleArn: string; readonly resource: string },
): string | undefined {
  const request = { principal: actingAs(roleArn), action: "logs:PutLogEvents", resource };
  const refusal = access.refusal(request);
  return refusal === undefined ? undefined : refusalText(request, refusal);
}
