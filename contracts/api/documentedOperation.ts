import { GATEWAY_PROBLEMS, type AnswerHeaderName, type Operation, type Parameter } from "../operations";
import { OTHER_STATUSES, PROBLEM_KINDS, PROBLEM_MEDIA_TYPE, type ProblemKind } from "../problems";
import { schemaReference } from "./documentedSchemas";
import type { Answer } from "./operation";
import { INVALID_QUERY_EXAMPLE, problemExample, problemHeaders } from "./problemExamples";

const JSON_MEDIA_TYPE = "application/json";

/** An operation as the document for people has it. */
export function documentedOperation(operationId: string, operation: Operation): object {
  const { tag, summary, description, parameters, body, access } = operation;
  const content = body && { [JSON_MEDIA_TYPE]: { schema: schemaReference(body.schema), example: body.example } };
  return {
    ...{ operationId, tags: [tag], summary, description },
    security: access === "tenant" ? [{ apiKey: [] }] : [],
    ...(parameters.length > 0 && { parameters: parameters.map(({ name }) => reference("parameters", name)) }),
    ...(content && { requestBody: { required: true, content } }),
    responses: { ...answers(operation), ...refusals(operation) },
  };
}

function answers({ answers, access }: Operation): object {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [status, documentedAnswer(answer, access === "tenant")]),
  );
}

function documentedAnswer({ description, schema, headers = [], example }: Answer, traced: boolean): object {
  const content = schema && { [JSON_MEDIA_TYPE]: { schema: schemaReference(schema), ...(example && { example }) } };
  return { description, ...documentedHeaders(headers, traced), ...(content && { content }) };
}

/** Everything that says no, by status: what the operation refuses itself, and what the gateway does before it. */
function refusals(operation: Operation): object {
  const { problems, access } = operation;
  const kinds = new Set([...problems, ...(access === "tenant" ? GATEWAY_PROBLEMS : [])]);
  const byStatus = new Map<number, ProblemKind[]>();
  for (const kind of kinds) {
    for (const status of [PROBLEM_KINDS[kind][0], ...(OTHER_STATUSES[kind] ?? [])]) {
      byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
    }
  }
  return Object.fromEntries([...byStatus].map(([status, kinds]) => [status, refusal(status, kinds, operation)]));
}

function refusal(status: number, kinds: readonly ProblemKind[], { body }: Operation): object {
  const described = kinds.map((kind) => `\`${kind}\`: ${PROBLEM_KINDS[kind][1]}.`);
  const examples = kinds.map((kind) => {
    if (status !== PROBLEM_KINDS[kind][0]) return [kind, reference("examples", statusless(kind))] as const;
    const name = kind === "invalid-request" && body === undefined ? "invalid-query" : kind;
    return [name, reference("examples", name)] as const;
  });
  return {
    description: described.join("\n\n"),
    ...documentedHeaders(new Set(kinds.flatMap(problemHeaders)), true),
    content: {
      [PROBLEM_MEDIA_TYPE]: { schema: schemaReference("ProblemBody"), examples: Object.fromEntries(examples) },
    },
  };
}

function documentedHeaders(names: Iterable<AnswerHeaderName>, traced: boolean): object {
  const all: AnswerHeaderName[] = [...names, ...(traced ? (["X-Correlation-Id"] as const) : [])];
  if (all.length === 0) return {};
  return { headers: Object.fromEntries(all.map((name) => [name, reference("headers", name)])) };
}

/** The examples that refusals refer to, by kind; those that no operation may answer are left out. */
export function problemExamples(operations: readonly Operation[]): object {
  const kinds = new Set([...GATEWAY_PROBLEMS, ...operations.flatMap(({ problems }) => problems)]);
  const examples = [...kinds].map(
    (kind) => [kind, { summary: PROBLEM_KINDS[kind][1], value: problemExample(kind) }] as const,
  );
  const statuslessExamples = (Object.keys(OTHER_STATUSES) as ProblemKind[]).map((kind) => {
    const { status: _status, ...value } = problemExample(kind);
    return [statusless(kind), { summary: PROBLEM_KINDS[kind][1], value }] as const;
  });
  return {
    ...Object.fromEntries([...examples, ...statuslessExamples]),
    "invalid-query": { summary: PROBLEM_KINDS["invalid-request"][1], value: INVALID_QUERY_EXAMPLE },
  };
}

/** Name of the example of a kind under a status that is not its own. */
function statusless(kind: ProblemKind): string {
  return `${kind}-without-status`;
}

/** The parameters of all operations by their names. Throws when two that differ have the same name. */
export function sharedParameters(operations: readonly Operation[]): Readonly<Record<string, object>> {
  const shared: Record<string, Parameter> = {};
  for (const parameter of operations.flatMap(({ parameters }) => parameters)) {
    const { name } = parameter;
    const other = (shared[name] ??= parameter);
    if (JSON.stringify(other) !== JSON.stringify(parameter)) {
      throw new Error(`Two operations mean different things by the parameter ${name}: give one another name.`);
    }
  }
  return shared;
}

function reference(kind: "parameters" | "headers" | "examples", name: string): { readonly $ref: string } {
  return { $ref: `#/components/${kind}/${name}` };
}
