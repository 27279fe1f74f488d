import type { ProblemKind } from "../problems";
import type { AnswerHeaderName } from "./headers";
import type { ApiSchemaName } from "./schemas";

/** Something that a request says beside its body. `schema` is JSON Schema. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description: string;
  readonly schema: object;
  readonly example?: string | number;
}

/** What an operation answers when all is well. */
export interface Answer {
  readonly description: string;
  /** Absent: the answer has no body. */
  readonly schema?: ApiSchemaName;
  readonly headers?: readonly AnswerHeaderName[];
  readonly example?: object;
}

/** One operation of the API; its documents, its gateway and its tests are made of this. */
export interface Operation {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly tag: "Orders" | "Products" | "Service";
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly schema: ApiSchemaName; readonly example: object };
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Kinds that the operation itself may answer; what the gateway may answer to anything comes on top. */
  readonly problems: readonly ProblemKind[];
  /** Whether the caller must have an API key. */
  readonly access: "tenant" | "anyone";
}
