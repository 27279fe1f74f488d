import type { BuildContext, BuildOptions, BuildResult, Plugin } from "esbuild";
import { dirname, join } from "node:path";

type Options = BuildOptions & { readonly absWorkingDir: string; readonly metafile: true };

/** How long esbuild is kept after its last bundle: a process that has nothing else to do ends after that. */
const KEPT_MS = 500;

/**
 * Makes bundles one after the other in one context of esbuild, which remembers the files that it has parsed:
 * fourteen functions that share an SDK take two thirds of the time of fourteen builds, and give the same bytes.
 */
export class BundleShop {
  private context: Promise<BuildContext<Options>> | undefined;
  private source = "";
  private last: Promise<unknown> = Promise.resolve();
  private closing: NodeJS.Timeout | undefined;

  /** @param sourceFile the file that sources stand for, from the working directory; their imports start beside it */
  constructor(
    private readonly options: Options,
    private readonly sourceFile: string,
  ) {}

  make(source: string): Promise<BuildResult<Options>> {
    const made = this.last.then(() => this.rebuild(source));
    this.last = made.catch(() => undefined);
    return made;
  }

  private async rebuild(source: string): Promise<BuildResult<Options>> {
    clearTimeout(this.closing);
    this.source = source;
    this.context ??= this.open();
    const context = await this.context;
    try {
      return await context.rebuild();
    } finally {
      this.closing = setTimeout(() => this.close(), KEPT_MS);
    }
  }

  private async open(): Promise<BuildContext<Options>> {
    const { context } = await import("esbuild");
    return context({ ...this.options, entryPoints: [this.sourceFile], plugins: [this.plugin()] });
  }

  private close(): void {
    void this.context?.then((context) => context.dispose());
    this.context = undefined;
  }

  private plugin(): Plugin {
    const path = join(this.options.absWorkingDir, this.sourceFile);
    return {
      name: "source",
      setup: (build) => {
        build.onResolve({ filter: /closure\.js$/ }, ({ kind }) => (kind === "entry-point" ? { path } : undefined));
        // Each file that the filter lets through costs a round trip between processes.
        build.onLoad({ filter: /[/\\]closure\.js$/ }, (file) =>
          file.path === path ? { contents: this.source, resolveDir: dirname(path), loader: "js" } : undefined,
        );
      },
    };
  }
}
