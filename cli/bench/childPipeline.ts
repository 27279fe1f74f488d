import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { SagaEnd, Subject } from "../../bench/subject";
import { awsConnection } from "../awsConnection";
import { requiredOutput, type StackOutputs } from "../stackOutputs";
import type { FromPipeline, ToPipeline } from "./messages";

/** Starts a pipeline in a process of its own. It ends with this process at the latest. */
export async function startChildPipeline(settings: readonly string[] = []): Promise<Subject> {
  const child = fork(join(__dirname, "pipelineChild.ts"), {
    execArgv: ["--require", join(__dirname, "..", "..", "register.cjs"), "--expose-gc"],
    serialization: "advanced",
  });
  const connection = new Connection(child);
  const outputs = connection.next("up").then((message) => message.outputs);
  connection.send({ kind: "start", settings });
  return subjectOf(connection, await outputs);
}

function subjectOf(connection: Connection, outputs: StackOutputs): Subject {
  const output = (name: string): string => requiredOutput(outputs, name);
  return {
    pid: connection.pid,
    apiUrl: outputs.apiUrl,
    apiKeys: outputs.apiKeys,
    aws: awsConnection(outputs),
    tables: {
      orders: outputs.ordersTable,
      inventory: outputs.inventoryTable,
      payments: outputs.paymentsTable,
      orderEvents: output("orderEventsTable"),
      rateLimits: output("rateLimitsTable"),
    },
    consumerQueueUrls: [output("trailQueueUrl"), output("notificationsQueueUrl")],
    relayFunction: (outputs["functionNames"] as { readonly publishEvents: string }).publishEvents,
    onSagaEnd: (listener) => connection.onSagaEnd(listener),
    heapBytes: async () => (await connection.ask({ kind: "collect" }, "collected")).heapBytes,
    skipChanges: async () => {
      const { publishEvents } = outputs["functionNames"] as { readonly publishEvents: string };
      await connection.ask({ kind: "skipChanges", functionName: publishEvents }, "skipped");
    },
    stop: () => connection.stop(),
  };
}

type Told<Kind extends FromPipeline["kind"]> = Extract<FromPipeline, { kind: Kind }>;

/** Messages to and from the child. Whatever is waited for rejects when the child fails or ends. */
class Connection {
  private readonly listeners = new Set<(end: SagaEnd) => void>();
  private readonly expected = new Map<string, (message: FromPipeline) => void>();
  private readonly exited: Promise<void>;
  private fail!: (error: Error) => void;
  private readonly failed = new Promise<never>((_, reject) => (this.fail = reject));

  constructor(private readonly child: ChildProcess) {
    this.failed.catch(() => undefined);
    this.exited = new Promise((resolve) => child.once("exit", () => resolve()));
    child.once("exit", (code) => this.fail(new Error(`The pipeline ended with code ${code}.`)));
    child.once("error", this.fail);
    child.on("message", (message: FromPipeline) => this.hear(message));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  send(message: ToPipeline): void {
    this.child.send(message);
  }

  next<Kind extends FromPipeline["kind"]>(kind: Kind): Promise<Told<Kind>> {
    const told = new Promise<Told<Kind>>((resolve) => {
      this.expected.set(kind, (message) => resolve(message as Told<Kind>));
    });
    return Promise.race([told, this.failed]);
  }

  ask<Kind extends FromPipeline["kind"]>(message: ToPipeline, kind: Kind): Promise<Told<Kind>> {
    const answer = this.next(kind);
    this.send(message);
    return answer;
  }

  onSagaEnd(listener: (end: SagaEnd) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.connected) this.send({ kind: "stop" });
    await this.exited;
  }

  private hear(message: FromPipeline): void {
    if (message.kind === "ended") {
      for (const listener of this.listeners) listener(message.end);
      return;
    }
    if (message.kind === "failed") return this.fail(new Error(message.message));
    const expected = this.expected.get(message.kind);
    this.expected.delete(message.kind);
    expected?.(message);
  }
}
