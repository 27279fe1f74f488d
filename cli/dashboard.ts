import { dashboard } from "./dashboard/command";

void dashboard(process.argv.slice(2), {
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
}).then((code) => {
  process.exitCode = code;
});
