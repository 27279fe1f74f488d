import type { LogEntry, PartPage } from "../../../console/pages";
import type { Clock } from "../../../local/clock";
import { LogEvents } from "../../logs/logEvents";
import { isRoutine, logLineOf } from "../../logs/logLine";
import { readLines } from "../../logs/readLines";
import type { StackOutputs } from "../../stackOutputs";
import type { PipelineGraph } from "../graph/pipelineGraph";
import type { Placed } from "../graph/parts";
import { Refusal } from "../http/exchange";
import type { Recorder } from "../live/recorder";
import { logEntry } from "./orderPages";

const LOGS_OF_MS = 15 * 60_000;
const MOST_LINES = 200;

/** Everything about one part of the picture: its resource's inputs, its invocations, its log. */
export class PartPages {
  private readonly logs: LogEvents;

  constructor(
    outputs: StackOutputs,
    private readonly parts: { readonly drawn: PipelineGraph; readonly recorder: Recorder; readonly clock: Clock },
  ) {
    this.logs = new LogEvents(outputs);
  }

  async find(id: string): Promise<PartPage> {
    const { drawn, recorder } = this.parts;
    const placed = drawn.byId.get(id);
    if (placed === undefined) throw new Refusal(404, `The pipeline has no part ${id}.`);
    const { type, name, urn, source, inputs } = placed.resource;
    const invocations = recorder.invocations.get(id);
    const logs = await this.linesOf(placed);
    return {
      part: placed.part,
      resource: { ...{ type, name, urn, inputs: shortened(inputs) }, ...(source !== undefined && { source }) },
      ...(placed.part.kind === "function" && { invocations: [...(invocations ?? [])].reverse() }),
      ...(logs && { logs }),
    };
  }

  close(): void {
    this.logs.close();
  }

  private async linesOf(placed: Placed): Promise<LogEntry[] | undefined> {
    const group = logGroupOf(placed);
    if (group === undefined) return undefined;
    const fromMs = this.parts.clock.now() - LOGS_OF_MS;
    const lines = await readLines(this.logs, { groups: [group], pattern: "", fromMs });
    return lines
      .filter((line) => !isRoutine(line))
      .slice(-MOST_LINES)
      .reverse()
      .map((line) => logEntry(logLineOf(line, placed.part.title)));
  }
}

function logGroupOf({ part, resource, physicalName }: Placed): string | undefined {
  if (part.kind === "log") return physicalName;
  const { logGroup } = (resource.outputs["loggingConfig"] ?? {}) as { logGroup?: string };
  const { logDestination } = (resource.inputs["loggingConfiguration"] ?? {}) as { logDestination?: string };
  return logGroup ?? /log-group:([^:]+)/.exec(logDestination ?? "")?.[1];
}

/** The code of functions and the like would hide what people look for. Documents in texts are shown as documents. */
function shortened(value: unknown): unknown {
  if (typeof value === "string")
    return documentIn(value) ?? (value.length > 2_000 ? `${value.slice(0, 200)}… (${value.length} characters)` : value);
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, key === "code" ? sizesOf(field) : shortened(field)]),
  );
}

function documentIn(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sizesOf(code: unknown): unknown {
  const { files = {} } = (code ?? {}) as { files?: Readonly<Record<string, string>> };
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, `${text.length} characters`]));
}
