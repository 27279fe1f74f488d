import { spawnSync } from "node:child_process";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { join } from "node:path";

/** What figures were measured on. They say nothing about another machine. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly java: string;
}

export function thisMachine(): Machine {
  const cores = cpus();
  return {
    processor: cores[0]?.model.trim() ?? "unknown",
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
    java: javaVersion(),
  };
}

function javaVersion(): string {
  const home = process.env["JAVA_HOME"];
  const { stderr } = spawnSync(home ? join(home, "bin", "java") : "java", ["-version"], { encoding: "utf8" });
  return /version "([^"]+)"/.exec(stderr ?? "")?.[1] ?? "unknown";
}
