import { join } from "node:path";

/** Java by JAVA_HOME, else the one on the PATH. */
export function javaCommand(): string {
  const home = process.env["JAVA_HOME"];
  return home === undefined || home === "" ? "java" : join(home, "bin", "java");
}
