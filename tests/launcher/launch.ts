import { plain } from "../../local/engine/plain";
import type { LocalProvider } from "../../local/provider";
import { Services } from "../../local/services";
import { type Asked, Engine, type Plugins } from "./engine";
import { runProgram, type RunResponse } from "./languageHost";
import { type GivenSetting, stackConfiguration } from "./stackConfiguration";
import { UNKNOWN } from "./wire";

type Fields = Readonly<Record<string, unknown>>;

/** A run of the program by the launcher, and what the engine saw of it. */
export interface Launch {
  readonly response: RunResponse;
  readonly engine: Engine;
}

/** What is launched: the program of a folder as a stack, with what `pulumi config set` was told. */
export interface LaunchedStack {
  readonly folder: string;
  readonly stack: string;
  readonly given: readonly GivenSetting[];
}

export const PROJECT = "orderflow";

/** The provider of the local runtime: whatever it answers for AWS here, the program gets from the launcher too. */
export function providerOf(stack: string): LocalProvider {
  return new Services(PROJECT, stack, "eu-central-1", 1).provider();
}

/** What `pulumi up` comes to where nothing exists yet. */
export function launchUpdate(launched: LaunchedStack): Promise<Launch> {
  const provider = providerOf(launched.stack);
  return launch(launched, false, {
    register: (asked) => {
      const { id, ...computed } = provider.outputs({ ...asked, inputs: plain(asked.inputs) as Fields });
      return { id: String(id), state: { ...computed, ...asked.inputs } };
    },
    invoke: (token, args) => provider.call(token, args),
  });
}

/** What `pulumi preview` comes to where nothing exists yet: whatever the program did not give itself is unknown. */
export function launchPreview(launched: LaunchedStack, update: Launch): Promise<Launch> {
  const provider = providerOf(launched.stack);
  const computed = new Map(update.engine.asked.map((asked) => [asked.urn, computedKeys(provider, asked)]));
  return launch(launched, true, {
    register: (asked) => {
      const unknown = Object.fromEntries((computed.get(asked.urn) ?? []).map((key) => [key, UNKNOWN]));
      return { id: "", state: { ...unknown, ...asked.inputs } };
    },
    invoke: (token, args) => provider.call(token, args),
  });
}

function computedKeys(provider: LocalProvider, asked: Asked): string[] {
  return Object.keys(provider.outputs({ ...asked, inputs: plain(asked.inputs) as Fields }));
}

async function launch({ folder, stack, given }: LaunchedStack, preview: boolean, plugins: Plugins): Promise<Launch> {
  const engine = new Engine(PROJECT, stack, plugins);
  try {
    const response = await runProgram({
      ...{ folder, project: PROJECT, stack, organization: "shop", preview },
      configuration: stackConfiguration(folder, stack, given),
      address: await engine.listen(),
    });
    return { response, engine };
  } finally {
    engine.stop();
  }
}
