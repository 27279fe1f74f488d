/** `2026-11-20T14:02:33.123+0000`, as CloudWatch writes times into messages and reasons. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "+0000");
}

/** `20/11/26 14:02:00`, as the reasons of metric alarms write the start of a period. */
export function shortTime(ms: number): string {
  const [date = "", time = ""] = new Date(ms).toISOString().split("T");
  const [year = "", month, day] = date.split("-");
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}

const LONG = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "long",
  day: "2-digit",
  month: "long",
  year: "numeric",
});

/** `Friday 20 November, 2026 14:02:33 UTC`, as the reasons of composite alarms write a time. */
export function longTime(ms: number): string {
  const part = new Map(LONG.formatToParts(ms).map(({ type, value }) => [type, value]));
  const time = new Date(ms).toISOString().slice(11, 19);
  return `${part.get("weekday")} ${part.get("day")} ${part.get("month")}, ${part.get("year")} ${time} UTC`;
}

/** `50.0`: numbers in reasons always have a fraction. */
export function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
