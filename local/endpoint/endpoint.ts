import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { AwsError } from "../awsError";
import { ConnectionBroken } from "../faults/callFaults";
import type { Call, Caller, LocalService } from "../service";
import type { EndpointParts, RawService, RestOperation } from "./endpointParts";
import { asAwsError, jsonError, jsonReply, queryError, queryReply, type Reply } from "./protocol";
import { readForm } from "./queryForm";
import { signerOf, type Signer } from "./signature";

export type {
  EndpointParts,
  Forwarder,
  RawRequest,
  RawService,
  RestOperation,
  RestRequest,
  RestResponse,
} from "./endpointParts";

/**
 * The one AWS endpoint. It speaks the wire protocols of AWS, so that the SDKs in the handlers, the aws
 * command line and any other SDK work against it: JSON by `X-Amz-Target`, S3 by its signature, query by `Action`,
 * REST by path.
 * Until the services are there it answers 503.
 */
export class Endpoint {
  private readonly server: Server;
  private parts: EndpointParts | undefined;

  constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
    this.server.keepAliveTimeout = 60_000;
  }

  /** Listens on 127.0.0.1 and answers the port. Rejects with EADDRINUSE when it is taken. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, "127.0.0.1", () => resolve((this.server.address() as AddressInfo).port));
    });
  }

  open(parts: EndpointParts): void {
    this.parts = parts;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hangUp = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) hangUp.abort(new Error("The caller hung up."));
    });
    try {
      const body = await bodyOf(request);
      const { status, headers, body: answer } = await this.answer(request, body, hangUp.signal);
      const now = this.parts?.now;
      if (now !== undefined) response.setHeader("date", new Date(now()).toUTCString());
      if (!response.destroyed) response.writeHead(status, headers).end(answer);
    } catch (error) {
      response.destroy(error as Error);
    }
  }

  private async answer(request: IncomingMessage, body: Buffer, signal: AbortSignal): Promise<Reply> {
    const requestId = randomUUID();
    const target = request.headers["x-amz-target"];
    const signer = signerOf(request);
    const caller = this.callerOf(signer, request.headers);
    if (typeof target === "string") return this.answerTarget({ target, request, body, caller, signal, requestId });
    const raw = this.parts?.rawServices?.find(({ signingName }) => signingName === signer?.service);
    if (raw !== undefined) return this.answerRaw(raw, { request, body, caller, signal, requestId });
    const url = new URL(request.url ?? "/", "http://endpoint");
    const rest = this.parts?.restOperations.find(
      ({ method, path }) => method === request.method && path.test(url.pathname),
    );
    if (rest !== undefined) return this.answerRest(rest, { url, request, body, caller, signal, requestId });
    const service = signer?.service ?? "";
    if (this.parts?.restOperations.some(({ action }) => action.startsWith(`${service}:`)) === true) {
      const missing = unknown(`${service} has no operation ${request.method} ${url.pathname} here.`);
      return jsonError(missing, "application/json", requestId);
    }
    const form = new URLSearchParams(body.toString());
    return this.answerQuery(form, service, { caller, signal, requestId });
  }

  private async answerTarget(incoming: Incoming & { target: string }): Promise<Reply> {
    const { target, request, body, caller, signal, requestId } = incoming;
    const contentType = request.headers["content-type"] ?? "application/x-amz-json-1.0";
    try {
      const [prefix = "", operation = ""] = target.split(".");
      const forwarder = this.ready().forwarders.find(({ targetPrefixes }) => targetPrefixes.includes(prefix));
      if (forwarder !== undefined) {
        const call = { action: `dynamodb:${operation}`, caller, signal };
        this.parts?.authorise?.(caller, forwarder.permissionsOf(operation, body));
        return await this.carryOut(call, body, () => forwarder.forward({ headers: request.headers, body }, call));
      }
      const service = this.ready().services.find(({ targetPrefixes }) => targetPrefixes.includes(prefix));
      if (service === undefined) throw unknown(`The endpoint has no service behind "${prefix}".`);
      const run = service.operations[operation];
      if (run === undefined) throw unknown(`${service.name} has no operation "${operation}" here.`);
      const call = { action: `${service.name}:${operation}`, caller, signal };
      const input = parse(body);
      this.authorise(service, operation, { input, caller });
      const output = await this.carryOut(call, body, () => run(input, call));
      return jsonReply(output, contentType, requestId);
    } catch (error) {
      if (error instanceof ConnectionBroken) throw error;
      return jsonError(asAwsError(error), contentType, requestId);
    }
  }

  private async answerRaw(service: RawService, incoming: Incoming): Promise<Reply> {
    const { request, body, caller, signal } = incoming;
    const { method = "GET", url = "/", headers } = request;
    const raw = { method, url, headers, body };
    try {
      const permissions = service.permissionsOf(raw);
      const [{ action }] = permissions;
      this.parts?.authorise?.(caller, permissions);
      const call = { action, caller, signal };
      return await this.carryOut(call, body, () => service.handle(raw, call));
    } catch (error) {
      if (error instanceof ConnectionBroken) throw error;
      return service.refuse(asAwsError(error), raw);
    }
  }

  private async answerRest(operation: RestOperation, incoming: Incoming & { url: URL }): Promise<Reply> {
    const { url, request, body, caller, signal, requestId } = incoming;
    const groups = operation.path.exec(url.pathname)?.groups ?? {};
    const parameters = Object.fromEntries(
      Object.entries(groups).map(([key, value]) => [key, decodeURIComponent(value)]),
    );
    try {
      const call = { action: operation.action, caller, signal };
      const told = { parameters, query: url.searchParams, headers: request.headers, body };
      const { action } = operation;
      this.parts?.authorise?.(caller, operation.permissionsOf?.(told) ?? [{ action, resource: "*" }]);
      const answer = await this.carryOut(call, body, () => operation.handle(told, call));
      const text = typeof answer.body === "object" ? JSON.stringify(answer.body) : (answer.body ?? "");
      const headers = { "content-type": "application/json", "x-amzn-requestid": requestId, ...answer.headers };
      return { status: answer.status, headers, body: text };
    } catch (error) {
      if (error instanceof ConnectionBroken) throw error;
      return jsonError(asAwsError(error), "application/json", requestId);
    }
  }

  private async answerQuery(form: URLSearchParams, service: string, context: QueryContext): Promise<Reply> {
    const action = form.get("Action") ?? "";
    const { caller, signal, requestId } = context;
    try {
      const found = this.ready().services.find(({ name }) => name === service);
      const run = found?.operations[action];
      if (found === undefined || run === undefined) {
        throw unknown(`The endpoint has no operation "${action}" of a service "${service}".`, "InvalidAction");
      }
      const input = readForm(form);
      const call = { action: `${service}:${action}`, caller, signal };
      this.authorise(found, action, { input, caller });
      const output = await this.carryOut(call, Buffer.from(JSON.stringify(input)), () => run(input, call));
      return queryReply(action, output, requestId);
    } catch (error) {
      if (error instanceof ConnectionBroken) throw error;
      return queryError(asAwsError(error), requestId);
    }
  }

  private authorise(
    service: LocalService,
    operation: string,
    { input, caller }: { readonly input: Record<string, unknown>; readonly caller: Caller },
  ): void {
    if (this.parts?.authorise === undefined) return;
    const plain = { action: `${service.name}:${operation}`, resource: "*" };
    this.parts.authorise(caller, service.permissionsFor?.(operation, input) ?? [plain]);
  }

  /** Carries a call out, unless it is made to go wrong. */
  private carryOut<Answer>(call: Call, body: Buffer, run: () => Promise<Answer>): Promise<Answer> {
    const { faults } = this.ready();
    if (faults === undefined) return run();
    const { action, caller } = call;
    const { roleArn, trace } = caller;
    return faults.around({ action, body, trace, ...(roleArn === undefined ? {} : { roleArn }) }, run);
  }

  private ready(): EndpointParts {
    if (this.parts === undefined) throw new AwsError("ServiceUnavailable", "The services are still starting.", 503);
    return this.parts;
  }

  private callerOf(signer: Signer | undefined, headers: IncomingMessage["headers"]): Caller {
    const accessKeyId = signer?.accessKeyId ?? "anonymous";
    const roleArn = this.parts?.roleOf(accessKeyId);
    const session = roleArn === undefined ? undefined : this.parts?.sessionOf?.(roleArn);
    const trace = headers["x-amzn-trace-id"];
    return {
      accessKeyId,
      ...(roleArn === undefined ? {} : { roleArn }),
      ...(session === undefined ? {} : { session }),
      ...(typeof trace === "string" ? { trace } : {}),
    };
  }
}

interface QueryContext {
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly requestId: string;
}

interface Incoming extends QueryContext {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

function unknown(message: string, code = "UnknownOperationException"): AwsError {
  return new AwsError(code, message, 400);
}

function parse(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    // CloudWatch's clients compress long requests; no JSON begins with the two bytes that mark gzip.
    const text = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
    return JSON.parse(text.toString()) as Record<string, unknown>;
  } catch {
    throw new AwsError("SerializationException", "The request body is not JSON.");
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}
