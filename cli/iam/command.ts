import { parseArgs } from "node:util";
import pc from "picocolors";
import { readUsage } from "../../local/iam/usageFile";
import { spoken, UsageError, type Terminal } from "../terminal";
import { missing, permissionReport, shortArn, unused, type PermissionReport, type RolePermission } from "./permissions";
import { USAGE_FOLDER } from "./usageFolder";

export const IAM_USAGE = `Usage: npm run iam [-- options]

Lists, for each role, which of its permissions were used by the pipelines that ran under \`npm test\`, or under any
command with ORDERFLOW_IAM_USAGE=FOLDER; which never were; and what was asked for and denied.

  --folder FOLDER   where pipelines left their records (default ${USAGE_FOLDER})
  --unused          only what was never used, or denied
  --json            one JSON document instead of text
  --help            this text

Exits with 1 when something was denied to a role or service, or a permission was never used and is not excused.`;

/** `npm run iam`: answers the exit code. */
export function iam(args: readonly string[], terminal: Terminal): 0 | 1 | 2 {
  try {
    const { values } = options(args);
    if (values.help) {
      terminal.say(IAM_USAGE);
      return 0;
    }
    const records = readUsage(values.folder);
    if (records.length === 0) {
      throw new UsageError(
        `No pipeline has left a record in ${values.folder}: run npm test first, or name a --folder.`,
      );
    }
    const report = permissionReport(records);
    if (values.json) terminal.say(JSON.stringify(report, null, 2));
    else terminal.say(reportText(report, { onlyUnused: values.unused, colours: terminal.colours ?? false }));
    return missing(report).length + unused(report).length > 0 ? 1 : 0;
  } catch (error) {
    terminal.complain(spoken(error as Error));
    return error instanceof UsageError ? 2 : 1;
  }
}

function options(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        folder: { type: "string", default: USAGE_FOLDER },
        unused: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function reportText(
  report: PermissionReport,
  { onlyUnused, colours }: { readonly onlyUnused: boolean; readonly colours: boolean },
): string {
  const paint = pc.createColors(colours);
  const shown = report.permissions.filter(({ uses }) => !onlyUnused || uses === 0);
  const roles = [...new Set(shown.map(({ role }) => role))];
  const mark = ({ uses, exception }: RolePermission): string => {
    if (uses > 0) return paint.green(`${uses}`.padStart(8));
    return exception === undefined ? paint.red("   never") : paint.yellow(" excused");
  };
  const ofRole = (role: string): string[] => [
    paint.bold(role),
    ...shown
      .filter((one) => one.role === role)
      .map((one) => `${mark(one)}  ${one.action} on ${shortArn(one.resource)}`),
  ];
  const denied = report.denied.map(({ who, action, resource, refusal, count }) =>
    paint.red(`${`${count}`.padStart(8)}  ${who}: ${action} on ${shortArn(resource)}: ${refusal}`),
  );
  const never = unused(report).length;
  const excused = report.permissions.filter(({ exception }) => exception !== undefined).length;
  const used = report.permissions.length - never - excused;
  const total = report.denied.reduce((sum, { count }) => sum + count, 0);
  return [
    ...roles.flatMap(ofRole),
    ...(denied.length > 0 ? ["Denied", ...denied] : []),
    ...report.stale.map(({ action, reason }) => paint.yellow(`No longer an exception: ${action} (${reason})`)),
    `${report.permissions.length} permissions of ${new Set(report.permissions.map(({ role }) => role)).size} roles: ` +
      `${used} used, ${excused} excused, ${never} never used; ${total} calls denied.`,
  ].join("\n");
}
