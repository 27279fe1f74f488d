import { signal } from "@preact/signals";
import { ask } from "../data";
import { count } from "../format";
import { keep, keptNumber } from "../location";
import { Problem } from "../parts/notice";
import { burst, pipeline } from "../store";

const ORDERS = 200;
const RATE = 20;
interface Burst {
  readonly of: number;
  readonly ratePerSecond: number;
}

const problem = signal<string | undefined>(undefined);

/** Many orders at an even rate, by all tenants in turn. */
export function BurstCard() {
  const running = burst.value?.running === true;
  const wanted = { of: keptNumber("orders", ORDERS), ratePerSecond: keptNumber("rate", RATE) };
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
        act("/data/bursts", wanted);
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
            value={wanted.of}
            onInput={(event) => keep("orders", Number(event.currentTarget.value), ORDERS)}
          />
        </label>
        <label>
          <span>A second</span>
          <input
            type="number"
            min="1"
            max="200"
            value={wanted.ratePerSecond}
            onInput={(event) => keep("rate", Number(event.currentTarget.value), RATE)}
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
          {burstCurl(wanted)}
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

function burstCurl({ of, ratePerSecond }: Burst): string {
  const { apiUrl = "", apiKeys = {} } = pipeline.value ?? {};
  const keys = Object.values(apiKeys).join(" ");
  return [
    `keys=(${keys})`,
    `for i in $(seq ${of}); do`,
    `  curl -s -o /dev/null -w '%{http_code}\\n' '${apiUrl}/orders' -H 'content-type: application/json' \\`,
    '    -H "x-api-key: ${keys[i % ${#keys[@]}]}" \\',
    `    -d '{"userId":"user-123","items":[{"productId":"PROD-001","qty":1}]}' &`,
    `  sleep ${(1 / Math.max(1, ratePerSecond)).toFixed(3)}`,
    "done; wait",
  ].join("\n");
}
