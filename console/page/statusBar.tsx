import { signal } from "@preact/signals";
import { ask } from "./data";
import { count, time } from "./format";
import { connection, nowMs, speed, totals } from "./store";
import { dark, theme } from "./theme";

const SPEEDS = [1, 10, 60, 600];

/** Orders by status, the pipeline's clock and its speed, and how the page looks. */
export function StatusBar() {
  return (
    <div class="status" role="group" aria-label="Pipeline">
      <Totals />
      <ClockSpeed />
      <button
        type="button"
        class="quiet"
        aria-label={dark.value ? "Show in light" : "Show in dark"}
        title={dark.value ? "Show in light" : "Show in dark"}
        onClick={() => (theme.value = dark.value ? "light" : "dark")}
      >
        {dark.value ? "☀" : "☾"}
      </button>
      <span
        class={`dot ${connection.value}`}
        role="img"
        aria-label={`Feed ${connection.value}`}
        title={`Feed ${connection.value}`}
      />
    </div>
  );
}

function Totals() {
  const { all, PENDING, CONFIRMED, FAILED } = totals.value;
  return (
    <span class="totals">
      <a href="/orders" title={`${count(all)} orders`}>
        {count(all)} <span class="noun">{all === 1 ? "order" : "orders"}</span>
      </a>
      <a href="/orders?status=PENDING" class="tone-pending" title="pending">
        <i aria-hidden="true">◌</i> {count(PENDING)}
        <span class="hidden"> pending</span>
      </a>
      <a href="/orders?status=CONFIRMED" class="tone-good" title="confirmed">
        <i aria-hidden="true">✓</i> {count(CONFIRMED)}
        <span class="hidden"> confirmed</span>
      </a>
      <a href="/orders?status=FAILED" class="tone-bad" title="failed">
        <i aria-hidden="true">✕</i> {count(FAILED)}
        <span class="hidden"> failed</span>
      </a>
    </span>
  );
}

const problem = signal("");

/** The clock of the pipeline: while everything waits it can run faster, so that retries need not be waited for. */
export function ClockSpeed() {
  const known = SPEEDS.includes(speed.value) ? SPEEDS : [...SPEEDS, speed.value].sort((a, b) => a - b);
  const turn = (chosen: number): void => {
    ask("/data/clock", { speed: chosen }).then(
      () => (problem.value = ""),
      (error: Error) => (problem.value = error.message),
    );
  };
  return (
    <label class="clock" title="How fast the pipeline's clock runs while everything waits">
      <span class="hidden">Clock speed, </span>
      <time>{time(nowMs.value)}</time>
      <select
        aria-label="Clock speed while everything waits"
        value={String(speed.value)}
        onChange={(event) => turn(Number(event.currentTarget.value))}
      >
        {known.map((value) => (
          <option key={value} value={String(value)}>
            ×{value}
          </option>
        ))}
      </select>
      {problem.value !== "" && <span role="alert">{problem.value}</span>}
    </label>
  );
}
