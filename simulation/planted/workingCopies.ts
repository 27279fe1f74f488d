import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sabotaged, type PlantedBug } from "./plantedBug";

const MODULES = "node_modules";
/** What programs keep between runs: a sabotaged one must not touch the project's own. */
const CACHE = ".cache";

/** Copies of the project in a temporary folder: a clean one, and one at a time with a bug in it. */
export class WorkingCopies {
  private readonly folder: string;
  /** The project as it is now, changes that are not committed included. */
  readonly clean: string;

  /** Throws when the project's folder is no git work tree: git knows which files are the project's own. */
  constructor(project: string) {
    const files = ownFiles(project);
    this.folder = mkdtempSync(join(tmpdir(), "orderflow-planted-"));
    this.clean = join(this.folder, "clean");
    for (const file of files) {
      mkdirSync(dirname(join(this.clean, file)), { recursive: true });
      cpSync(join(project, file), join(this.clean, file));
    }
    linkModules(join(project, MODULES), join(this.clean, MODULES));
  }

  /** Puts a bug into a fresh copy, and answers its folder. Throws NotPlantable when it does not fit. */
  plant(bug: PlantedBug): string {
    const text = sabotaged(readFileSync(join(this.clean, bug.file), "utf8"), bug);
    const folder = join(this.folder, "planted");
    rmSync(folder, { recursive: true, force: true });
    cpSync(this.clean, folder, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(folder, bug.file), text);
    return folder;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function ownFiles(project: string): string[] {
  const arguments_ = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const names = execFileSync("git", arguments_, { cwd: project, encoding: "utf8", maxBuffer: 2 ** 26 }).split("\0");
  return [...new Set(names)].filter((name) => name !== "" && existsSync(join(project, name)));
}

/** The packages are linked one by one, so that the copy has a cache of its own. The clean copy's first run fills it. */
function linkModules(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name !== CACHE) symlinkSync(join(from, name), join(to, name));
  }
}
