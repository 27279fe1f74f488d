import { invalidArgument, S3Error } from "./s3Error";

/** An object has at most ten tags: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MAX_TAGS = 10;

/**
 * Reads the header x-amz-tagging, `team=orders&kind=receipt`; absent: none.
 *
 * @throws S3Error InvalidArgument for a tag given twice, BadRequest for more than ten, InvalidTag for one too long
 */
export function tagsOf(header: string | undefined): Readonly<Record<string, string>> {
  const pairs = [...new URLSearchParams(header ?? "")];
  const tags = Object.fromEntries(pairs);
  if (Object.keys(tags).length !== pairs.length) {
    const message =
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";
    throw invalidArgument("x-amz-tagging", header ?? "", message);
  }
  if (pairs.length > MAX_TAGS) throw new S3Error("BadRequest", "Object tags cannot be greater than 10", 400);
  for (const [key, value] of pairs) {
    if (key === "" || key.length > 128 || value.length > 256) {
      throw new S3Error("InvalidTag", "The TagKey or TagValue you have provided is invalid", 400, { TagKey: key });
    }
  }
  return tags;
}
