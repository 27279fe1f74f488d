import { createHash } from "node:crypto";

/** Temporary credentials of a role, as a function finds them in its environment. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * The access key id under which a role's functions call: "ASIA" and sixteen characters, always the same
 * for the same role, so that the endpoint can tell the role from the key. Letters and digits only,
 * because DynamoDB Local accepts nothing else.
 */
export function accessKeyFor(roleArn: string): string {
  const hash = createHash("sha256").update(roleArn).digest();
  return "ASIA" + [...hash.subarray(0, 16)].map((byte) => BASE_32[byte & 31]).join("");
}

/** Nobody checks the secret and the token: whoever can reach the endpoint is on this machine. */
export function credentialsFor(roleArn: string): RoleCredentials {
  const secret = createHash("sha256").update(`secret of ${roleArn}`).digest("hex");
  return {
    accessKeyId: accessKeyFor(roleArn),
    secretAccessKey: secret.slice(0, 40),
    sessionToken: `local${secret}`,
  };
}

const BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
