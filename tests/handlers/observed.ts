import { withTelemetry, type Metric } from "../../handlers/telemetry";

/** Runs a handler and answers what it counted beside what it answered. */
export async function observed<Out>(run: () => Promise<Out>): Promise<{ answer: Out; counted: Metric[] }> {
  const counted: Metric[] = [];
  const note = (metric: Metric) => void counted.push(metric);
  const telemetry = { log: () => undefined, count: note, record: note };
  const answer = await withTelemetry(telemetry, {}, run);
  return { answer, counted };
}

/** The lines that `run` logs and measures, on either output, as JSON. */
export async function linesOf(run: () => Promise<unknown>): Promise<any[]> {
  const written: string[] = [];
  const restore = [process.stdout, process.stderr].map((output) => {
    const write = output.write.bind(output);
    output.write = (chunk: string | Uint8Array) => written.push(chunk.toString()) > 0;
    return () => (output.write = write);
  });
  try {
    await run();
  } finally {
    for (const put of restore) put();
  }
  const lines = written.join("").split("\n");
  return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}
