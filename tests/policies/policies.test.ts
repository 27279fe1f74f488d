import { stopPack } from "./sharedPack";

// One file, because files may be run in processes of their own: the pack is started once, and each stack is run once.
import "./cases/data";
import "./cases/databases";
import "./cases/functions";
import "./cases/messaging";
import "./cases/operations";
import "./wholeStacks";
import "./mutatedProgram";
import "./policiesPage";

after(stopPack);
