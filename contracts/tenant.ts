import * as Type from "@sinclair/typebox";
import { ROLE_ARN } from "./tenantRole";

/**
 * The fastest that one tenant can be limited to. Its state is one item, and one item takes a thousand writes a second:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
export const MAX_RATE_PER_SECOND = 1000;

/** More at once would be no limit any more. */
export const MAX_BURST = 100_000;

/** Requests a month that a quota may be: the gateway keeps it as a 32-bit integer. */
export const MAX_QUOTA = 2_000_000_000;

const TenantName = Type.String({ pattern: "^[a-z][a-z0-9-]{0,30}$" });

/** A customer of the API, with the role and the limits that are its own; limits that are absent are the stack's. */
export const Tenant = Type.Object(
  {
    name: TenantName,
    roleArn: Type.Optional(
      Type.String({ pattern: ROLE_ARN, description: "The IAM role that it assumes, where requests are signed." }),
    ),
    burst: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_BURST, description: "Orders at once." })),
    ratePerSecond: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_RATE_PER_SECOND, description: "Orders a second, in the long run." }),
    ),
    requestsPerMonth: Type.Optional(
      Type.Integer({ minimum: 0, maximum: MAX_QUOTA, description: "Requests of any kind; 0 is no quota." }),
    ),
  },
  { additionalProperties: false },
);
export type Tenant = Readonly<Type.Static<typeof Tenant>>;

/** Tenants as a stack's settings list them: a name alone, or a name with more. */
export const TenantList = Type.Array(Type.Union([TenantName, Tenant]), { minItems: 1, maxItems: 100 });

/** How fast orders may come: `burst` at once, `ratePerSecond` in the long run. Whole numbers, at least 1. */
export interface OrderLimit {
  readonly burst: number;
  readonly ratePerSecond: number;
}
