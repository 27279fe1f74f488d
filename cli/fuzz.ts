import { fuzz } from "./fuzz/command";

/** `npm run fuzz`. */
fuzz(process.argv.slice(2), { say: console.log, complain: console.error }).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
