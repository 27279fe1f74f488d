import { shareDatabaseProcess } from "../local/dynamodb/sharedProcess";
import { ProgramProcess } from "../local/engine/programProcess";

// Loaded before all tests (.mocharc.json): each pipeline runs its program anew and has tables of its own, but all of them
// in one process for programs and one for tables.
shareDatabaseProcess();
ProgramProcess.keep();
