import assert from "node:assert/strict";
import { S3Client } from "@aws-sdk/client-s3";
import { Endpoint } from "../../../local/endpoint/endpoint";
import { Feed } from "../../../local/feed";
import { S3Service } from "../../../local/s3/s3Service";
import { ManualClock } from "../manualClock";
import { cloud, resource } from "../serviceFixture";

/** S3 behind a real endpoint, and a client of the SDK that knows nothing but the endpoint's address. */
export interface S3Bench {
  readonly url: string;
  readonly client: S3Client;
  readonly clock: ManualClock;
  readonly feed: Feed;
  readonly s3: S3Service;
  /** Realises a resource; the inputs go through its kind. */
  declare(type: string, inputs: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

export async function openS3(): Promise<S3Bench> {
  const clock = new ManualClock();
  const feed = new Feed();
  const s3 = new S3Service({ cloud, clock, feed });
  const endpoint = new Endpoint();
  const url = `http://127.0.0.1:${await endpoint.listen(0)}`;
  const nobody = (): undefined => undefined;
  endpoint.open({ services: [], forwarders: [], restOperations: [], rawServices: [s3], roleOf: nobody });
  const client = clientOf(url, cloud.region);
  return {
    url,
    client,
    clock,
    feed,
    s3,
    declare: (type, inputs) => s3.realise(resource(s3, type, inputs)),
    async close() {
      client.destroy();
      await s3.stop();
      await endpoint.close();
    },
  };
}

/** A client as handlers build it: no path style asked for, no retries that would hide an error. */
export function clientOf(endpoint: string, region: string): S3Client {
  const credentials = { accessKeyId: "TESTER", secretAccessKey: "secret" };
  return new S3Client({ endpoint, region, credentials, maxAttempts: 1 });
}

/** A request as it stands on the wire, signed for S3, with nothing that an SDK adds. */
export function send(
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Response> {
  const authorization =
    "AWS4-HMAC-SHA256 Credential=TESTER/20260101/eu-central-1/s3/aws4_request, SignedHeaders=a, Signature=b";
  return fetch(url, { method, headers: { authorization, ...headers }, ...(body === undefined ? {} : { body }) });
}

/** Expects a call of the SDK to fail with an error of this name and status, and answers the error. */
export async function refused(promise: Promise<unknown>, name: string, status: number): Promise<any> {
  let error: any;
  await assert.rejects(promise, (thrown: any) => {
    error = thrown;
    assert.deepEqual([thrown.name, thrown.$metadata?.httpStatusCode], [name, status]);
    return true;
  });
  return error;
}
