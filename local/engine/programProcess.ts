import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { Socket } from "node:net";

/**
 * A process in which programs run. To load Pulumi's SDK and the provider's takes a second of a processor, so who starts
 * one pipeline after another, as tests do, may let one process run all their programs: each is loaded anew there.
 */
export class ProgramProcess {
  private static keeping = false;
  private static idle: ProgramProcess | undefined;
  readonly child: ChildProcess;
  private complaint = "";

  private constructor() {
    this.child = fork(join(__dirname, "programChild.ts"), {
      execArgv: ["--require", join(__dirname, "..", "..", "register.cjs")],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "advanced",
    });
    const listen = (chunk: Buffer): void => void (this.complaint = (this.complaint + chunk.toString()).slice(-4_000));
    this.child.stdout?.on("data", listen);
    this.child.stderr?.on("data", listen);
    // Who runs a program hears of it; one that nobody waits for any more has nobody to tell.
    this.child.on("error", () => undefined);
    this.child.once("exit", () => {
      if (ProgramProcess.idle === this) ProgramProcess.idle = undefined;
    });
  }

  /** From now on a process that ran a program to its end is kept for the next. It ends with this process. */
  static keep(): void {
    ProgramProcess.keeping = true;
  }

  /** Starts one for the program to come, unless there is one. It ends with this process. */
  static getReady(): void {
    ProgramProcess.idle ??= new ProgramProcess();
    ProgramProcess.idle.handles((handle) => handle.unref());
  }

  /** One that runs nothing; it keeps this process from ending until it is given back. */
  static take(): ProgramProcess {
    const idle = ProgramProcess.idle ?? new ProgramProcess();
    ProgramProcess.idle = undefined;
    idle.handles((handle) => handle.ref());
    return idle;
  }

  /** The end of what the process wrote. */
  get said(): string {
    return this.complaint.trim();
  }

  /** Its program came to its end, and left nothing behind that could trouble another. */
  giveBack(): void {
    // It ends by itself then, and writes down before what a process to come can use.
    if (!ProgramProcess.keeping || ProgramProcess.idle !== undefined) return this.child.disconnect();
    ProgramProcess.idle = this;
    this.handles((handle) => handle.unref());
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }

  private handles(change: (handle: Pick<Socket, "ref" | "unref">) => void): void {
    const { child } = this;
    for (const handle of [child, child.channel, child.stdout, child.stderr]) {
      if (handle !== null && handle !== undefined) change(handle as unknown as Socket);
    }
  }
}
