import assert from "node:assert/strict";
import fc from "fast-check";
import { payloadOf } from "../../../local/s3/payload";
import { S3Request } from "../../../local/s3/s3Request";

const TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

function request(headers: Record<string, string>, body: string | Buffer): S3Request {
  return new S3Request({ method: "PUT", url: "/b/k", headers, body: Buffer.from(body) });
}

function code(headers: Record<string, string>, body: string): string {
  try {
    payloadOf(request(headers, body));
  } catch (error) {
    return (error as Error).name;
  }
  return "none";
}

describe("the payload of an upload to S3", () => {
  it("is put together from chunks of any sizes, signed or not", () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(fc.array(chunk), fc.boolean(), (chunks, isSigned) => {
        const extension = isSigned ? ";chunk-signature=ab12" : "";
        const encoded = [...chunks, new Uint8Array()].map((content) => {
          const head = `${content.length.toString(16)}${extension}\r\n`;
          return Buffer.concat([Buffer.from(head), content, Buffer.from(content.length === 0 ? "" : "\r\n")]);
        });
        const whole = Buffer.concat(chunks);
        const headers = {
          "x-amz-content-sha256": isSigned ? "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" : TRAILER,
          "x-amz-decoded-content-length": String(whole.length),
        };
        const { body } = payloadOf(request(headers, Buffer.concat([...encoded, Buffer.from("\r\n")])));
        assert.ok(body.equals(whole));
      }),
    );
  });

  it("is verified by the checksum that comes after it", () => {
    const headers = { "x-amz-content-sha256": TRAILER, "x-amz-trailer": "x-amz-checksum-crc32" };
    const body = (checksum: string): string => `3\r\nabc\r\n0\r\nx-amz-checksum-crc32:${checksum}\r\n\r\n`;
    assert.equal(payloadOf(request(headers, body("NSRBwg=="))).checksum?.value, "NSRBwg==");
    assert.equal(code(headers, body("NSRBwQ==")), "BadDigest");
    assert.equal(code(headers, "3\r\nabc\r\n0\r\n\r\n"), "MalformedTrailerError");
  });

  it("is refused when it is cut off or not as long as announced", () => {
    const headers = { "x-amz-content-sha256": TRAILER, "x-amz-decoded-content-length": "3" };
    for (const body of [
      "",
      "3\r\nab",
      "3\r\nabc\r\n",
      "3\r\nabcd\r\n0\r\n\r\n",
      "3\r\nabcxx0\r\n\r\n",
      "2\r\nab\r\n0\r\n\r\n",
      "-1\r\n",
    ]) {
      assert.equal(code(headers, body), "IncompleteBody", JSON.stringify(body));
    }
  });

  it("is refused with a hash of other content, two checksums, an unknown or a missing one", () => {
    assert.equal(code({ "x-amz-content-sha256": "0".repeat(64) }, "a"), "XAmzContentSHA256Mismatch");
    const two = { "x-amz-checksum-crc32": "NSRBwg==", "x-amz-checksum-sha1": "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=" };
    assert.equal(code(two, "abc"), "InvalidRequest");
    assert.equal(code({ "x-amz-checksum-xxhash64": "AAAAAAAAAAA=" }, "abc"), "NotImplemented");
    assert.equal(code({ "x-amz-sdk-checksum-algorithm": "CRC32" }, "abc"), "InvalidRequest");
  });
});
