import { cost } from "./cost/command";

void cost(process.argv.slice(2), {
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
}).then((code) => process.exit(code));
