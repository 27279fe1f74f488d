// Keeps the code that V8 makes of packages' files for the processes to come: two fifths of the time
// that large SDKs take to load is their compiling. From version 22.1 on, Node does it when it is asked to.
"use strict";

const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");
const vm = require("node:vm");

const IN_A_PACKAGE = `${sep}node_modules${sep}`;
/** Shorter files are compiled sooner than the kept code is read. */
const WORTHWHILE_CHARACTERS = 2_000;
/** Writes of an import, but never imports: in comments, and in what it prints. */
const IMPORTS_NOTHING = `${IN_A_PACKAGE}typescript${sep}lib${sep}typescript.js`;

/** Files compiled in this process, to be kept when it ends: V8 then has compiled all that was called. */
const fresh = [];

/**
 * From now on packages' files are loaded with their kept code. What is new is written when the process ends by itself.
 * @param {string} folder
 */
function enable(folder) {
  if (Module.enableCompileCache !== undefined) return void Module.enableCompileCache(folder);
  // Coverage is counted in code that was compiled here.
  if (process.env.NODE_V8_COVERAGE !== undefined) return;
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, file, ...rest) {
    const main = isKept(content, file) ? mainOf(content, file, folder) : undefined;
    if (main === undefined) return compile.call(this, content, file, ...rest);
    return main.call(this.exports, this.exports, requireOf(this), this, file, dirname(file));
  };
  process.on("exit", write);
}

/** @param {string} content @param {string} file */
function isKept(content, file) {
  return content.length >= WORTHWHILE_CHARACTERS && !content.startsWith("#!") && file.includes(IN_A_PACKAGE);
}

/** Kept code cannot import: https://github.com/nodejs/node/issues/35889 @param {string} content @param {string} file */
function imports(content, file) {
  return /\bimport\s*\(/.test(content) && !file.endsWith(IMPORTS_NOTHING);
}

/**
 * Answers undefined where the code of a file cannot be kept.
 * @param {string} content @param {string} file @param {string} folder
 */
function mainOf(content, file, folder) {
  const kept = join(folder, `${keyOf(file, content)}.bin`);
  const cachedData = read(kept);
  if (cachedData === undefined && imports(content, file)) return undefined;
  const script = new vm.Script(Module.wrap(content), { filename: file, ...(cachedData && { cachedData }) });
  if (cachedData === undefined || script.cachedDataRejected === true) fresh.push({ kept, script });
  return script.runInThisContext();
}

/**
 * A package's file changes with its package alone, and then its time does: to read all of it for a digest would take a
 * tenth of what is saved.
 * @param {string} file @param {string} content
 */
function keyOf(file, content) {
  const flags = process.execArgv.filter((flag) => flag.startsWith("--"));
  const about = [process.version, process.arch, ...flags, file, statSync(file).mtimeMs, content.length];
  return createHash("sha256").update(about.join("\0")).digest("hex").slice(0, 40);
}

/** @param {string} kept */
function read(kept) {
  try {
    return readFileSync(kept);
  } catch {
    return undefined;
  }
}

/** What Node gives to each module: with createRequire it would cost more than what is saved. @param {Module} module */
function requireOf(module) {
  const own = (/** @type {string} */ id) => module.require(id);
  const resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  return Object.assign(own, { resolve, main: require.main, extensions: Module._extensions, cache: Module._cache });
}

function write() {
  for (const { kept, script } of fresh.splice(0)) {
    try {
      mkdirSync(dirname(kept), { recursive: true });
      // Two processes may end at once: each writes a file of its own, and the rename is atomic.
      writeFileSync(`${kept}.${process.pid}`, script.createCachedData());
      renameSync(`${kept}.${process.pid}`, kept);
    } catch {
      // A folder that cannot be written costs time at the next start, nothing else.
      return;
    }
  }
}

module.exports = { enable };
