// Lets Node run the project's TypeScript: node --require ./register.cjs cli/start.ts
//
// The compiler keeps its cache in the temporary folder that it finds when it is loaded. It belongs with the
// installed packages: there it lasts, and a run leaves nothing behind in the temporary folder.
const { mkdirSync } = require("node:fs");
const { join } = require("node:path");

const cache = join(__dirname, "node_modules", ".cache");
mkdirSync(cache, { recursive: true });
const { TMPDIR } = process.env;
process.env.TMPDIR = cache;
require("tsx/cjs");
if (TMPDIR === undefined) delete process.env.TMPDIR;
else process.env.TMPDIR = TMPDIR;
