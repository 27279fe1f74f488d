import type { Access, Principal } from "../iam/access";
import type { Feed } from "../feed";
import type { FunctionSettings } from "./functionKind";
import { refusal, type Declared } from "./readInputs";

/** A function as the bearer of its role. */
export function actingAs({ roleArn, name }: Pick<FunctionSettings, "roleArn" | "name">): Principal {
  return { kind: "role", roleArn, session: name };
}

/** What Lambda does with a function's role when the function stands in a network, while it makes and removes interfaces. */
const INTERFACES = [
  ...["CreateNetworkInterface", "DescribeNetworkInterfaces", "DescribeSubnets", "DeleteNetworkInterface"],
  ...["AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"],
];

/** What it does while it traces: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html */
const TRACING = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];

/**
 * Refuses a function whose role Lambda cannot take on, or cannot work with, in the words of CreateFunction. It does not
 * look for everything that the function will need.
 */
export function checkRole(settings: FunctionSettings, declared: Declared, access: Access | undefined): void {
  if (access === undefined) return;
  const { roleArn, deadLetterQueueArn, traced: isTraced, inNetwork } = settings;
  const role = actingAs(settings);
  const check = (action: string, resource: string, service: string): void => {
    if (access.wouldRefuse({ principal: role, action, resource }) === undefined) return;
    const verb = action.split(":")[1] ?? action;
    throw refusal(declared, `the provided execution role does not have permissions to call ${verb} on ${service}`);
  };
  if (!access.trusts(roleArn, "lambda.amazonaws.com")) {
    throw refusal(declared, "the role defined for the function cannot be assumed by Lambda");
  }
  if (deadLetterQueueArn !== undefined) check("sqs:SendMessage", deadLetterQueueArn, "SQS");
  if (isTraced) check("xray:PutTraceSegments", "*", "XRAY");
  if (!inNetwork) return;
  for (const verb of INTERFACES) {
    check(`ec2:${verb}`, "*", "EC2");
    access.refusal({ principal: role, action: `ec2:${verb}`, resource: "*" });
  }
}

/** No segment is made on one machine; but that the role may send them is asked for at each invocation, as on AWS. */
export function traced(
  { access, feed }: { readonly access?: Access | undefined; readonly feed: Feed },
  settings: FunctionSettings,
): void {
  if (access === undefined || !settings.traced) return;
  const principal = actingAs(settings);
  const refused = TRACING.filter((action) => access.refusal({ principal, action, resource: "*" }) !== undefined);
  if (refused.length > 0) {
    feed.emit("trouble", { where: settings.name, message: `no trace: the role may not ${refused.join(", ")}` });
  }
}
