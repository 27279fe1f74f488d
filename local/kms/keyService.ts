import type { LocalService } from "../service";
import { keyKinds } from "./keyKinds";

/** KMS: keys can be made and referred to; nothing is encrypted with them, and no call is answered. */
export class KeyService implements LocalService {
  readonly name = "kms";
  readonly kinds = keyKinds;
  readonly targetPrefixes = [];
  readonly operations = {};

  async realise(): Promise<void> {}

  async start(): Promise<void> {}

  async stop(): Promise<void> {}
}
