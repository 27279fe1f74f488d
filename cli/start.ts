import "./headStart";
import { dirname, join } from "node:path";
import type { LocalRuntime } from "../local/runtime";
import { banner } from "./banner";
import { ConsoleServer } from "./console/consoleServer";
import { MailFiles } from "./inbox/mailFiles";
import { deadLetterLine, eventLine, faultLine, troubleLine, type Line } from "./orderLines";
import { startPipeline, type Pipeline } from "./pipeline";
import { removeOutputs, writeOutputs } from "./stackOutputs";
import { START_USAGE, startOptions, type StartOptions } from "./startOptions";

/** `npm start`: runs the pipeline until a signal comes, or until something that it stands on ends. */
async function main(): Promise<void> {
  const options = startOptions(process.argv.slice(2));
  if (options === "help") return console.log(START_USAGE);

  const giveUp = new AbortController();
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        giveUp.abort();
        resolve();
      });
    }
  });

  const running = await up(options, giveUp.signal).catch((error: Error) => {
    if (giveUp.signal.aborted) return undefined;
    throw error;
  });
  if (running === undefined) return;
  const { pipeline, page } = running;
  void pipeline.runtime.prewarm();
  const mails = new MailFiles(join(dirname(options.outputsFile), "inbox"));
  pipeline.runtime.feed.on("mail", (mail) => mails.add(mail));
  const mute = show(pipeline.runtime, options.json);
  const ended = await Promise.race([signalled, pipeline.runtime.ended]);
  mute();
  if (!options.json) console.log("\nStopping.");
  removeOutputs(options.outputsFile);
  await page.close();
  await pipeline.stop();
  if (typeof ended === "string") throw new Error(ended);
}

async function up(options: StartOptions, signal: AbortSignal): Promise<{ pipeline: Pipeline; page: ConsoleServer }> {
  const { stack, speed, underLoad, port, endpointPort, consolePort, settings, outputsFile, json } = options;
  const pipeline = await startPipeline({ stack, speed, underLoad, apiPort: port, endpointPort, settings, signal });
  const { runtime, outputs } = pipeline;
  const page = await ConsoleServer.listen(pipeline, consolePort).catch(async (error: Error) => {
    await pipeline.stop();
    throw error;
  });
  writeOutputs(outputsFile, outputs);
  const startedInMs = performance.now();
  const consoleUrl = page.url;
  const facts = { stack, startedInMs: Math.round(startedInMs), consoleUrl, outputs };
  if (json) console.log(JSON.stringify({ what: "listening", ...facts }));
  else console.log(banner({ ...facts, speed, resources: runtime.resources, outputsFile }));
  return { pipeline, page };
}

/** Prints what happens to orders, and what goes wrong, until the answer is called. */
function show({ feed, clock }: LocalRuntime, json: boolean): () => void {
  const print = (line: Line | undefined): void => {
    if (line !== undefined) console.log(json ? JSON.stringify(line.json) : line.text);
  };
  const listeners = [
    feed.on("busEvent", (event) => print(eventLine(event))),
    feed.on("invocation", (invocation) => print(faultLine(invocation, clock.now()))),
    feed.on("message", (message) => print(deadLetterLine(message, clock.now()))),
    feed.on("trouble", (trouble) => print(troubleLine(trouble, clock.now()))),
  ];
  return () => listeners.forEach((stop) => stop());
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
