import { fork } from "node:child_process";
import { join } from "node:path";
import type { Resource } from "../resource";
import type { FromProgram, ProgramOrder, Registration, ToProgram } from "./messages";

type Fields = Readonly<Record<string, unknown>>;

/** How the runtime answers for the cloud while the program runs. Both throw an error to refuse. */
export interface Provider {
  outputs(registration: Registration): Fields;
  call(token: string, inputs: Fields): Fields;
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
export function runProgram(order: ProgramOrder, provider: Provider, signal?: AbortSignal): Promise<ProgramResult> {
  const child = fork(join(__dirname, "programChild.ts"), {
    execArgv: ["--require", join(__dirname, "..", "..", "register.cjs")],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "advanced",
    ...(signal === undefined ? {} : { signal }),
  });
  const resources: Resource[] = [];
  let said = "";
  const listen = (chunk: Buffer): void => void (said = (said + chunk.toString()).slice(-4_000));
  child.stdout?.on("data", listen);
  child.stderr?.on("data", listen);

  const result = new Promise<ProgramResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`The program ended with code ${code} before it was done. ${said.trim()}`)),
    );
    child.on("message", (message: FromProgram) => {
      if (message.kind === "failed") return reject(new Error(message.message));
      if (message.kind === "done") {
        return resolve({ resources, outputs: message.outputs, secretOutputs: message.secretOutputs });
      }
      child.send(answer(message, provider, resources));
    });
    child.send({ kind: "run", order } satisfies ToProgram);
  });
  return result.finally(() => child.kill("SIGKILL"));
}

function answer(
  message: Extract<FromProgram, { ticket: number }>,
  provider: Provider,
  resources: Resource[],
): ToProgram {
  const { ticket } = message;
  try {
    if (message.kind === "call")
      return { kind: "answer", ticket, outputs: provider.call(message.token, message.inputs) };
    const outputs = provider.outputs(message.registration);
    resources.push({ ...message.registration, outputs: { ...message.registration.inputs, ...outputs } });
    return { kind: "answer", ticket, outputs };
  } catch (error) {
    return { kind: "refusal", ticket, message: (error as Error).message };
  }
}
