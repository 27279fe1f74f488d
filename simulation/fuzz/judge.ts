import type { DocumentedApi, DocumentedOperation } from "./documentedApi";
import { partsOf, valuesOfHeader, type WireAnswer, type WireRequest } from "./exchange";
import { mustBeRefused, seemsWrongToRefuse } from "./expectations";
import { kindOf, problemMistakes } from "./problemMistakes";

/** What each answer is held against. */
export type Rule =
  | "no fault"
  | "as documented"
  | "problems are documents"
  | "no internals"
  | "readable by browsers"
  | "known callers only"
  | "wrong requests are refused"
  | "right requests are not";

export interface Mistake {
  readonly rule: Rule;
  readonly sentence: string;
}

export interface Judgement {
  /** The operation's id, `preflight`, or `nothing` where the API has no such operation. */
  readonly about: string;
  /** Of a problem. */
  readonly kind?: string;
  readonly mistakes: readonly Mistake[];
}

/** Traces of the inside: stack traces, files, classes of errors, names of AWS resources. */
const INTERNALS = [
  /\bat \S.*:\d+:\d+/,
  /\/var\/task|\/tmp\/|\/home\/|\/root\/|node_modules|node:internal/,
  /\b\w*(?:Exception|TypeError|RangeError|ReferenceError|SyntaxError)\b/,
  /\barn:aws|\bamazonaws\b|\bdynamodb\b|\bECONN/i,
];

/** Holds answers against the API's document, and against what can be told of a request by looking at it. */
export class Judge {
  /** @param absent operations that this very stack is without @param apiKeys values of keys that tenants have */
  constructor(
    private readonly api: DocumentedApi,
    private readonly absent: ReadonlySet<string>,
    private readonly apiKeys: ReadonlySet<string>,
  ) {}

  /** @param isGood whether the request must succeed */
  of(request: WireRequest, isGood: boolean, answer: WireAnswer): Judgement {
    const asked = this.api.at(partsOf(request).path).filter(({ id }) => !this.absent.has(id));
    const operation = asked.find(({ method }) => method === request.method);
    const isPreflight = request.method === "OPTIONS" && asked.length > 0;
    const kind = kindOf(answer);
    const sentences: [Rule, readonly string[]][] = [
      ["no fault", answer.status >= 500 ? [`the answer is ${answer.status}`] : []],
      ["no internals", internalsIn(answer)],
    ];
    // Bytes that ASCII has not are no part of a URI; whether a server takes them is its own affair.
    const isUri = /^[\x21-\x7e]*$/.test(request.target);
    if (!isOfTheFront(answer, isUri ? [413, 431] : [400, 413, 431], request.method)) {
      sentences.push(
        ["readable by browsers", browserMistakes(answer)],
        ["problems are documents", this.refusalMistakes(request, answer)],
        [
          "as documented",
          operation ? documentMistakes(operation, request, answer) : strayMistakes(isPreflight, answer),
        ],
      );
      if (operation) sentences.push(...this.expected(operation, { request, isGood }, answer));
    }
    const about = operation?.id ?? (isPreflight ? "preflight" : "nothing");
    return { about, ...(kind !== undefined && { kind }), mistakes: mistakes(sentences) };
  }

  /** Of the answer to bytes that are no request: an honest refusal, or whatever a lenient reader makes of them. */
  ofBytes(answer: WireAnswer): Judgement {
    const { status, body } = answer;
    const isHonest =
      status < 400 || isOfTheFront(answer, [400, 408, 413, 431]) || problemMistakes(answer, this.api).length === 0;
    return {
      about: "no HTTP",
      mistakes: mistakes([
        ["no fault", status >= 500 ? [`the answer is ${status}`] : []],
        ["no internals", internalsIn(answer)],
        ["problems are documents", isHonest ? [] : [`the answer is ${status} ${body.toString("utf8").slice(0, 200)}`]],
      ]),
    };
  }

  private refusalMistakes({ method }: WireRequest, answer: WireAnswer): readonly string[] {
    if (answer.status < 400) return [];
    // HEAD has no body that could say anything.
    if (method === "HEAD") return answer.body.length === 0 ? [] : ["HEAD has a body"];
    return problemMistakes(answer, this.api);
  }

  private expected(
    operation: DocumentedOperation,
    { request, isGood }: { readonly request: WireRequest; readonly isGood: boolean },
    answer: WireAnswer,
  ): [Rule, readonly string[]][] {
    const { status } = answer;
    const succeeded = status < 400;
    const keys = valuesOfHeader(request, "x-api-key");
    // Which of two keys counts is not said anywhere.
    const isStranger = operation.isForTenants && keys.length < 2 && !this.apiKeys.has(keys[0] ?? "");
    const reason = mustBeRefused(operation, request);
    return [
      ["known callers only", isStranger && succeeded ? [`${operation.id} answers ${status} to a stranger`] : []],
      [
        "wrong requests are refused",
        reason !== undefined && succeeded ? [`${operation.id} takes it, though ${reason}`] : [],
      ],
      ["right requests are not", rightRefused(operation, { request, isGood }, answer)],
    ];
  }
}

/** Reasons to refuse a right request: limits, and idempotency keys, which are drawn as well, short ones more than once. */
const BESIDE_THE_POINT = new Set(["idempotency-key-reused", "rate-limited", "too-many-requests", "quota-exceeded"]);

function rightRefused(
  operation: DocumentedOperation,
  { request, isGood }: { readonly request: WireRequest; readonly isGood: boolean },
  answer: WireAnswer,
): string[] {
  const said = `${operation.id} answers ${answer.status} ${answer.body.toString("utf8").slice(0, 300)}`;
  const kind = kindOf(answer);
  if (isGood && answer.status >= 400 && !BESIDE_THE_POINT.has(kind ?? "")) return [said];
  const wrongly = kind === "invalid-request" && seemsWrongToRefuse(operation, request);
  return wrongly ? [`${said}, though the document allows it`] : [];
}

/**
 * What stands before all APIs refuses by itself what is no HTTP, and what is too large; no API can change how
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html of 413).
 */
function isOfTheFront({ status, headers, body }: WireAnswer, statuses: readonly number[], method = "GET"): boolean {
  const isOne = statuses.includes(status) && headers.get("content-type") === "application/json";
  return isOne && (method === "HEAD" ? body.length === 0 : /^\{"message":"[\w ]+"\}$/.test(body.toString("utf8")));
}

function documentMistakes(operation: DocumentedOperation, request: WireRequest, answer: WireAnswer): readonly string[] {
  const kind = kindOf(answer);
  if (kind === "refused") return [];
  const documented = operation.mistakesIn(answer);
  const kinds = operation.kindsOf(answer.status);
  const isStrange = kind !== undefined && documented.length === 0 && !kinds.includes(kind);
  return [
    ...documented,
    ...(isStrange ? [`${operation.id} ${answer.status}: ${kind} is not among ${kinds.join(", ")}`] : []),
    ...placeMistakes(operation, answer),
    ...correlationMistakes(operation, request, answer),
  ];
}

/** An accepted order says where it is. */
function placeMistakes({ id }: DocumentedOperation, { status, headers, body }: WireAnswer): string[] {
  if (id !== "createOrder" || status !== 201) return [];
  const { orderId } = JSON.parse(body.toString("utf8")) as { orderId?: string };
  const place = headers.get("location");
  return place === `/orders/${orderId}` ? [] : [`order ${orderId} says that it is at ${place}`];
}

/** A usable id of the caller's own comes back with everything that a function answers. */
function correlationMistakes(
  { isForTenants }: DocumentedOperation,
  request: WireRequest,
  answer: WireAnswer,
): string[] {
  const [own = "", ...others] = valuesOfHeader(request, "x-correlation-id");
  if (!isForTenants || answer.status >= 400 || others.length > 0 || !/^[A-Za-z0-9._-]{1,128}$/.test(own)) return [];
  const given = answer.headers.get("x-correlation-id");
  return given === own ? [] : [`X-Correlation-Id was ${own} and is ${given}`];
}

/** Where there is no operation there is a 404 that says so; a preflight is answered, or its media type refused. */
function strayMistakes(isPreflight: boolean, answer: WireAnswer): string[] {
  const { status, body } = answer;
  if (isPreflight && status === 204) return body.length === 0 ? [] : ["a preflight's answer has a body"];
  if (isPreflight && (status === 415 || status === 429)) return [];
  // Refusals of HEAD have no body; their status must do.
  if (body.length === 0 && (status === 404 || status === 431)) return [];
  const isNone = status === 404 && kindOf(answer) === "no-such-operation";
  return isNone || kindOf(answer) === "refused" ? [] : [`${status} is answered where there is no operation`];
}

function browserMistakes({ headers }: WireAnswer): string[] {
  const origin = headers.get("access-control-allow-origin");
  return origin === "*" ? [] : [`Access-Control-Allow-Origin is ${origin ?? "missing"}`];
}

function internalsIn({ body }: WireAnswer): string[] {
  const text = body.toString("utf8");
  return INTERNALS.flatMap((trace) => {
    const found = trace.exec(text)?.[0];
    return found === undefined ? [] : [`the body tells of the inside: ${found.slice(0, 200)}`];
  });
}

function mistakes(sentences: readonly (readonly [Rule, readonly string[]])[]): Mistake[] {
  return sentences.flatMap(([rule, found]) => found.map((sentence) => ({ rule, sentence })));
}
