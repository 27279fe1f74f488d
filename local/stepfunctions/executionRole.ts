import type { Access, Principal } from "../iam/access";
import type { Feed } from "../feed";
import type { StateMachine } from "./stateMachine";

/** A state machine as the bearer of its role. */
export function actingAs({ roleArn, name }: Pick<StateMachine, "roleArn" | "name">): Principal {
  return { kind: "role", roleArn, session: name.slice(0, 64) };
}

/** What its role needs so that its log is delivered: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy */
const LOGGING = [
  ...["CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries"],
  ...["PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"],
].map((verb) => `logs:${verb}`);

/** What it needs to trace: https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html */
const TRACING = [...["PutTraceSegments", "PutTelemetryRecords", "GetSamplingRules", "GetSamplingTargets"]].map(
  (verb) => `xray:${verb}`,
);

/** Refuses a state machine whose role Step Functions cannot take on, or cannot deliver its log with. */
export function checkRole(machine: StateMachine, logicalName: string, access: Access | undefined): void {
  if (access === undefined) return;
  if (!access.trusts(machine.roleArn, "states.amazonaws.com")) {
    throw new Error(`${logicalName}: states.amazonaws.com is not authorized to assume the role ${machine.roleArn}.`);
  }
  if (machine.logging.level === "OFF") return;
  const principal = actingAs(machine);
  // AWS names all of these as needed, and does not say when it looks for which.
  const missing = LOGGING.filter((action) => access.refusal({ principal, action, resource: "*" }) !== undefined);
  if (missing.length === 0) return;
  const why = `the role may not ${missing.join(", ")}`;
  throw new Error(`${logicalName}: the state machine is not authorized to access the log destination: ${why}.`);
}

/** No segment is made on one machine; but that the role may send them is asked for at each execution, as on AWS. */
export function traced(
  machine: StateMachine,
  { access, feed }: { readonly access?: Access; readonly feed: Feed },
): void {
  if (access === undefined || !machine.traced) return;
  const principal = actingAs(machine);
  const refused = TRACING.filter((action) => access.refusal({ principal, action, resource: "*" }) !== undefined);
  if (refused.length > 0) {
    feed.emit("trouble", { where: machine.name, message: `no trace: the role may not ${refused.join(", ")}` });
  }
}
