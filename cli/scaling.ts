import { scaling } from "./scaling/command";

process.exitCode = scaling(process.argv.slice(2), {
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
});
