import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020";
import { apiDocument, type ApiDocument } from "../../contracts/api/document";
import type { WireAnswer } from "./exchange";

/** JSON Schema 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface DocumentedParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: JsonSchema;
}

interface Reference {
  readonly $ref: string;
}

interface DocumentedResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Reference>>;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

interface OperationObject {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly Reference[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

/** The API's document (OpenAPI 3.1), to hold requests and answers against. Made for the document of contracts/api. */
export class DocumentedApi {
  readonly operations: readonly DocumentedOperation[];
  private readonly document: ApiDocument;
  private readonly ajv = new Ajv2020({ strict: false, strictNumbers: true });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(document: ApiDocument = apiDocument()) {
    this.document = JSON.parse(JSON.stringify(document)) as ApiDocument;
    this.ajv.addSchema(this.document, "api", undefined, false);
    const paths = this.document["paths"] as Record<string, Record<string, OperationObject>>;
    this.operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(
        ([method, operation]) => new DocumentedOperation(this, { method: method.toUpperCase(), path }, operation),
      ),
    );
  }

  named(id: string): DocumentedOperation {
    const found = this.operations.find((operation) => operation.id === id);
    if (found === undefined) throw new Error(`The document has no operation ${id}.`);
    return found;
  }

  /** What a path (percent-encoded, without the query) may be asked for; one slash at its end does not matter. */
  at(path: string): readonly DocumentedOperation[] {
    return this.operations.filter((operation) => fits(operation.path, path));
  }

  /** What is wrong with a value by a schema of the document; undefined when nothing is. */
  mistake(schema: JsonSchema, value: unknown): string | undefined {
    const key = JSON.stringify(schema);
    let validate = this.validators.get(key);
    if (validate === undefined) {
      const { $ref } = schema;
      validate = this.ajv.compile(typeof $ref === "string" ? { $ref: `api${$ref}` } : schema);
      this.validators.set(key, validate);
    }
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath || "the whole"} ${error?.message ?? "does not fit"}`;
  }

  /** A schema, or the one that it refers to. */
  resolved<Part extends object>(part: Part | Reference): Part {
    if (!("$ref" in part)) return part;
    const names = String(part.$ref).slice(2).split("/");
    const found = names.reduce<unknown>((within, name) => (within as Record<string, unknown>)[name], this.document);
    return found as Part;
  }
}

/** One operation of the document. */
export class DocumentedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Whether callers must have an API key. */
  readonly isForTenants: boolean;
  readonly parameters: readonly DocumentedParameter[];
  readonly bodySchema: JsonSchema | undefined;
  readonly statuses: readonly number[];
  private readonly responses: OperationObject["responses"];

  constructor(
    private readonly api: DocumentedApi,
    { method, path }: { readonly method: string; readonly path: string },
    operation: OperationObject,
  ) {
    this.id = operation.operationId;
    this.method = method;
    this.path = path;
    this.isForTenants = operation.security.length > 0;
    this.parameters = (operation.parameters ?? []).map((parameter) => api.resolved<DocumentedParameter>(parameter));
    this.bodySchema = operation.requestBody?.content["application/json"]?.schema;
    this.responses = operation.responses;
    this.statuses = Object.keys(operation.responses).map(Number);
  }

  /** Kinds of problems that are documented under a status; none for an answer that says yes. */
  kindsOf(status: number): readonly string[] {
    const { description = "" } = this.responses[status] ?? {};
    return status < 400 ? [] : [...description.matchAll(/`([a-z-]+)`: /g)].map(([, kind = ""]) => kind);
  }

  /** Everything in an answer that is not as the document has it: status, media type, body, headers. */
  mistakesIn(answer: WireAnswer): readonly string[] {
    const response = this.responses[answer.status];
    if (response === undefined) return [`${this.id} answers ${answer.status}, which is not documented`];
    const mistakes = [...this.bodyMistakes(answer, response), ...this.headerMistakes(answer, response)];
    return mistakes.map((mistake) => `${this.id} ${answer.status}: ${mistake}`);
  }

  /** Whether a query, decoded, is as the document has it: nothing unknown, nothing twice, all that is required. */
  fitsQuery(query: readonly (readonly [name: string, value: string])[]): boolean {
    const declared = this.parameters.filter(({ in: where }) => where === "query");
    const names = query.map(([name]) => name);
    if (new Set(names).size < names.length) return false;
    if (declared.some(({ name, required }) => required && !names.includes(name))) return false;
    return query.every(([name, value]) => {
      const parameter = declared.find((one) => one.name === name);
      return parameter !== undefined && this.api.mistake(parameter.schema, read(value, parameter.schema)) === undefined;
    });
  }

  /** Whether a value may be the body. */
  fitsBody(value: unknown): boolean {
    return this.bodySchema !== undefined && this.api.mistake(this.bodySchema, value) === undefined;
  }

  private bodyMistakes({ headers, body }: WireAnswer, { content }: DocumentedResponse): string[] {
    if (content === undefined) return body.length === 0 ? [] : ["there is a body, and none is documented"];
    const mediaType = headers.get("content-type") ?? "none";
    const schema = content[mediaType]?.schema;
    if (schema === undefined) return [`the content type is ${mediaType}, not ${Object.keys(content).join(" or ")}`];
    try {
      const mistake = this.api.mistake(schema, JSON.parse(body.toString("utf8")));
      return mistake === undefined ? [] : [`in the body, ${mistake}`];
    } catch {
      return ["the body is not JSON"];
    }
  }

  private headerMistakes({ headers, status }: WireAnswer, response: DocumentedResponse): string[] {
    return Object.entries(response.headers ?? {}).flatMap(([name, reference]) => {
      const { schema } = this.api.resolved<{ schema: JsonSchema }>(reference);
      const value = headers.get(name.toLowerCase());
      // Which headers a problem has depends on its kind.
      const isOptional = status >= 400 || NOT_ALWAYS.has(name) || NOT_ALWAYS.has(`${status} ${name}`);
      if (value === undefined) return isOptional ? [] : [`the header ${name} is missing`];
      const mistake = this.api.mistake(schema, read(value, schema));
      return mistake === undefined ? [] : [`the header ${name} is ${value}: ${mistake}`];
    });
  }
}

/** Of headers, or of headers of one status. While a tenant's limit cannot be looked up, orders are taken without a word of it. */
const NOT_ALWAYS = new Set([
  "Idempotency-Replayed",
  ...["201 RateLimit-Limit", "201 RateLimit-Remaining", "201 RateLimit-Reset"],
]);

/** A text as its schema means it. */
function read(text: string, { type }: JsonSchema): unknown {
  return type === "integer" && /^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : text;
}

function fits(template: string, path: string): boolean {
  const expected = template.slice(1).split("/");
  const given = path.replace(/^\//, "").replace(/\/$/, "").split("/");
  return (
    path.startsWith("/") &&
    given.length === expected.length &&
    expected.every((part, at) => (part.startsWith("{") ? given[at] !== "" : part === decoded(given[at] ?? "")))
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
