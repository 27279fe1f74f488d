import { isFields } from "../operationInput";
import { conditionOf, type Condition } from "./condition";
import { actionPattern, arnPattern, type Fits } from "./pattern";

/** Of an identity, which names resources; of a resource, which names principals; or of a role, for those who assume it. */
export type PolicyKind = "identity" | "resource" | "trust";

/** Patterns of actions or resources, and whether they are those that are meant, or all but those. */
export interface Selection {
  readonly patterns: readonly { readonly text: string; readonly fits: Fits }[];
  readonly inverted: boolean;
}

/** The element Principal. */
export interface Principals {
  readonly everyone: boolean;
  /** Twelve digits each. */
  readonly accounts: readonly string[];
  /** ARNs of roles and sessions. */
  readonly arns: readonly string[];
  /** For example `events.amazonaws.com`. */
  readonly services: readonly string[];
}

/** One statement, ready to be asked. */
export interface PolicyStatement {
  readonly effect: "Allow" | "Deny";
  readonly actions: Selection;
  readonly resources: Selection;
  /** Absent in a policy of an identity. */
  readonly principals?: Principals;
  readonly condition: Condition;
}

const ELEMENTS: Readonly<Record<PolicyKind, readonly string[]>> = {
  identity: ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"],
  resource: ["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
  trust: ["Sid", "Effect", "Principal", "Action", "NotAction", "Condition"],
};

/**
 * Compiles a policy document.
 *
 * @throws Error that names what is wrong, or what has no stand-in
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function compilePolicy(text: string, kind: PolicyKind): readonly PolicyStatement[] {
  const { Version, Statement, Id: _, ...others } = parsed(text);
  if (Object.keys(others).length > 0) throw new Error(`the policy has an unknown element ${Object.keys(others)[0]}`);
  // Without a version the language is that of 2008, in which a variable is plain text.
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") {
    throw new Error(`the policy's Version must be 2012-10-17, not ${JSON.stringify(Version)}`);
  }
  const statements = isFields(Statement) ? [Statement] : Statement;
  if (!Array.isArray(statements) || statements.length === 0) throw new Error("the policy has no Statement");
  return statements.map((statement, index) => {
    try {
      return compileStatement(statement, kind);
    } catch (error) {
      const sid = isFields(statement) && typeof statement["Sid"] === "string" ? statement["Sid"] : `${index + 1}`;
      throw new Error(`statement ${sid} of the policy: ${(error as Error).message}`, { cause: error });
    }
  });
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error("the policy is not JSON");
  }
  if (!isFields(document)) throw new Error("the policy is no JSON object");
  return document;
}

function compileStatement(statement: unknown, kind: PolicyKind): PolicyStatement {
  if (!isFields(statement)) throw new Error("it is no object");
  const unknown = Object.keys(statement).find((element) => !ELEMENTS[kind].includes(element));
  if (unknown !== undefined) throw new Error(`the element ${unknown} has no place in a policy of this kind here`);
  const { Effect: effect } = statement;
  if (effect !== "Allow" && effect !== "Deny") throw new Error(`Effect must be Allow or Deny, not ${String(effect)}`);
  return {
    effect,
    actions: selection(statement, "Action", actionPattern),
    resources: kind === "trust" ? ANY : selection(statement, "Resource", arnPattern),
    ...(kind !== "identity" && { principals: principalsOf(statement["Principal"]) }),
    condition: conditionOf(statement["Condition"]),
  };
}

const ANY: Selection = { patterns: [{ text: "*", fits: () => true }], inverted: false };

function selection(
  statement: Readonly<Record<string, unknown>>,
  element: "Action" | "Resource",
  compile: (pattern: string) => Fits,
): Selection {
  const [plain, not] = [statement[element], statement[`Not${element}`]];
  if ((plain === undefined) === (not === undefined)) throw new Error(`it must have either ${element} or Not${element}`);
  const texts = listed(plain ?? not);
  if (texts.length === 0) throw new Error(`its ${element} is empty`);
  return { patterns: texts.map((text) => ({ text, fits: compile(text) })), inverted: not !== undefined };
}

function principalsOf(element: unknown): Principals {
  if (element === undefined) throw new Error("it has no Principal");
  const none = { everyone: false, accounts: [], arns: [], services: [] };
  if (element === "*") return { ...none, everyone: true };
  if (!isFields(element)) throw new Error("its Principal is neither * nor an object");
  const { AWS, Service, ...others } = element;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new Error(`the local runtime has no stand-in for principals of the kind ${other}`);
  const named = listed(AWS ?? []);
  const accounts = named.map((name) => /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1]);
  return {
    everyone: named.includes("*"),
    accounts: accounts.filter((account) => account !== undefined),
    arns: named.filter((name, index) => name !== "*" && accounts[index] === undefined),
    services: listed(Service ?? []),
  };
}

function listed(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** The pattern by which a text is meant; of an inverted selection, the whole of it. */
export function meant({ patterns, inverted }: Selection, text: string): string | undefined {
  const found = patterns.find(({ fits }) => fits(text));
  if (!inverted) return found?.text;
  return found === undefined ? `not ${patterns.map((pattern) => pattern.text).join(", ")}` : undefined;
}
