import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cpuByRole, memoryByRole, PROCESS_ROLES } from "../../bench/processes";

describe("processes", () => {
  it("tells CPU time and memory by role, or nothing where there is no /proc", () => {
    const [spent, held] = [cpuByRole(process.pid), memoryByRole(process.pid)];
    if (!existsSync("/proc/self/stat")) return assert.deepEqual([spent, held], [undefined, undefined]);

    assert.deepEqual(Object.keys(spent ?? {}), [...PROCESS_ROLES]);
    assert.ok((spent?.runtime ?? 0) > 0);
    assert.ok((held?.runtime ?? 0) > 10);
  });
});
