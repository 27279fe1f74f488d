import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Flags for machines without a screen or a graphics card, on which a browser asks nobody anything of its own accord. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** Where Chromium is on this machine; undefined when it is not installed. */
export function chromiumPath(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
}

/** A browser on the console, which notes what should never happen. */
export class ConsoleBrowser {
  /** Errors on the page's console, and those that nobody caught. */
  readonly errors: string[] = [];
  /** Requests to anywhere but this machine. */
  readonly strangers: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly folder: string,
  ) {
    // A machine that does other things as well takes its time.
    page.setDefaultTimeout(60_000);
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol !== "data:" && hostname !== "127.0.0.1") this.strangers.push(request.url());
    });
  }

  static async open(executablePath: string, { width, height, scheme }: Look): Promise<ConsoleBrowser> {
    const folder = mkdtempSync(join(tmpdir(), "console-browser-"));
    const context = await chromium.launchPersistentContext(folder, {
      ...{ executablePath, args: FLAGS, viewport: { width, height }, colorScheme: scheme, timezoneId: "UTC" },
    });
    const [page = await context.newPage()] = context.pages();
    return new ConsoleBrowser(context, page, folder);
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
