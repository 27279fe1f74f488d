import type { StackOutputs } from "../stackOutputs";

/** How alarms of a stack are named in the account. */
export interface StackNames {
  /** Project and stack, with a hyphen at the end. */
  readonly prefix: string;
  /** What an alarm is called in the runbook; undefined for one of another stack, whose name may begin the same. */
  readonly shortOf: (alarmName: string) => string | undefined;
}

/** An alarm whose mails may be held back has them sent by a composite alarm of its name and this. */
export const MAIL = "-mail";

/** From the output `alarmNames`. Throws when these are not the outputs of a stack of this program. */
export function stackNames(outputs: StackOutputs): StackNames {
  const entries = Object.entries((outputs["alarmNames"] ?? {}) as Readonly<Record<string, string>>);
  const [id, first] = entries[0] ?? [];
  if (id === undefined || first === undefined || !first.endsWith(id)) {
    throw new Error("The outputs have no alarmNames: they are of another program, or of an older one.");
  }
  const prefix = first.slice(0, -id.length);
  const known = new Set(entries.flatMap(([short]) => [short, `${short}${MAIL}`]));
  return {
    prefix,
    shortOf: (alarmName) => {
      const short = alarmName.startsWith(prefix) ? alarmName.slice(prefix.length) : "";
      return known.has(short) ? short : undefined;
    },
  };
}
