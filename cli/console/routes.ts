import type { IncomingMessage } from "node:http";
import { FAULT_NAMES, type FaultName } from "../../console/protocol";
import type { Desk } from "./desk";
import { bodyOf, Refusal } from "./http/exchange";

interface Asked {
  readonly desk: Desk;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: () => Promise<Readonly<Record<string, unknown>>>;
}

interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  answer(asked: Asked): unknown;
}

/** What the page can ask for and do. */
const ROUTES: readonly Route[] = [
  { method: "GET", path: /^\/data\/pipeline$/, answer: ({ desk }) => desk.facts },
  {
    method: "GET",
    path: /^\/data\/orders\/(?<id>[\w-]+)$/,
    answer: ({ desk, parameters: { id = "" } }) => desk.orderPages.find(id),
  },
  {
    method: "GET",
    path: /^\/data\/parts\/(?<id>[\w.-]+)$/,
    answer: ({ desk, parameters: { id = "" } }) => desk.partPages.find(id),
  },
  { method: "GET", path: /^\/data\/letters$/, answer: ({ desk }) => desk.letterPages.list() },
  {
    method: "GET",
    path: /^\/data\/letters\/(?<id>[\w-]+)$/,
    answer: ({ desk, parameters: { id = "" } }) => desk.letterPages.show(id),
  },
  {
    method: "POST",
    path: /^\/data\/replays$/,
    answer: async ({ desk, body }) => desk.letterPages.replay(textIn(await body(), "id")),
  },
  { method: "GET", path: /^\/data\/alarms$/, answer: ({ desk }) => desk.alarmPages.list() },
  {
    method: "GET",
    path: /^\/data\/dashboard$/,
    answer: ({ desk, query }) => desk.dashboardPages.draw(minutesIn(query)),
  },
  { method: "GET", path: /^\/data\/mails$/, answer: ({ desk }) => desk.mails() },
  { method: "GET", path: /^\/data\/inventory$/, answer: ({ desk }) => desk.inventory.list() },
  {
    method: "POST",
    path: /^\/data\/inventory\/(?<id>[^/]+)$/,
    answer: async ({ desk, parameters: { id = "" }, body }) => desk.restock(id, (await body())["units"]),
  },
  { method: "POST", path: /^\/data\/faults$/, answer: async ({ desk, body }) => turnFault(desk, await body()) },
  {
    method: "POST",
    path: /^\/data\/clock$/,
    answer: async ({ desk, body }) => desk.turnClock((await body())["speed"]),
  },
  {
    method: "POST",
    path: /^\/data\/bursts$/,
    answer: async ({ desk, body }) => startBurst(desk, await body()),
  },
  { method: "POST", path: /^\/data\/bursts\/stop$/, answer: ({ desk }) => desk.live.burst.stop() },
  {
    method: "GET",
    path: /^\/data\/declined-key$/,
    answer: ({ desk, query }) => desk.declinedKey(query.get("tenant") ?? ""),
  },
];

/** Answers a request for data. Throws a refusal when there is nothing of that name. */
export async function answerData(request: IncomingMessage, desk: Desk): Promise<unknown> {
  const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://console");
  const named = ROUTES.filter(({ path }) => path.test(pathname));
  const route = named.find(({ method }) => method === request.method);
  if (route === undefined) {
    throw named.length > 0
      ? new Refusal(405, `${pathname} takes ${named.map(({ method }) => method).join(", ")}.`)
      : new Refusal(404, `The console has nothing at ${pathname}.`);
  }
  const groups = route.path.exec(pathname)?.groups ?? {};
  const parameters = Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decoded(text)]));
  return route.answer({ desk, parameters, query, body: () => bodyOf(request) });
}

function turnFault(desk: Desk, { name, on }: Readonly<Record<string, unknown>>): unknown {
  if (!(FAULT_NAMES as readonly unknown[]).includes(name) || typeof on !== "boolean") {
    throw new Refusal(400, `Send { "name": one of ${FAULT_NAMES.join(", ")}, "on": true or false }.`);
  }
  desk.live.faults.turn(name as FaultName, on);
  return desk.live.faults.switches();
}

async function startBurst(desk: Desk, { of, ratePerSecond }: Readonly<Record<string, unknown>>): Promise<unknown> {
  await desk.live.burst.start({ of: Number(of), ratePerSecond: Number(ratePerSecond) }).catch((error: Error) => {
    throw new Refusal(400, error.message);
  });
  return desk.live.burst.state;
}

const MOST_MINUTES = 24 * 60;

function minutesIn(query: URLSearchParams): number {
  const minutes = Number(query.get("minutes") ?? 60);
  if (minutes >= 1 && minutes <= MOST_MINUTES) return minutes;
  throw new Refusal(400, `minutes must be from 1 to ${MOST_MINUTES}.`);
}

function textIn(body: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = body[field];
  if (value === undefined || typeof value === "string") return value;
  throw new Refusal(400, `${field} must be a text.`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, "The path is not encoded as URLs are.");
  }
}
