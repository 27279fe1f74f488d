import { textAt } from "../fields";
import { DOMAIN_NAME, REST_API } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html */
export const apiSpeaksModernTls: ResourceRule = {
  name: "api-speaks-modern-tls",
  what: "Every API refuses versions of TLS before 1.2.",
  why: "TLS 1.0 and 1.1 have known holes, and are given up by every browser.",
  fix: 'Set securityPolicy to one that begins at TLS 1.2, such as "SecurityPolicy_TLS13_1_2_2021_06".',
  severity: "high",
  controls: ["FSBP-APIGateway.11"],
  types: [REST_API, DOMAIN_NAME],
  problems: ({ props }) => {
    const policy = textAt(props, "securityPolicy");
    return (
      !/^(TLS_1_[2-9]|SecurityPolicy_TLS13_1_[2-9])/.test(policy) &&
      `takes ${policy || "what API Gateway takes by itself, TLS 1.0 too"}.`
    );
  },
};
