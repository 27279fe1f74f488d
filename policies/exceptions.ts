import type { Exception } from "./exception";

const LOST_WITHOUT_HARM =
  "Its rows count for minutes or weeks: were they lost, tenants would have their whole burst again, or a customer would " +
  "get a second message. Nothing would be restored from it.";

/** What may break a rule, and why. An exception without a reason does not compile; one that excuses nothing is told. */
export const EXCEPTIONS: readonly Exception[] = [
  { rule: "table-can-be-restored", resource: "limits-table", reason: LOST_WITHOUT_HARM },
  { rule: "table-can-be-restored", resource: "notifications-consumed-events", reason: LOST_WITHOUT_HARM },
  {
    ...{ rule: "production-table-refuses-deletion", resource: "limits-table", reason: LOST_WITHOUT_HARM },
    onlySometimes: true,
  },
  {
    ...{ rule: "production-table-refuses-deletion", resource: "notifications-consumed-events" },
    ...{ reason: LOST_WITHOUT_HARM, onlySometimes: true },
  },
  {
    rule: "role-policy-names-its-resources",
    resource: "api-live-logging-policy",
    reason:
      "The one role with which API Gateway logs for all APIs of the account: their groups are not known here, nor there " +
      "yet. A stack whose account has such a role already sets manageApiGatewayAccount to false.",
  },
  {
    rule: "role-policy-names-its-resources",
    resource: "ledger-*",
    reason:
      "A function in a network makes and gives up network interfaces that have no name before they are there; the role " +
      "can do so only as the function, and the network leads nowhere.",
    onlySometimes: true,
  },
  {
    rule: "role-policy-names-its-resources",
    resource: "api-reports-policy",
    reason: "As for the functions of the ledger, in whose network it stands.",
    onlySometimes: true,
  },
  {
    rule: "bucket-logs-access",
    resource: "receipts-bucket",
    reason:
      "Access logs come hours late and may miss requests; who reads receipts is what CloudTrail's data events tell, which " +
      "the account turns on for all of its buckets.",
  },
];
