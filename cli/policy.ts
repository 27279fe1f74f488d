import pc from "picocolors";
import { policy } from "./policy/command";

void policy(process.argv.slice(2), {
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
  colours: process.stdout.isTTY && pc.isColorSupported,
}).then((code) => {
  process.exitCode = code;
});
