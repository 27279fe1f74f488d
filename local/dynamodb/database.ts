import { Agent, request, type IncomingHttpHeaders } from "node:http";
import type { DatabaseProcess } from "./databaseProcess";

/** An answer of DynamoDB Local, as it came. */
export interface DatabaseReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Talks JSON to DynamoDB Local over kept connections. */
export class Database {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly host: string;
  private readonly port: string;
  private readonly authorization: string;

  constructor({ endpoint, accessKeyId }: Pick<DatabaseProcess, "endpoint" | "accessKeyId">) {
    ({ hostname: this.host, port: this.port } = new URL(endpoint));
    this.authorization = signedBy(accessKeyId);
  }

  /** One call; `target` is for example `DynamoDB_20120810.CreateTable`. Rejects when the service answers an error. */
  async call<Output>(target: string, input: object): Promise<Output> {
    const reply = await this.forward({ "x-amz-target": target }, JSON.stringify(input));
    const output = JSON.parse(reply.body.toString()) as Output & {
      __type?: string;
      message?: string;
      Message?: string;
    };
    if (reply.status !== 200) {
      throw Object.assign(new Error(`${target}: ${output.message ?? output.Message ?? output.__type}`), {
        name: output.__type?.split("#").pop() ?? "DynamoDBError",
      });
    }
    return output;
  }

  /** Hands a request on as it is and answers what comes back. */
  forward(headers: IncomingHttpHeaders, body: string | Buffer): Promise<DatabaseReply> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: this.host,
          port: this.port,
          method: "POST",
          path: "/",
          agent: this.agent,
          headers: this.sent(headers, body),
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 500, headers: response.headers, body: Buffer.concat(chunks) }),
          );
          response.on("error", reject);
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }

  private sent(headers: IncomingHttpHeaders, body: string | Buffer): Record<string, string | number> {
    return {
      "content-type": "application/x-amz-json-1.0",
      "content-length": Buffer.byteLength(body),
      "x-amz-target": headers["x-amz-target"] as string,
      // Whoever calls, the tables are the same.
      authorization: this.authorization,
    };
  }
}

/** DynamoDB Local wants a signature's form, not its truth. Its key and region say which tables are meant. */
function signedBy(accessKeyId: string): string {
  const credential = `${accessKeyId}/20260101/ddblocal/dynamodb/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
}
