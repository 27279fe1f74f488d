import type { ResourceKind } from "../resource";
import type { LocalService } from "../service";

const samplingRuleKind: ResourceKind = {
  type: "aws:xray/samplingRule:SamplingRule",
  honours: [],
  withoutLocalEffect: [
    ...["ruleName", "priority", "version", "reservoirSize", "fixedRate", "serviceName", "serviceType"],
    ...["host", "httpMethod", "urlPath", "resourceArn", "attributes", "tags", "region"],
  ],
  outputs({ inputs, physicalName }, { region, accountId }) {
    const ruleName = typeof inputs["ruleName"] === "string" ? inputs["ruleName"] : physicalName;
    return { id: ruleName, ruleName, arn: `arn:aws:xray:${region}:${accountId}:sampling-rule/${ruleName}` };
  },
};

/** X-Ray: nothing is traced on one machine. */
export class TracingService implements LocalService {
  readonly name = "xray";
  readonly kinds = [samplingRuleKind];
  readonly targetPrefixes = [];
  readonly operations = {};

  async realise(): Promise<void> {}

  async start(): Promise<void> {}

  async stop(): Promise<void> {}
}
