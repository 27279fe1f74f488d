import { ProgramProcess } from "../local/engine/programProcess";

/**
 * Imported first by commands that run the pipeline: Pulumi's SDK is then loaded beside the rest of the command, on the
 * machine's second processor. Each takes most of a second.
 */
if (!process.argv.includes("--help")) ProgramProcess.getReady();
