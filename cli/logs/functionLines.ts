import { isRoutine, logLineOf, type LogLine } from "./logLine";
import type { LogGroups } from "./logGroups";
import { readLines, type Pages } from "./readLines";

/** Whose lines: those about an order or a request, or all of one function. */
export interface Subject {
  readonly key: "orderId" | "correlationId" | "function";
  /** Without quotes and asterisks, which would mean something in the pattern. */
  readonly id: string;
}

/** The lines about a subject, oldest first. Of a function, the platform's own lines as well, but those that all is well. */
export async function functionLines(
  pages: Pages,
  { functions }: LogGroups,
  { key, id, fromMs }: Subject & { readonly fromMs: number },
): Promise<LogLine[]> {
  const whole = key === "function";
  const groups = [...functions.keys()].filter((group) => !whole || functions.get(group) === id);
  const lines = await readLines(pages, { groups, pattern: whole ? "" : `{ $.${key} = "${id}" }`, fromMs });
  return lines
    .filter((line) => !isRoutine(line))
    .map((line) => logLineOf(line, functions.get(line.group) ?? line.group))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
