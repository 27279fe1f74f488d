import { shareDatabaseProcess } from "../local/dynamodb/sharedProcess";

// Loaded before all tests (.mocharc.json): each pipeline has tables of its own, in one Java process for all of them.
shareDatabaseProcess();
