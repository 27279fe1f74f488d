import { JsonPlace } from "./jsonPlace";
import type { QuotaSettings } from "./quota";
import type { Throttle } from "./tokenBucket";

/** What a usage plan grants to each of its keys. */
export interface UsagePlan {
  readonly stages: readonly PlanStage[];
  /** For all stages together. */
  readonly throttle: Throttle | undefined;
  readonly quota: QuotaSettings | undefined;
}

/** A stage that a plan opens. */
export interface PlanStage {
  readonly apiId: string;
  readonly stageName: string;
  /** By resource and method, for example `/orders/POST`. */
  readonly throttles: ReadonlyMap<string, Throttle>;
}

/** Reads the inputs of a usage plan; fails with everything that is wrong with them. */
export function readUsagePlan(inputs: Readonly<Record<string, unknown>>): UsagePlan {
  const problems: string[] = [];
  const root = JsonPlace.root(inputs, problems);
  const plan = {
    stages: root.get("apiStages").elements().map(readStage),
    throttle: readThrottle(root.get("throttleSettings").knows(["burstLimit", "rateLimit"])),
    quota: readQuota(root.get("quotaSettings").knows(["limit", "offset", "period"])),
  };
  if (problems.length > 0) throw new Error(problems.join(" "));
  return plan;
}

function readStage(place: JsonPlace): PlanStage {
  place.knows(["apiId", "stage", "throttles"]);
  const throttles = new Map<string, Throttle>();
  for (const override of place.get("throttles").elements()) {
    const path = override.knows(["path", "burstLimit", "rateLimit"]).get("path").text();
    const throttle = readThrottle(override);
    if (path?.startsWith("/") !== true) override.get("path").refuse('must be a resource and a method: "/orders/POST".');
    else if (throttle !== undefined) throttles.set(path, throttle);
  }
  return { apiId: place.get("apiId").text() ?? "", stageName: place.get("stage").text() ?? "", throttles };
}

function readThrottle(place: JsonPlace): Throttle | undefined {
  const burst = place.get("burstLimit").number();
  const ratePerSecond = place.get("rateLimit").number();
  if (burst === undefined && ratePerSecond === undefined) return undefined;
  if (burst !== undefined && ratePerSecond !== undefined) return { burst, ratePerSecond };
  // The provider sends 0 for the absent one, which lets nothing through.
  place.refuse("must have both burstLimit and rateLimit: the one that is left out counts as 0.");
  return undefined;
}

function readQuota(place: JsonPlace): QuotaSettings | undefined {
  if (!place.exists) return undefined;
  const period = place.get("period").text();
  const limit = place.get("limit").number();
  if (limit === undefined || (period !== "DAY" && period !== "WEEK" && period !== "MONTH")) {
    place.refuse("must have a limit, and a period that is DAY, WEEK or MONTH.");
    return undefined;
  }
  return { limit, offset: place.get("offset").number() ?? 0, period };
}
