import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archiveKb, compressedKb, load, unpacked, type DeployedFunction, type Load } from "../archive";
import { contentsRemark } from "../bundleContents";
import { Figures, type FigureKind } from "../figure";
import type { Conditions, Findings } from "../part";
import { median } from "../statistics";

/** Loads of each archive within a run; the run's value is their median. */
const LOADS = 9;
const QUICK_LOADS = 3;

/** The function that a client waits for. */
const WATCHED = "createOrder";

/** What each function's archive holds, and how long a fresh process needs to take it in. */
export async function measureColdStart(
  { runs, isQuick, say }: Conditions,
  functions: () => Promise<readonly DeployedFunction[]>,
): Promise<Findings> {
  const deployed = await functions();
  const below = mkdtempSync(join(tmpdir(), "orderflow-bench-"));
  const figures = new Figures();
  try {
    const folders = new Map(deployed.map((lambda) => [lambda.service, unpacked(lambda, below)]));
    addSizes(figures, deployed);
    const loads = isQuick ? QUICK_LOADS : LOADS;
    for (let run = 1; run <= runs; run++) {
      say(`run ${run}: ${deployed.length} archives, each in ${loads} fresh processes`);
      const empty = medianLoad(loads, () => load());
      figures.add({ name: "CPU, empty process", unit: "ms", better: "less", isAside: true }, empty.cpuMs);
      for (const { service, environment } of deployed) {
        addLoad(
          figures,
          service,
          medianLoad(loads, () => load(folders.get(service), environment)),
        );
      }
    }
  } finally {
    rmSync(below, { recursive: true });
  }
  return {
    figures: figures.all,
    remarks: [
      "Load: from `require` until the handler is there. CPU: of the whole process, Node's own start included.",
      ...contentsRemark(deployed),
    ],
  };
}

function addSizes(figures: Figures, deployed: readonly DeployedFunction[]): void {
  for (const lambda of deployed) {
    const most = lambda.service === WATCHED ? 450 : 600;
    const kind = { name: `archive, ${lambda.service}`, unit: "KB", better: "less", target: { most } } as const;
    figures.add(kind, archiveKb(lambda));
  }
  const largest = { name: "largest archive, compressed", unit: "KB", better: "less", isAside: true } as const;
  figures.add(largest, Math.max(...deployed.map(compressedKb)));
}

function addLoad(figures: Figures, service: string, { loadMs, cpuMs }: Load): void {
  const target = (most: number): Pick<FigureKind, "target"> => (service === WATCHED ? { target: { most } } : {});
  figures.add({ name: `load, ${service}`, unit: "ms", better: "less", ...target(40) }, loadMs);
  figures.add({ name: `CPU, ${service}`, unit: "ms", better: "less", ...target(95) }, cpuMs);
}

function medianLoad(loads: number, once: () => Load): Load {
  const all = Array.from({ length: loads }, once);
  return { loadMs: median(all.map(({ loadMs }) => loadMs)), cpuMs: median(all.map(({ cpuMs }) => cpuMs)) };
}
