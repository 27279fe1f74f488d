import { inbox } from "./inbox/command";

process.exitCode = inbox(process.argv.slice(2), {
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
  colours: process.stdout.isTTY && process.env["NO_COLOR"] === undefined,
});
