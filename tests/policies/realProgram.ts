import { join } from "node:path";
import { registrationsOf, type Registrations } from "../../local/registrations";

const folder = join(__dirname, "../..");

/** What prod is told before its first deployment. */
const TOLD = [
  ...['tenants=["acme"]', "alarmEmail=alarms@example.com", "notificationEmail=none"],
  'aws:allowedAccountIds=["111122223333"]',
];

/** What a stack may have besides. */
const OPTIONS = ["ledger=true", "notificationSender=orders@example.com"];

const captured = new Map<string, Promise<Registrations>>();

/** Stack dev as its file says. */
export function dev(): Promise<Registrations> {
  return once("dev", []);
}

/** Stack prod with everything that can be switched on. */
export async function prod(): Promise<Registrations> {
  return once("prod", [...TOLD, ...OPTIONS]);
}

/** The same with requests that are signed instead of keys. */
export function prodWithSignedRequests(): Promise<Registrations> {
  const tenants = JSON.stringify([{ name: "acme", roleArn: "arn:aws:iam::123456789012:role/acme-orders" }]);
  return once("prod", [...TOLD.slice(1), ...OPTIONS, `tenants=${tenants}`, "apiAuthorization=IAM"]);
}

/** Each is run once for all tests, in a process of its own. */
function once(stack: string, settings: readonly string[]): Promise<Registrations> {
  const key = [stack, ...settings].join(" ");
  const running = captured.get(key) ?? registrationsOf({ folder, stack, settings });
  captured.set(key, running);
  return running;
}
