import pc from "picocolors";
import { alarms } from "./alarms/command";

void alarms(process.argv.slice(2), {
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
  colours: process.stdout.isTTY && pc.isColorSupported,
}).then((code) => {
  process.exitCode = code;
});
