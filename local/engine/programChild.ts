import "./lightLoad";
import { sep } from "node:path";
// What a program for AWS loads too, and stays loaded: here it is done before there is a program to run.
import "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { setMockOptions } from "@pulumi/pulumi/runtime/settings";
import type { FromProgram, Registration, ToProgram } from "./messages";
import { RecordingMonitor, type Provider } from "./monitor";

/**
 * Runs one Pulumi program in a process of its own: module state, leaked promises and failures of a
 * program end with it. Speaks with its parent as `messages.ts` says.
 */
type Fields = Readonly<Record<string, unknown>>;

interface Waiting {
  readonly resolve: (outputs: Fields) => void;
  readonly reject: (error: Error) => void;
}

const waiting = new Map<number, Waiting>();
let tickets = 0;

function tell(message: FromProgram): void {
  process.send?.(message);
}

function ask(request: (ticket: number) => FromProgram): Promise<Fields> {
  const ticket = ++tickets;
  return new Promise((resolve, reject) => {
    waiting.set(ticket, { resolve, reject });
    tell(request(ticket));
  });
}

function fail(error: unknown): void {
  tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
}

let finished: Promise<unknown> = Promise.resolve();

const PROVIDER: Provider = {
  register: (registration: Registration) => ask((ticket) => ({ kind: "register", ticket, registration })),
  call: (token, inputs) => ask((ticket) => ({ kind: "call", ticket, token, inputs })),
  exported: (outputs, secretOutputs) => void finished.then(() => tell({ kind: "done", outputs, secretOutputs })),
  failed: fail,
};

/** A program is made of modules that ran once: the next one, in this process too, begins with none. */
function forgetModules(): void {
  for (const file of Object.keys(require.cache)) {
    const lasting = file.includes(`${sep}node_modules${sep}`) || file.startsWith(__dirname + sep);
    if (!lasting) delete require.cache[file];
  }
}

async function run({ program, project, stack, config, secretKeys }: Extract<ToProgram, { kind: "run" }>["order"]) {
  forgetModules();
  const monitor = new RecordingMonitor(PROVIDER);
  setMockOptions(monitor, project, stack, false, "local");
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
  let loaded: () => void = () => undefined;
  finished = new Promise<void>((resolve) => (loaded = resolve));
  // A program is loaded by require, as Pulumi's own launcher does, so that its exports are the stack's outputs.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  await pulumi.runtime.runInPulumiStack(async () => require(program) as Fields);
  await pulumi.runtime.disconnect();
  loaded();
}

process.on("message", (message: ToProgram) => {
  if (message.kind === "run") {
    run(message.order).catch(fail);
    return;
  }
  const { resolve, reject } = waiting.get(message.ticket) ?? {};
  waiting.delete(message.ticket);
  if (message.kind === "answer") resolve?.(message.outputs);
  else reject?.(new Error(message.message));
});
process.on("disconnect", () => process.exit(0));
process.on("unhandledRejection", fail);
