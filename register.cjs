// Lets Node run the project's TypeScript: node --require ./register.cjs cli/start.ts
//
// Types are taken off by esbuild, once for each text of a file: what it made is kept with the installed packages, so
// that a run leaves nothing else behind. Only the project's own files are looked at; loaders that look at every
// package's files as well double the time that it takes to load a large SDK.
"use strict";

const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");
const compileCache = require("./compileCache.cjs");

const CACHE = join(__dirname, "node_modules", ".cache", "orderflow");
const FOLDER = join(CACHE, "compiled");
const { version } = JSON.parse(readFileSync(require.resolve("esbuild/package.json"), "utf8"));
const OPTIONS = {
  loader: "ts",
  format: "cjs",
  target: "node20",
  // Stack traces name the files and lines that were written.
  sourcemap: "external",
  sourcesContent: false,
  tsconfigRaw: { compilerOptions: { target: "es2022", strict: true } },
};
const MAKER = JSON.stringify([version, OPTIONS]);

process.setSourceMapsEnabled(true);
compileCache.enable(join(CACHE, "packages"));
Module._extensions[".ts"] = (module, file) => module._compile(compiled(file), file);

/** @param {string} file */
function compiled(file) {
  const text = readFileSync(file, "utf8");
  const name = createHash("sha256").update(MAKER).update("\0").update(file).update("\0").update(text).digest("hex");
  const kept = join(FOLDER, `${name}.js`);
  try {
    return readFileSync(kept, "utf8");
  } catch {
    const { code, map } = require("esbuild").transformSync(text, { ...OPTIONS, sourcefile: file });
    // In a file of its own: a map within the code is told to whoever inspects the process, as Pulumi does, with each file.
    keep(`${kept}.map`, map);
    const mapped = `${code}//# sourceMappingURL=${encodeURI(kept)}.map\n`;
    keep(kept, mapped);
    return mapped;
  }
}

/** @param {string} file @param {string} code */
function keep(file, code) {
  try {
    mkdirSync(FOLDER, { recursive: true });
    // Two processes may compile at once: each writes a file of its own, and the rename is atomic.
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A folder that cannot be written costs time at the next start, nothing else.
  }
}
