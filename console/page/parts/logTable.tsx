import type { LogEntry } from "../../pages";
import { exactTime } from "../format";

const KNOWN = new Set([
  "orderId",
  "tenantId",
  "correlationId",
  "service",
  "xray_trace_id",
  "function_name",
  "function_arn",
  "function_memory_size",
  "function_request_id",
  "cold_start",
  "sampling_rate",
  "executionArn",
  "messageId",
  "eventId",
]);

/** Log lines as a table; what every line says is left out of the last column. */
export function LogTable({ lines, label }: { readonly lines: readonly LogEntry[]; readonly label: string }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table class="log">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ atMs, from, level, message, keys }, at) => (
            <tr key={`${atMs}-${at}`} class={levelClass(level)}>
              <td class="figure">{exactTime(atMs)}</td>
              <td>{from}</td>
              <td>
                {level !== "INFO" && <strong>{level} </strong>}
                {message} <span class="keys">{keysText(keys)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function levelClass(level: string): string {
  if (level === "ERROR" || level === "CRITICAL" || level === "FATAL") return "line-bad";
  return level === "WARN" ? "line-warn" : "";
}

function keysText(keys: Readonly<Record<string, unknown>>): string {
  return Object.entries(keys)
    .filter(([name]) => !KNOWN.has(name))
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" ");
}
