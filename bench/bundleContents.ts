import { contentsOf } from "../components/bundleContents";
import type { DeployedFunction } from "./archive";

const MOST_PACKAGES = 12;

/** What the archives are made of: the largest packages of each function's bundle, and of all together. */
export function contentsRemark(deployed: readonly DeployedFunction[]): string[] {
  const contents = deployed.map(({ service, files }) => ({ service, packages: contentsOf(files["index.js"] ?? "") }));
  const unknown = contents.filter(({ packages }) => packages === undefined).map(({ service }) => service);
  const known = contents.flatMap(({ service, packages }) => (packages === undefined ? [] : [{ service, packages }]));
  const rows = known.map(
    ({ service, packages }) =>
      `  ${service}: ${largest(packages)
        .map(([name, bytes]) => `${name} ${kb(bytes)}`)
        .join(", ")}`,
  );
  return [
    ...(rows.length > 0 ? [`In the bundles, in KB:\n${rows.join("\n")}`] : []),
    ...(unknown.length > 0 ? [`What is in ${unknown.join(", ")} is not known: the bundles were not made here.`] : []),
  ];
}

function largest(packages: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(packages)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_PACKAGES);
}

function kb(bytes: number): string {
  return (bytes / 1024).toFixed(1);
}
