import type { LocalService } from "../service";
import { webAclKinds } from "./webAclKinds";

/** WAF: web ACLs can be made and referred to; none of them is enforced, and no call is answered. */
export class WebAclService implements LocalService {
  readonly name = "wafv2";
  readonly kinds = webAclKinds;
  readonly targetPrefixes = [];
  readonly operations = {};

  async realise(): Promise<void> {}

  async start(): Promise<void> {}

  async stop(): Promise<void> {}
}
