import { fuzz } from "./fuzz/command";

void fuzz(process.argv.slice(2), {
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
}).then((code) => {
  process.exitCode = code;
});
