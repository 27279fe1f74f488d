/**
 * Reads the form of a query request into the structure that the JSON protocols send. `Entries.member.1.Id` is a field of
 * the first entry of a list; `Attributes.entry.1.key` with `.value` (or `Name` with `Value`) is an entry of a map. Every
 * leaf is a text; `Action` and `Version` are left out.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#request-serialization
 */
export function readForm(form: URLSearchParams): Record<string, unknown> {
  const root: Tree = new Map();
  for (const [name, text] of form) {
    if (name !== "Action" && name !== "Version") place(root, name.split("."), text);
  }
  return Object.fromEntries([...root].map(([name, node]) => [name, valueOf(node)]));
}

type Tree = Map<string, Tree | string>;

function place(tree: Tree, path: readonly string[], text: string): void {
  const [name = "", ...rest] = path;
  if (rest.length === 0) {
    tree.set(name, text);
    return;
  }
  const known = tree.get(name);
  const branch: Tree = typeof known === "object" ? known : new Map<string, Tree | string>();
  tree.set(name, branch);
  place(branch, rest, text);
}

function valueOf(node: Tree | string): unknown {
  if (typeof node === "string") return node;
  const members = onlyBranch(node, "member");
  if (members !== undefined) return inOrder(members).map(valueOf);
  const entries = onlyBranch(node, "entry");
  if (entries !== undefined) return Object.fromEntries(inOrder(entries).map(entryOf));
  return Object.fromEntries([...node].map(([name, child]) => [name, valueOf(child)]));
}

function onlyBranch(node: Tree, name: string): Tree | undefined {
  const branch = node.get(name);
  return node.size === 1 && typeof branch === "object" ? branch : undefined;
}

function inOrder(numbered: Tree): (Tree | string)[] {
  return [...numbered].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
}

function entryOf(entry: Tree | string): readonly [string, unknown] {
  if (typeof entry === "string") return [entry, undefined];
  const key = entry.get("key") ?? entry.get("Name");
  const value = entry.get("value") ?? entry.get("Value");
  return [typeof key === "string" ? key : "", value === undefined ? undefined : valueOf(value)];
}
