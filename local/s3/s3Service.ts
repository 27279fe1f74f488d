import { randomUUID } from "node:crypto";
import type { AwsError } from "../awsError";
import type { Release } from "../clock";
import { asAwsError, type Reply } from "../endpoint/protocol";
import type { RawRequest, RawService } from "../endpoint/endpointParts";
import { AccessDenied, principalOf, type Permission } from "../iam/access";
import type { Resource } from "../resource";
import type { Call, LocalService } from "../service";
import type { Bucket } from "./bucket";
import { CONFIGURE } from "./bucketConfiguration";
import { bucketOperations } from "./bucketOperations";
import { Buckets, type S3ServiceOptions } from "./buckets";
import { deletions } from "./deletions";
import { nextMidnight, sweep } from "./lifecycle";
import { objectLists } from "./objectLists";
import { objectReads } from "./objectReads";
import { objectWrites } from "./objectWrites";
import { operationName } from "./operationName";
import { permissionsOf } from "./permissions";
import { errorReply, notImplemented, S3Error } from "./s3Error";
import { s3Kinds } from "./s3Kinds";
import type { S3Operation } from "./s3Operation";
import { S3Request } from "./s3Request";
import { versionLists } from "./versionLists";

/**
 * S3 for documents: objects with versions, conditions, checksums and listings, path style only. Lifecycle
 * rules are honoured by a sweep at every midnight (UTC) of the clock. What is not here (multipart uploads, ACLs, …) is
 * answered with NotImplemented and its name.
 */
export class S3Service implements LocalService, RawService {
  readonly name = "s3";
  readonly signingName = "s3";
  readonly kinds = s3Kinds;
  readonly targetPrefixes = [];
  /** None by name: S3 tells its operations by method, path and query. See {@link handle}. */
  readonly operations = {};
  private readonly buckets: Buckets;
  private readonly run: Readonly<Record<string, S3Operation>>;
  private releaseSweep: Release | undefined;

  constructor(private readonly options: S3ServiceOptions) {
    const buckets = (this.buckets = new Buckets(options));
    this.run = {
      ...bucketOperations(buckets),
      ...objectReads(buckets),
      ...objectWrites(buckets),
      ...deletions(buckets),
      ...objectLists(buckets),
      ...versionLists(buckets),
    };
  }

  async realise({ type, name, inputs, outputs }: Resource): Promise<void> {
    try {
      if (type === "aws:s3/bucket:Bucket") return void this.buckets.create(String(outputs["bucket"]));
      const configure = CONFIGURE[type];
      if (configure === undefined) throw new Error(`S3 has no stand-in for ${type}.`);
      const bucket = this.buckets.get(String(inputs["bucket"]));
      configure(bucket, inputs);
      this.options.access?.attach(`arn:aws:s3:::${bucket.name}`, bucket.policy);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
    }
  }

  async start(): Promise<void> {
    // Rules come from the program alone, so whether there are any is known now.
    if (this.buckets.all().some(({ lifecycleRules }) => lifecycleRules.length > 0)) this.awaitMidnight();
  }

  async stop(): Promise<void> {
    this.releaseSweep?.();
    this.buckets.contents.close();
  }

  /** Every bucket, for metrics and views. */
  all(): readonly Bucket[] {
    return this.buckets.all();
  }

  bucket(name: string): Bucket | undefined {
    return this.buckets.find(name);
  }

  permissionsOf(raw: RawRequest): readonly [Permission, ...Permission[]] {
    try {
      const request = new S3Request(raw);
      return permissionsOf(operationName(request), request);
    } catch {
      // A request that cannot be read is refused by `handle`, whoever sends it.
      return [{ action: "s3:Unknown", resource: "*" }];
    }
  }

  /** Answers every request, errors included, in S3's own documents. */
  async handle(raw: RawRequest, call?: Pick<Call, "caller">): Promise<Reply> {
    try {
      const reply = this.answer(new S3Request(raw));
      return { ...reply, headers: { "x-amz-request-id": randomUUID(), ...reply.headers } };
    } catch (error) {
      return this.refuse(this.hidden(asAwsError(error), raw, call), raw);
    }
  }

  /**
   * Who may not list a bucket is not told that a key is missing in it:
   * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
   */
  private hidden(error: AwsError, raw: RawRequest, call: Pick<Call, "caller"> | undefined): AwsError {
    const { access } = this.options;
    if (error.code !== "NoSuchKey" || call === undefined || access === undefined) return error;
    const resource = `arn:aws:s3:::${new S3Request(raw).bucket}`;
    const request = { principal: principalOf(call.caller), action: "s3:ListBucket", resource };
    const refusal = access.wouldRefuse(request);
    return refusal === undefined ? error : new AccessDenied(request, refusal);
  }

  refuse(error: AwsError, { method }: RawRequest): Reply {
    return errorReply(error, method, randomUUID());
  }

  private answer(request: S3Request): Reply {
    const operation = operationName(request);
    const run = this.run[operation];
    if (run === undefined) throw notImplemented(`the operation ${operation}`);
    for (const header of ["x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner"]) {
      const owner = request.header(header);
      if (owner !== undefined && owner !== this.buckets.cloud.accountId) {
        throw new S3Error("AccessDenied", "Access Denied", 403);
      }
    }
    return run(request);
  }

  private awaitMidnight(): void {
    const nowMs = this.buckets.clock.now();
    this.releaseSweep = this.buckets.clock.after(nextMidnight(nowMs) - nowMs, () => {
      for (const bucket of this.buckets.all()) {
        for (const version of sweep(bucket, this.buckets.clock.now())) this.buckets.tell(bucket, version, "expired");
      }
      this.awaitMidnight();
    });
  }
}
