import { problemHeaders } from "../../contracts/api/problemExamples";
import {
  OTHER_STATUSES,
  PROBLEM_KINDS,
  PROBLEM_MEDIA_TYPE,
  problemType,
  type ProblemKind,
} from "../../contracts/problems";
import type { DocumentedApi } from "./documentedApi";
import type { WireAnswer } from "./exchange";

/** The kind of a problem that an answer is, by its type; undefined when it is of none. */
export function kindOf({ body }: Pick<WireAnswer, "body">): ProblemKind | undefined {
  const { type } = parsed(body) as { type?: unknown };
  return (Object.keys(PROBLEM_KINDS) as ProblemKind[]).find((kind) => problemType(kind) === type);
}

/** Everything that keeps an answer which says no from being a good problem document. */
export function problemMistakes(answer: WireAnswer, api: DocumentedApi): readonly string[] {
  const { status, headers, body } = answer;
  const mistakes: string[] = [];
  const mediaType = headers.get("content-type");
  if (mediaType !== PROBLEM_MEDIA_TYPE) mistakes.push(`the content type is ${mediaType ?? "none"}`);
  const problem = parsed(body) as { status?: number; title?: string; correlationId?: string };
  const mistake = api.mistake({ $ref: "#/components/schemas/ProblemBody" }, problem);
  if (mistake !== undefined) mistakes.push(`it is no problem document: ${mistake}`);
  const kind = kindOf(answer);
  if (kind === undefined) return [...mistakes, `its type is unknown: ${body.toString("utf8").slice(0, 200)}`];

  const [own, title] = PROBLEM_KINDS[kind];
  if (!comesUnder(kind, status)) mistakes.push(`${kind} comes under ${status}`);
  if (problem.title !== title) mistakes.push(`${kind} has the title ${String(problem.title)}`);
  // Where the gateway has a kind under several statuses, its document does not say which; that of a function does.
  const isOpen = status !== own || kind in OTHER_STATUSES;
  if (problem.status !== status && !(isOpen && problem.status === undefined))
    mistakes.push(`${kind} says status ${String(problem.status)} in a ${status}`);
  if (problem.correlationId !== headers.get("x-correlation-id"))
    mistakes.push("X-Correlation-Id is another than in the body");
  for (const name of problemHeaders(kind)) {
    if (!headers.has(name.toLowerCase())) mistakes.push(`${kind} comes without ${name}`);
  }
  return mistakes;
}

function comesUnder(kind: ProblemKind, status: number): boolean {
  const [own] = PROBLEM_KINDS[kind];
  if (own === 0) return status >= 400 && status < 500;
  return own === status || (OTHER_STATUSES[kind] ?? []).includes(status);
}

function parsed(body: Buffer): object {
  try {
    return Object(JSON.parse(body.toString("utf8"))) as object;
  } catch {
    return {};
  }
}
