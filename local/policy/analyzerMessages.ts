import {
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  type AnalyzeResponse,
  type AnalyzerInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Resource } from "../resource";
import type { PackFace, PolicyLevel, PolicySeverity, Verdict, Violation } from "./policyRule";

type Fields = Readonly<Record<string, unknown>>;
/** The SDK's own Struct class is of another copy of the type, with the same wire format. */
type SdkStruct = Parameters<AnalyzeRequest["setProperties"]>[0];

/** A resource as the engine asks a pack about it before it is made. */
export function analyzeRequest(resource: Resource, config: Fields): AnalyzeRequest {
  const request = new AnalyzeRequest();
  request.setProperties(struct(resource.inputs));
  return described(request, resource, config);
}

/** A resource as the engine shows it among all others, once they are made. */
export function stackResource(resource: Resource, config: Fields): AnalyzerResource {
  const described_ = described(new AnalyzerResource(), resource, config);
  described_.setProperties(struct(resource.outputs));
  described_.setParent(resource.parent ?? "");
  described_.setDependenciesList([...resource.dependencies]);
  const byProperty = described_.getPropertydependenciesMap();
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    const dependencies = new AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    byProperty.set(property, dependencies);
  }
  return described_;
}

function described<Message extends AnalyzeRequest | AnalyzerResource>(
  message: Message,
  { type, urn, name, protect, parent }: Resource,
  config: Fields,
): Message {
  const options = new AnalyzerResourceOptions();
  options.setProtect(protect);
  options.setParent(parent ?? "");
  message.setType(type);
  message.setUrn(urn);
  message.setName(name);
  message.setOptions(options);
  const provider = providerOf(type, urn, config);
  if (provider !== undefined) message.setProvider(provider);
  return message;
}

/** The default provider, which is told what the configuration has under its name (`aws:region`), as texts. */
function providerOf(type: string, urn: string, config: Fields): AnalyzerProviderResource | undefined {
  const [pack = ""] = type.split(":");
  if (!/^[a-z]+:[a-z0-9]+\//.test(type)) return undefined;
  const provider = new AnalyzerProviderResource();
  const own = Object.entries(config).filter(([key]) => key.startsWith(`${pack}:`));
  const [, , stack, project] = urn.split(":").filter((part) => part !== "");
  provider.setType(`pulumi:providers:${pack}`);
  provider.setName("default");
  provider.setUrn(`urn:pulumi:${stack ?? ""}::${project ?? ""}::pulumi:providers:${pack}::default`);
  provider.setProperties(struct(Object.fromEntries(own.map(([key, value]) => [key.slice(pack.length + 1), value]))));
  return provider;
}

/** Archives stay away: they are megabytes that no rule looks at. */
function struct(fields: Fields): SdkStruct {
  const { code, ...rest } = fields;
  const kept = typeof code === "object" && code !== null && "files" in code ? rest : fields;
  return Struct.fromJavaScript(kept as Record<string, JavaScriptValue>);
}

// By the numbers of https://github.com/pulumi/pulumi/blob/master/proto/pulumi/analyzer.proto
const LEVELS: readonly PolicyLevel[] = ["advisory", "mandatory", "disabled", "remediate"];
const SEVERITIES: readonly PolicySeverity[] = ["unspecified", "low", "medium", "high", "critical"];

export function levelNumber(level: PolicyLevel): 0 | 1 | 2 | 3 {
  return LEVELS.indexOf(level) as 0 | 1 | 2 | 3;
}

/** What a pack tells of itself. */
export function faceOf(info: AnalyzerInfo): PackFace {
  const rules = info.getPoliciesList().map((policy) => ({
    name: policy.getName(),
    title: policy.getDisplayname(),
    description: policy.getDescription(),
    level: LEVELS[policy.getEnforcementlevel()] ?? "mandatory",
    severity: SEVERITIES[policy.getSeverity()] ?? "unspecified",
    remediation: policy.getRemediationSteps(),
    tags: policy.getTagsList(),
    settings: (policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {}) as Record<string, Fields>,
  }));
  return { name: info.getName(), version: info.getVersion(), rules };
}

/** What a pack answers about one resource, or about a stack. */
export function verdictOf(response: AnalyzeResponse, urn = ""): Verdict {
  const violations = response.getDiagnosticsList().map((diagnostic): Violation => {
    const about = diagnostic.getUrn() || urn;
    return {
      rule: diagnostic.getPolicyname(),
      message: diagnostic.getMessage(),
      ...(about !== "" && { urn: about }),
      level: LEVELS[diagnostic.getEnforcementlevel()] ?? "mandatory",
      severity: SEVERITIES[diagnostic.getSeverity()] ?? "unspecified",
    };
  });
  const idle = response.getNotApplicableList().map((policy) => policy.getPolicyName());
  return { violations, notApplicable: new Map([[urn, idle]]) };
}
