import type { Bucket, Deletion } from "./bucket";
import type { Buckets } from "./buckets";
import { checkDelete } from "./conditions";
import { emptyReply, xmlReply } from "./objectReply";
import { checkVersionId } from "./objectReads";
import { payloadOf } from "./payload";
import { invalidRequest, malformedXml, notImplemented, S3Error } from "./s3Error";
import type { S3Operation } from "./s3Operation";
import type { S3Request } from "./s3Request";
import { childOf, parseXml, textOf, type XmlElement } from "./xmlDocument";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const MAX_OBJECTS = 1000;

/** One object that is to be deleted. */
export interface DeletedObject {
  readonly key: string;
  readonly versionId: string | undefined;
  /** Only when this is its entity tag, or `*` when it exists. */
  readonly match: string | undefined;
}

export function deletions(buckets: Buckets): Readonly<Record<string, S3Operation>> {
  const remove = (bucket: Bucket, object: DeletedObject): Deletion => {
    const { key, versionId, match } = object;
    if (versionId !== undefined) checkVersionId(versionId);
    checkDelete(match, bucket.current(key));
    const deletion =
      versionId === undefined ? bucket.delete(key, buckets.clock.now()) : bucket.deleteVersion(key, versionId);
    const told = deletion.marker ?? deletion.removed;
    if (told !== undefined) buckets.tell(bucket, told, "removed");
    return deletion;
  };
  return {
    DeleteObject(request) {
      const bucket = buckets.get(request.bucket);
      const versionId = request.parameter("versionId");
      const deletion = remove(bucket, { key: request.key, versionId, match: request.header("if-match") });
      return emptyReply(204, deletionHeaders(deletion, versionId));
    },
    DeleteObjects(request) {
      const bucket = buckets.get(request.bucket);
      const { objects, quiet } = deleteListOf(request);
      const results = objects.map((object) => attempt(object, () => remove(bucket, object)));
      return xmlReply("DeleteResult", {
        Deleted: quiet ? undefined : results.flatMap(({ deleted }) => deleted ?? []),
        Error: results.flatMap(({ error }) => error ?? []),
      });
    },
  };
}

function deletionHeaders(
  { marker, removed }: Deletion,
  versionId: string | undefined,
): Readonly<Record<string, string>> {
  const id = marker?.versionId ?? versionId;
  return {
    ...(id === undefined ? {} : { "x-amz-version-id": id }),
    ...(marker !== undefined || removed?.isDeleteMarker === true ? { "x-amz-delete-marker": "true" } : {}),
  };
}

/** What DeleteObjects tells of one object: it succeeds or fails by itself. */
interface Attempt {
  readonly deleted?: object;
  readonly error?: object;
}

function attempt({ key, versionId }: DeletedObject, remove: () => Deletion): Attempt {
  try {
    const { marker, removed } = remove();
    const taken = versionId !== undefined && removed?.isDeleteMarker === true ? versionId : undefined;
    const DeleteMarkerVersionId = marker?.versionId ?? taken;
    return {
      deleted: {
        Key: key,
        VersionId: versionId,
        DeleteMarker: DeleteMarkerVersionId === undefined ? undefined : true,
        DeleteMarkerVersionId,
      },
    };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return { error: { Key: key, VersionId: versionId, Code: error.code, Message: error.message } };
  }
}

/**
 * Reads the body of a DeleteObjects, which must come with a digest.
 *
 * @throws S3Error MalformedXML, InvalidRequest, BadDigest
 */
export function deleteListOf(request: S3Request): { objects: readonly DeletedObject[]; quiet: boolean } {
  const { body, checksum } = payloadOf(request);
  if (checksum === undefined && request.header("content-md5") === undefined) {
    throw invalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
  }
  const root = parseXml(body.toString());
  if (root?.name !== "Delete") throw malformedXml();
  const objects = root.children.filter(({ name }) => name === "Object").map(deletedObject);
  if (objects.length === 0 || objects.length > MAX_OBJECTS) throw malformedXml();
  return { objects, quiet: textOf(root, "Quiet")?.trim() === "true" };
}

function deletedObject(element: XmlElement): DeletedObject {
  const key = textOf(element, "Key");
  if (key === undefined || key === "") throw malformedXml();
  for (const name of ["LastModifiedTime", "Size"]) {
    if (childOf(element, name) !== undefined) throw notImplemented(`the element ${name} of DeleteObjects`);
  }
  return { key, versionId: textOf(element, "VersionId"), match: textOf(element, "ETag") };
}
