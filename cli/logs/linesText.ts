import pc from "picocolors";
import type { LogLine } from "./logLine";

type Colours = ReturnType<typeof pc.createColors>;

/** On every line of a function the same, or of interest to nobody who follows an order; `--json` has them. */
const LEFT_OUT = new Set([
  ...["cold_start", "function_arn", "function_memory_size", "function_name", "function_request_id", "function_version"],
  ...["sampling_rate", "service", "xray_trace_id"],
]);

/** One line each: time, function, level, message, and what else it says. Times are UTC. */
export function linesText(lines: readonly LogLine[], colours = false): string {
  const colour = pc.createColors(colours);
  const width = Math.max(0, ...lines.map(({ function: name }) => name.length));
  return lines
    .map(({ at, function: name, level, message, keys }) =>
      [
        colour.dim(wallClock(at)),
        name.padEnd(width),
        painted(level, colour)(level.padEnd("ERROR".length)),
        message.replace(/\s+/g, " "),
        colour.dim(keysText(keys)),
      ]
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** `status=201 method=POST`, without the keys in `besides` and those that hardly anybody asks for. */
export function keysText(keys: LogLine["keys"], besides: readonly string[] = []): string {
  return Object.entries(keys)
    .filter(([name, value]) => !LEFT_OUT.has(name) && !besides.includes(name) && value !== undefined)
    .map(([name, value]) => `${name}=${shown(value)}`)
    .join(" ");
}

/** The colour of a level. */
export function painted(level: string, colour: Colours): (text: string) => string {
  switch (level.toUpperCase()) {
    case "WARN":
      return colour.yellow;
    case "ERROR":
    case "CRITICAL":
    case "FATAL":
      return colour.red;
    case "TRACE":
    case "DEBUG":
      return colour.dim;
    default:
      return (text) => text;
  }
}

/** `2026-11-20 10:00:00.000` */
export function wallClock(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}`;
}

/** Errors, which Powertools writes with their stack, by name and message. */
function shown(value: unknown): string {
  if (typeof value === "string") return /^[^\s"]+$/.test(value) ? value : JSON.stringify(value);
  const { name, message } = (value ?? {}) as { name?: unknown; message?: unknown };
  if (typeof name === "string" && typeof message === "string") return JSON.stringify(`${name}: ${message}`);
  return JSON.stringify(value);
}
