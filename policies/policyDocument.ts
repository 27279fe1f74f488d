import { at, isFields, listAt, parsed, textAt } from "./fields";

/** One statement of an IAM policy, lists made of single values. */
export interface PolicyStatement {
  readonly sid: string;
  readonly allows: boolean;
  /** Empty where the statement has `NotAction`. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Principals as `AWS:arn`, `Service:name` and so on; `*` for everybody. Empty in a policy of an identity. */
  readonly principals: readonly string[];
  /** Operators and keys, for example `ArnLike aws:SourceArn`, and their values. */
  readonly conditions: readonly {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
  }[];
  /** Says what it is not about instead of what it is: `NotAction`, `NotResource`, `NotPrincipal`. */
  readonly negated: readonly string[];
}

/** The statements of a policy document, given as JSON or as an object. */
export function statementsOf(document: unknown): readonly PolicyStatement[] {
  return listAt(parsed(document), "Statement").map((statement) => ({
    sid: textAt(statement, "Sid"),
    allows: textAt(statement, "Effect") === "Allow",
    actions: listAt(statement, "Action").map(String),
    resources: listAt(statement, "Resource").map(String),
    principals: principalsOf(at(statement, "Principal")),
    conditions: conditionsOf(at(statement, "Condition")),
    negated: ["NotAction", "NotResource", "NotPrincipal"].filter((key) => at(statement, key) !== undefined),
  }));
}

/** Whether anybody at all may do what the statement allows: it names everybody, and no condition narrows who it is. */
export function isPublic({ allows, principals, conditions, negated }: PolicyStatement): boolean {
  const everybody = principals.some((principal) => principal === "*") || negated.includes("NotPrincipal");
  const narrowed = conditions.some(
    ({ operator, key, values }) =>
      NARROWING_KEYS.has(key.toLowerCase()) && !/not|null/i.test(operator) && values.every((value) => value !== "*"),
  );
  return allows && everybody && !narrowed;
}

/** Whether the statement denies everything to whoever comes without TLS. */
export function deniesPlainText({ allows, principals, conditions }: PolicyStatement): boolean {
  const plain = conditions.some(
    ({ operator, key, values }) =>
      operator === "Bool" && key.toLowerCase() === "aws:securetransport" && values.includes("false"),
  );
  return !allows && plain && principals.includes("*");
}

/**
 * Keys that tie a caller to an account, an organisation or a resource, as FSBP counts them:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/sqs-controls.html
 */
const NARROWING_KEYS = new Set([
  ...["aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths"],
  ...["aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths"],
  ...["aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip", "aws:userid", "aws:username"],
]);

function principalsOf(principal: unknown): readonly string[] {
  if (typeof principal === "string") return [principal];
  if (!isFields(principal)) return [];
  return Object.keys(principal).flatMap((kind) =>
    listAt(principal, kind).map((who) => (who === "*" ? "*" : `${kind}:${String(who)}`)),
  );
}

function conditionsOf(condition: unknown): PolicyStatement["conditions"] {
  if (!isFields(condition)) return [];
  return Object.entries(condition).flatMap(([operator, tests]) =>
    isFields(tests) ? Object.keys(tests).map((key) => ({ operator, key, values: listAt(tests, key).map(String) })) : [],
  );
}
