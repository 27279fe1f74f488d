import type { Reply } from "../endpoint/protocol";
import type { S3Request } from "./s3Request";

/** One API operation: takes a request, answers it, throws S3Error. Synchronous, so that each is one atomic step. */
export type S3Operation = (request: S3Request) => Reply;
