import type { ResourceKind } from "../resource";
import type { LocalService } from "../service";
import { networkKinds } from "./networkKinds";

/** EC2's networks: they are there to be named by others, and separate nothing. */
export class NetworkService implements LocalService {
  readonly name = "ec2";
  readonly kinds: readonly ResourceKind[] = networkKinds;
  readonly targetPrefixes = [];
  readonly operations = {};

  async realise(): Promise<void> {}

  async start(): Promise<void> {}

  async stop(): Promise<void> {}
}
