import type { ChildProcess } from "node:child_process";
import type { Resource } from "../resource";
import type { FromProgram, ProgramOrder, Registration, ToProgram } from "./messages";
import { ProgramProcess } from "./programProcess";

type Fields = Readonly<Record<string, unknown>>;

/** How the runtime answers for the cloud while the program runs. Both throw an error to refuse. */
export interface Provider {
  outputs(registration: Registration): Fields;
  call(token: string, inputs: Fields): Fields;
}

export interface RunOptions {
  /** Told of each resource when it is registered, while the program goes on. */
  readonly registered?: (resource: Resource) => void;
  /** Ends the program when aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** What a program left behind. */
export interface ProgramResult {
  /** In the order in which they were registered: a resource comes after all that it depends on. */
  readonly resources: readonly Resource[];
  readonly outputs: Fields;
  /** Names of the outputs that hold a secret. */
  readonly secretOutputs: readonly string[];
}

/** Runs a Pulumi program to its end in a process of its own. Rejects with the program's first error. */
export async function runProgram(
  order: ProgramOrder,
  provider: Provider,
  options: RunOptions = {},
): Promise<ProgramResult> {
  const process = ProgramProcess.take();
  try {
    const result = await resultOf(process, { order, provider, ...options });
    process.giveBack();
    return result;
  } catch (error) {
    process.kill();
    throw error;
  }
}

interface Run extends RunOptions {
  readonly order: ProgramOrder;
  readonly provider: Provider;
}

async function resultOf(process: ProgramProcess, run: Run): Promise<ProgramResult> {
  const { order, signal } = run;
  const { child } = process;
  const resources: Resource[] = [];
  const keep = (resource: Resource): void => {
    resources.push(resource);
    run.registered?.(resource);
  };
  const over = new AbortController();
  try {
    return await new Promise<ProgramResult>((resolve, reject) => {
      const aborted = (): void => reject(signal?.reason as Error);
      if (signal?.aborted === true) return aborted();
      signal?.addEventListener("abort", aborted, { signal: over.signal });
      listen(child, over.signal, {
        error: reject,
        exit: (code: number | null) =>
          reject(new Error(`The program ended with code ${code} before it was done. ${process.said}`)),
        message: (message: FromProgram) => {
          if (message.kind === "failed") return reject(new Error(message.message));
          if (message.kind === "done") {
            return resolve({ resources, outputs: message.outputs, secretOutputs: message.secretOutputs });
          }
          child.send(answer(message, run.provider, keep));
        },
      });
      child.send({ kind: "run", order } satisfies ToProgram);
    });
  } finally {
    over.abort();
  }
}

interface Listeners {
  readonly error: (error: Error) => void;
  readonly exit: (code: number | null) => void;
  readonly message: (message: FromProgram) => void;
}

function listen(child: ChildProcess, until: AbortSignal, { error, exit, message }: Listeners): void {
  child.on("error", error).on("exit", exit).on("message", message);
  until.addEventListener("abort", () => {
    child.off("error", error).off("exit", exit).off("message", message);
  });
}

function answer(
  message: Extract<FromProgram, { ticket: number }>,
  provider: Provider,
  keep: (resource: Resource) => void,
): ToProgram {
  const { ticket } = message;
  try {
    if (message.kind === "call")
      return { kind: "answer", ticket, outputs: provider.call(message.token, message.inputs) };
    const outputs = provider.outputs(message.registration);
    keep({ ...message.registration, outputs: { ...message.registration.inputs, ...outputs } });
    return { kind: "answer", ticket, outputs };
  } catch (error) {
    return { kind: "refusal", ticket, message: (error as Error).message };
  }
}
