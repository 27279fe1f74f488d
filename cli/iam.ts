import pc from "picocolors";
import { iam } from "./iam/command";

process.exitCode = iam(process.argv.slice(2), {
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
  colours: process.stdout.isTTY && pc.isColorSupported,
});
