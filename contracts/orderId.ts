import { v5 as uuidV5 } from "uuid";

/** The namespace of order ids that are made of a key. Changing it would make every repeated request a new order. */
const NAMESPACE = "6f1a3c52-92c4-4a7e-8f0b-3d6a4f0c9b1e";

/** The id of the order that a tenant's idempotency key stands for: always the same, and never another tenant's. */
export function orderIdOf(tenantId: string, key: string): string {
  return uuidV5(JSON.stringify([tenantId, key]), NAMESPACE);
}
