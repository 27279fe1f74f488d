// Loads a handler's file with the machine code that V8 made of it in an earlier process, which takes a third of the time.
// Plain CommonJS, like the bootstrap that uses it.
"use strict";

const { createHash } = require("node:crypto");
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join } = require("node:path");
const vm = require("node:vm");

const FOLDER = join(__dirname, "..", "..", "node_modules", ".cache", "orderflow", "code");
/** Smaller files are compiled sooner than the kept code is read. */
const WORTHWHILE_BYTES = 50_000;
const FORGOTTEN_AFTER_MS = 7 * 24 * 3_600_000;

/**
 * What `require` answers for the file. `keep`, called once the handler has run, stores the code for the processes to
 * come: by then V8 has compiled what an invocation needs.
 * @param {string} file
 * @param {string} [folder] where code is kept
 * @returns {{ exports: unknown, keep: () => void }}
 */
function load(file, folder = FOLDER) {
  const source = readFileSync(file, "utf8");
  // Kept code cannot import: https://github.com/nodejs/node/issues/35889
  const keepable = source.length >= WORTHWHILE_BYTES && !/\bimport\s*\(/.test(source);
  if (!keepable) return { exports: require(file), keep() {} };
  const kept = join(folder, `${keyOf(source)}.bin`);
  const cachedData = read(kept);
  const script = new vm.Script(Module.wrap(source), { filename: file, ...(cachedData && { cachedData }) });
  const module = moduleOf(file);
  script.runInThisContext()(module.exports, Module.createRequire(file), module, file, dirname(file));
  module.loaded = true;
  const usable = cachedData !== undefined && script.cachedDataRejected !== true;
  return { exports: module.exports, keep: () => usable || write(kept, script.createCachedData()) };
}

/** V8 tells codes apart by the source's length and its own version and flags alone. @param {string} source */
function keyOf(source) {
  const about = [process.version, process.arch, ...process.execArgv].join(" ");
  return createHash("sha256").update(about).update("\0").update(source).digest("hex").slice(0, 40);
}

/** @param {string} file */
function moduleOf(file) {
  const module = Object.assign(new Module(file), { filename: file, paths: Module._nodeModulePaths(dirname(file)) });
  require.cache[file] = module;
  return module;
}

/** @param {string} kept */
function read(kept) {
  try {
    return readFileSync(kept);
  } catch {
    return undefined;
  }
}

/** Several processes may write the same at once. What cannot be kept is made again next time. @param {string} kept @param {Buffer} code */
function write(kept, code) {
  const draft = `${kept}.${process.pid}`;
  try {
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(draft, code);
    renameSync(draft, kept);
    for (const name of readdirSync(dirname(kept))) {
      const path = join(dirname(kept), name);
      if (Date.now() - statSync(path).mtimeMs > FORGOTTEN_AFTER_MS) rmSync(path, { force: true });
    }
  } catch {
    rmSync(draft, { force: true });
  }
}

module.exports = { load };
