import type { Resource } from "../resource";

/** What the program's process is told before it runs the program. */
export interface ProgramOrder {
  readonly program: string;
  readonly project: string;
  readonly stack: string;
  /** Full keys (`orderflow:currency`) to texts, as Pulumi hands configuration to a program. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** A resource on its way to being registered: all but what the provider answers. */
export type Registration = Omit<Resource, "outputs">;

/** From the program's process to the runtime. */
export type FromProgram =
  | { readonly kind: "register"; readonly ticket: number; readonly registration: Registration }
  | {
      readonly kind: "call";
      readonly ticket: number;
      readonly token: string;
      readonly inputs: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: "done";
      readonly outputs: Readonly<Record<string, unknown>>;
      readonly secretOutputs: readonly string[];
    }
  | { readonly kind: "failed"; readonly message: string };

/** From the runtime to the program's process. */
export type ToProgram =
  | { readonly kind: "run"; readonly order: ProgramOrder }
  | { readonly kind: "answer"; readonly ticket: number; readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly kind: "refusal"; readonly ticket: number; readonly message: string };
