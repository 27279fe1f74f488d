import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { HttpRequest } from "./exchange";
import { headerOf } from "./exchange";
import { GatewayFailure } from "./gatewayFailure";

/** What a signature is checked with. */
export interface SignatureKeys {
  readonly region: string;
  /** The secrets of an access key; undefined for one that nobody has. */
  readonly credentialsOf: (
    accessKeyId: string,
  ) => { readonly secretAccessKey: string; readonly sessionToken: string } | undefined;
}

interface Authorization {
  readonly accessKeyId: string;
  /** `date/region/service/aws4_request`. */
  readonly scope: string;
  /** Small letters. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/**
 * Checks the Signature Version 4 in the headers of a request, with all of its parts signed anew; signatures in the query
 * are not looked at.
 *
 * @returns the access key that signed
 * @throws GatewayFailure as API Gateway words it; of which kind those of DEFAULT_4XX are on AWS is not documented
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function checkSignature(request: HttpRequest, { region, credentialsOf }: SignatureKeys): string {
  const header = headerOf(request, "authorization");
  if (header === undefined) throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN");
  const authorization = readAuthorization(header);
  const time = headerOf(request, "x-amz-date") ?? "";
  checkScope(authorization, time, region);
  const { accessKeyId } = authorization;
  const credentials = credentialsOf(accessKeyId);
  if (credentials === undefined || headerOf(request, "x-amz-security-token") !== credentials.sessionToken) {
    throw refused("UnrecognizedClientException", "The security token included in the request is invalid.");
  }
  checkAge(time);
  const canonical = canonicalRequest(request, authorization.signedHeaders);
  const toSign = ["AWS4-HMAC-SHA256", time, authorization.scope, sha256(canonical)].join("\n");
  if (!same(signatureOf(toSign, authorization.scope, credentials.secretAccessKey), authorization.signature)) {
    throw new GatewayFailure("INVALID_SIGNATURE", { message: mismatch(canonical, toSign) });
  }
  return accessKeyId;
}

function refused(errorType: string, message: string): GatewayFailure {
  return new GatewayFailure("DEFAULT_4XX", { status: 403, errorType, message });
}

function incomplete(message: string): GatewayFailure {
  return refused("IncompleteSignatureException", message);
}

function readAuthorization(header: string): Authorization {
  const [algorithm, ...rest] = header.split(" ");
  const parameters = new Map(
    rest
      .join("")
      .split(",")
      .map((pair) => [pair.split("=", 1)[0] ?? "", pair.slice(pair.indexOf("=") + 1)]),
  );
  const wanted = ["Credential", "Signature", "SignedHeaders"];
  const missing = wanted.filter((name) => algorithm !== "AWS4-HMAC-SHA256" || !parameters.get(name));
  if (missing.length > 0) {
    const texts = missing.map((name) => `Authorization header requires '${name}' parameter.`);
    throw incomplete(`${texts.join(" ")} Authorization=${algorithm}`);
  }
  const [accessKeyId = "", ...scope] = (parameters.get("Credential") ?? "").split("/");
  return {
    accessKeyId,
    scope: scope.join("/"),
    signedHeaders: (parameters.get("SignedHeaders") ?? "").split(";").map((name) => name.toLowerCase()),
    signature: parameters.get("Signature") ?? "",
  };
}

function checkScope({ scope, signedHeaders }: Authorization, time: string, region: string): void {
  if (!/^\d{8}T\d{6}Z$/.test(time))
    throw incomplete("Authorization header requires existence of a 'X-Amz-Date' header.");
  if (!signedHeaders.includes("host")) throw invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  const [date, scopeRegion = "", service, end] = scope.split("/");
  if (date !== time.slice(0, 8)) throw invalid("Date in Credential scope does not match YYYYMMDD from X-Amz-Date.");
  if (scopeRegion !== region) throw invalid(`Credential should be scoped to a valid region, not '${scopeRegion}'.`);
  if (service !== "execute-api") throw invalid("Credential should be scoped to correct service: 'execute-api'.");
  if (end !== "aws4_request") throw invalid("Credential should be scoped with a valid terminator: 'aws4_request'.");
}

function invalid(message: string): GatewayFailure {
  return new GatewayFailure("INVALID_SIGNATURE", { message });
}

/** By the machine's clock, which the client has too; that of the runtime runs ahead of it. */
function checkAge(time: string): void {
  const signedMs = Date.parse(
    time.replace(
      /^(....)(..)(..)T(..)(..)(..)Z$/,
      (_, ...[y, m, d, h, min, s]: string[]) => `${y}-${m}-${d}T${h}:${min}:${s}Z`,
    ),
  );
  const ageMs = Date.now() - signedMs;
  if (ageMs > TOLERANCE_MS) throw invalid(`Signature expired: ${time} is more than 5 minutes ago.`);
  if (ageMs < -TOLERANCE_MS) throw invalid(`Signature not yet current: ${time} is more than 5 minutes ahead.`);
}

const TOLERANCE_MS = 5 * 60_000;

function canonicalRequest({ method, path, query, headers, body }: HttpRequest, signed: readonly string[]): string {
  const values = (name: string): string =>
    headers
      .filter(([candidate]) => candidate.toLowerCase() === name)
      .map(([, value]) => value.trim().replace(/ +/g, " "))
      .join(",");
  const lines = signed.map((name) => `${name}:${values(name)}\n`);
  return [method, canonicalPath(path), canonicalQuery(query), lines.join(""), signed.join(";"), sha256(body)].join(
    "\n",
  );
}

/** Encoded once more than it was sent, and without what leads nowhere. */
function canonicalPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(encoded(segment));
  }
  return `/${kept.join("/")}${kept.length > 0 && path.endsWith("/") ? "/" : ""}`;
}

function canonicalQuery(query: string): string {
  const pairs = query.split("&").filter((pair) => pair !== "");
  const canonical = pairs.map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return [encoded(decoded(name)), encoded(decoded(value.join("=")))] as const;
  });
  const sorted = canonical.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  return sorted.map(([name, value]) => `${name}=${value}`).join("&");
}

/** All but letters, digits and `-._~`, as RFC 3986 has it. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that encodes nothing stands for itself.
    return text;
  }
}

function signatureOf(toSign: string, scope: string, secretAccessKey: string): string {
  const key = scope.split("/").reduce((sum: string | Buffer, part) => hmac(sum, part), `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function same(expected: string, given: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given, "latin1"), Buffer.from(expected));
}

function mismatch(canonical: string, toSign: string): string {
  return (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key " +
    "and signing method. Consult the service documentation for details.\n\n" +
    `The Canonical String for this request should have been\n'${canonical}'\n\n` +
    `The String-to-Sign should have been\n'${toSign}'\n`
  );
}
