import assert from "node:assert/strict";
import { signedHeaders } from "../../../cli/logs/signature";

/** Of AWS's own test suite for signatures. */
const KEYS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const SCOPE = { region: "us-east-1", service: "service", now: new Date("2015-08-30T12:36:00Z") };
const host = "example.amazonaws.com";

describe("the signature of a request", () => {
  it("is the one that AWS's test suite gives for its plain POST (post-vanilla)", () => {
    assert.equal(
      signedHeaders({ host, headers: {}, body: "" }, SCOPE, KEYS)["authorization"],
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, " +
        "SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    );
  });

  it("is the one that AWS's test suite gives for a POST with a body (post-x-www-form-urlencoded)", () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    assert.match(
      signedHeaders({ host, headers, body: "Param1=value1" }, SCOPE, KEYS)["authorization"] ?? "",
      /Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a$/,
    );
  });

  it("covers the token of a session", () => {
    const signed = signedHeaders({ host, headers: {}, body: "" }, SCOPE, { ...KEYS, sessionToken: "token" });
    assert.equal(signed["x-amz-security-token"], "token");
    assert.match(signed["authorization"] ?? "", /SignedHeaders=host;x-amz-date;x-amz-security-token,/);
  });
});
