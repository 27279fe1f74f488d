// Loads one function's archive as Lambda's init phase would, in a process that does nothing else, and tells how long that
// took and what the process has used of the CPU since it began. Arguments: the folder, or none for an empty process.
"use strict";

const folder = process.argv[2];
const start = process.hrtime.bigint();
if (folder !== undefined) require(`${folder}/index.js`);
// The factory of the handler has no real wait in it: what it does is done before the event loop turns.
setImmediate(() => {
  const loadMs = Number(process.hrtime.bigint() - start) / 1e6;
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ loadMs, cpuMs: (user + system) / 1000 }), () => process.exit());
});
