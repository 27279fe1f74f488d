/** What the function is told in its environment under `name`. Throws where it is told nothing. */
export function environmentVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`The function's environment has no ${name}.`);
  return value;
}
