import { signal } from "@preact/signals";
import { ask } from "../data";
import { count } from "../format";
import { Problem } from "../parts/notice";
import { burst, pipeline } from "../store";

const of = signal(200);
const ratePerSecond = signal(20);
const problem = signal<string | undefined>(undefined);

/** Many orders at an even rate, by all tenants in turn. */
export function BurstCard() {
  const running = burst.value?.running === true;
  const act = (path: string, body: object): void => {
    problem.value = undefined;
    ask(path, body).catch((error: Error) => (problem.value = error.message));
  };
  return (
    <form
      class="card burst"
      aria-labelledby="burst-title"
      onSubmit={(event) => {
        event.preventDefault();
        act("/data/bursts", { of: of.value, ratePerSecond: ratePerSecond.value });
      }}
    >
      <h2 id="burst-title">A burst</h2>
      <div class="fields">
        <label>
          <span>Orders</span>
          <input
            type="number"
            min="1"
            max="2000"
            value={of.value}
            onInput={(event) => (of.value = Number(event.currentTarget.value))}
          />
        </label>
        <label>
          <span>A second</span>
          <input
            type="number"
            min="1"
            max="200"
            value={ratePerSecond.value}
            onInput={(event) => (ratePerSecond.value = Number(event.currentTarget.value))}
          />
        </label>
        <button type="submit" class="primary" disabled={running}>
          Send
        </button>
        {running && (
          <button type="button" onClick={() => act("/data/bursts/stop", {})}>
            Stop
          </button>
        )}
      </div>
      {problem.value !== undefined && <Problem said={problem.value} />}
      <Progress />
      <details>
        <summary>As curl</summary>
        <pre class="json" tabIndex={0} role="region" aria-label="The burst as curl">
          {burstCurl()}
        </pre>
      </details>
    </form>
  );
}

/** How far the burst came, and what it was answered. */
export function Progress() {
  if (burst.value === undefined) return null;
  const { of: all, sent, answered, statuses, running } = burst.value;
  return (
    <div class="progress">
      <progress max={all} value={answered} aria-label="Burst" />
      <span class="figure" aria-live="polite">
        {running ? `${count(sent)} of ${count(all)} sent, ${count(answered)} answered` : `${count(answered)} answered`}
        {Object.entries(statuses).map(([status, times]) => (
          <span key={status} class={status.startsWith("2") ? "tone-good" : "tone-warn"}>
            {" "}
            · {count(times)} × {status === "0" ? "no answer" : status}
          </span>
        ))}
      </span>
    </div>
  );
}

function burstCurl(): string {
  const { apiUrl = "", apiKeys = {} } = pipeline.value ?? {};
  const keys = Object.values(apiKeys).join(" ");
  return [
    `keys=(${keys})`,
    `for i in $(seq ${of.value}); do`,
    `  curl -s -o /dev/null -w '%{http_code}\\n' '${apiUrl}/orders' -H 'content-type: application/json' \\`,
    '    -H "x-api-key: ${keys[i % ${#keys[@]}]}" \\',
    `    -d '{"userId":"user-123","items":[{"productId":"PROD-001","qty":1}]}' &`,
    `  sleep ${(1 / Math.max(1, ratePerSecond.value)).toFixed(3)}`,
    "done; wait",
  ].join("\n");
}
