import { createHash } from "node:crypto";
import { parseArn } from "../arn";
import type { LogSink } from "../logs/logSink";
import type { Exchange } from "./exchange";
import { JsonPlace } from "./jsonPlace";
import { compileTemplate, type Template } from "./template";

/** Writes one line for each answered request of a stage. */
export class AccessLog {
  private constructor(
    private readonly logs: LogSink,
    private readonly group: string,
    private readonly stream: string,
    private readonly line: Template,
  ) {}

  /**
   * @param settings the stage's `accessLogSettings`: the ARN of a log group, and a format with `$context` variables
   * of at most 3 KB that holds the request's id
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   */
  static read(settings: unknown, stageArn: string, logs: LogSink): AccessLog {
    const problems: string[] = [];
    const place = JsonPlace.root({ accessLogSettings: settings }, problems).get("accessLogSettings");
    place.knows(["destinationArn", "format"]);
    const format = place.get("format");
    const text = format.text() ?? "";
    if (!/\$context\.(requestId|extendedRequestId)\b/.test(text)) {
      format.refuse("must contain $context.requestId or $context.extendedRequestId.");
    }
    if (Buffer.byteLength(text) > 3072) format.refuse("must not be longer than 3 KB.");
    // An absent value is a dash, also in JSON, where formats put the variables in quotes.
    const line = compileTemplate(format, { functions: false, absent: "-", json: text.trimStart().startsWith("{") });
    const group = logGroup(place.get("destinationArn"));
    if (problems.length > 0) throw new Error(problems.join(" "));
    return new AccessLog(logs, group, createHash("md5").update(stageArn).digest("hex"), line);
  }

  write(exchange: Exchange, nowMs: number): void {
    this.logs.put(this.group, this.stream, nowMs, this.line(exchange));
  }
}

function logGroup(place: JsonPlace): string {
  const { service, resource } = parseArn(place.text() ?? "");
  const group = /^log-group:(.+?)(:\*)?$/.exec(resource)?.[1];
  if (service === "logs" && group !== undefined) return group;
  place.refuse("must be the ARN of a log group: no other destination is supported here.");
  return "";
}
