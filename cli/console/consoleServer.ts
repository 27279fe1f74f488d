import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Pipeline as Facts } from "../../console/protocol";
import type { Pipeline } from "../pipeline";
import { spoken } from "../terminal";
import type { Desk } from "./desk";
import { pipelineGraph, sagaOf, type PipelineGraph } from "./graph/pipelineGraph";
import { EventStreams } from "./http/eventStreams";
import { answerJson, checkOrigin, Refusal, SAFE_HEADERS } from "./http/exchange";
import { PageFiles } from "./http/pageFiles";
import { Recorder } from "./live/recorder";

/** Loads what is not needed until somebody looks. */
const later = createRequire(__filename);

/**
 * The console: a page that shows the pipeline at work. What costs time (bundling the page, AWS clients) waits for the
 * first browser; only the counting begins at once.
 */
export class ConsoleServer {
  private readonly server: Server;
  private readonly files = new PageFiles();
  private readonly streams = new EventStreams();
  private readonly recorder: Recorder;
  private readonly drawn: PipelineGraph;
  private readonly startedMs: number;
  private desk: Promise<Desk> | undefined;
  private policy = "";

  private constructor(private readonly pipeline: Pipeline) {
    const { runtime } = pipeline;
    const { project, stack } = runtime.cloud;
    this.drawn = pipelineGraph(runtime.resources, `${project}-${stack}-`);
    this.recorder = new Recorder(this.drawn, runtime.feed, runtime.clock);
    this.startedMs = runtime.clock.now();
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** Listens on 127.0.0.1. Rejects with a sentence when the port is taken. */
  static async listen(pipeline: Pipeline, port: number): Promise<ConsoleServer> {
    const console = new ConsoleServer(pipeline);
    await new Promise<void>((resolve, reject) => {
      console.server.once("error", (error: NodeJS.ErrnoException) =>
        reject(error.code === "EADDRINUSE" ? new Error(inUse(port)) : error),
      );
      console.server.listen(port, "127.0.0.1", resolve);
    });
    console.policy = contentPolicy(pipeline.runtime.cloud.apiUrl);
    return console;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.recorder.stop();
    this.streams.close();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    (await this.desk)?.close();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      checkOrigin(request, this.port);
      const { pathname } = new URL(request.url ?? "/", "http://console");
      if (pathname === "/feed") this.streams.add(response, (await this.opened()).live.whole());
      else if (pathname.startsWith("/data/")) await this.answerData(request, response);
      else await this.answerFile(pathname, request, response);
    } catch (error) {
      if (response.headersSent) return void response.destroy();
      const status = error instanceof Refusal ? error.status : 502;
      answerJson(response, status, { problem: spoken(error as Error) });
    }
  }

  private async answerData(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { answerData } = later("./routes") as typeof import("./routes");
    answerJson(response, 200, await answerData(request, await this.opened()));
  }

  /** A file of the page; every other path is a view of it. */
  private async answerFile(pathname: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const view = !/\.\w+$/.test(pathname);
    const file = await this.files.find(view ? "/index.html" : pathname);
    if (file === undefined) throw new Refusal(404, `The console has no file ${pathname}.`);
    const headers = {
      ...SAFE_HEADERS,
      ...{ "content-type": file.contentType, "cache-control": "no-cache", etag: file.tag },
      "content-security-policy": this.policy,
    };
    if (request.headers["if-none-match"] === file.tag) return void response.writeHead(304, headers).end();
    const encoding = file.gzipped ? { "content-encoding": "gzip" } : {};
    response.writeHead(200, { ...headers, ...encoding, "content-length": file.body.length }).end(file.body);
  }

  private opened(): Promise<Desk> {
    return (this.desk ??= new Promise((resolve) => resolve(this.open())));
  }

  private open(): Desk {
    const { Desk } = later("./desk") as typeof import("./desk");
    const { pipeline, drawn, recorder, streams, startedMs } = this;
    return new Desk({ pipeline, facts: this.facts(), drawn, recorder, streams, startedMs });
  }

  private facts(): Facts {
    const { runtime, outputs } = this.pipeline;
    const { project, stack, region, endpoint } = runtime.cloud;
    const setting = (name: string): string => runtime.settings[`${project}:${name}`] ?? "";
    return {
      ...{ project, stack, region, apiUrl: outputs.apiUrl, awsEndpoint: endpoint, apiKeys: outputs.apiKeys },
      currency: setting("currency"),
      declinedPercent: Number(setting("paymentFailurePercent")),
      tracedPercent: Number(setting("traceSamplePercent")),
      finalWithinSeconds: Number(setting("finalWithinSeconds")),
      resourceCount: runtime.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:")).length,
      graph: this.drawn.graph,
      saga: sagaOf(runtime.resources),
    };
  }
}

/** Everything comes from this server; beside it the page calls the pipeline's API, as any customer would. */
function contentPolicy(apiUrl: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Charts and the picture place their parts by styles of their own, set from the script.
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${new URL(apiUrl).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function inUse(port: number): string {
  return `Port ${port} is in use: choose another with --console-port, or --console-port 0 for any free one.`;
}
