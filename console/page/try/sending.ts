import { signal } from "@preact/signals";
import { pipeline } from "../store";

/** A request to the public API, as the page is about to send it. */
export interface ApiRequest {
  readonly title: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Undefined for a request without a key. */
  readonly tenant?: string;
  readonly idempotencyKey?: string;
  readonly body?: string;
}

/** A request and what came back. */
export interface Sent {
  readonly request: ApiRequest;
  readonly number: number;
  readonly status?: number;
  readonly tookMs?: number;
  readonly replayed?: boolean;
  readonly answer?: unknown;
  readonly orderId?: string;
  readonly problem?: string;
}

/** What was sent from this page, the newest first. */
export const sent = signal<readonly Sent[]>([]);

const KEPT = 12;

/** Sends a request to the API itself, as any customer's page would. */
export async function send(request: ApiRequest): Promise<Sent> {
  const { apiUrl = "" } = pipeline.value ?? {};
  const number = (sent.value[0]?.number ?? 0) + 1;
  const put = (result: Sent): Sent => {
    sent.value = [result, ...sent.value.filter((one) => one.number !== number)].slice(0, KEPT);
    return result;
  };
  put({ request, number });
  const began = performance.now();
  const { method, path, body } = request;
  try {
    const answer = await fetch(`${apiUrl}${path}`, {
      method,
      headers: headersOf(request),
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    const document = parsed(text);
    const { orderId } = (document ?? {}) as { readonly orderId?: string };
    return put({
      ...{ request, number, status: answer.status, tookMs: performance.now() - began, answer: document ?? text },
      replayed: answer.headers.get("idempotency-replayed") === "true",
      ...(orderId !== undefined && { orderId }),
    });
  } catch {
    return put({ request, number, problem: "The API did not answer: the connection was broken or refused." });
  }
}

/** The request as a command that can be pasted into a terminal. */
export function curlOf(request: ApiRequest): string {
  const { apiUrl = "" } = pipeline.value ?? {};
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const headers = Object.entries(headersOf(request)).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const parts = [
    `curl -si ${quoted(`${apiUrl}${request.path}`)}`,
    ...headers,
    ...(request.body === undefined ? [] : [`-d ${quoted(request.body)}`]),
  ];
  return parts.join(" \\\n  ");
}

function headersOf({ tenant, idempotencyKey, body }: ApiRequest): Record<string, string> {
  const key = pipeline.value?.apiKeys[tenant ?? ""];
  return {
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(key !== undefined && { "x-api-key": key }),
    ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
