import Module from "node:module";

/**
 * Imported before anything of Pulumi, for a program's process starts with every pipeline. It leaves out what costs the
 * most there and serves nothing here.
 */

type Load = (request: string, ...rest: readonly unknown[]) => object;

/**
 * Packages that Pulumi's SDK loads to upload a closure together with its node_modules, which no bundled function asks
 * for: npm's own installer, a third of the SDK's time to load. They are loaded when something of them is touched.
 */
const RARELY_USED: ReadonlySet<string> = new Set(["@npmcli/arborist"]);

// The SDK writes down the stack of each of some thousand promises, which is a quarter of a start. Where it must know
// one, as for the place that a resource is created at, it says for itself how deep.
Error.stackTraceLimit = 0;

const loader = Module as unknown as { _load: Load };
const load = loader._load;
loader._load = (request, ...rest) =>
  RARELY_USED.has(request) ? whenTouched(() => load(request, ...rest)) : load(request, ...rest);

function whenTouched(load: () => object): object {
  // An importer asks first whether it meets a translated module, whose exports it then leaves where they are.
  return new Proxy({}, { get: (_, name): unknown => name === "__esModule" || Reflect.get(load(), name) });
}
