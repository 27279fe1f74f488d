import type { Pipeline } from "./pipeline";

/** The ARN of the role of a function, by the function's service (`ConfirmOrder`). Throws when the program has none. */
export function functionRole(resources: Pipeline["runtime"]["resources"], service: string): string {
  const found = resources.find(
    ({ type, outputs }) => type === "aws:lambda/function:Function" && String(outputs["name"]).endsWith(`-${service}`),
  );
  if (found === undefined) throw new Error(`The program has no function ${service}.`);
  return String(found.inputs["role"]);
}
