import type { SagaAttempt, SagaRun, SagaVisit } from "../../pages";
import { duration, exactTime } from "../format";
import { parameter, refine } from "../location";
import { Json } from "../parts/json";
import { Notice } from "../parts/notice";
import { SagaChart } from "./sagaChart";

/** The saga of an order: each run's path, and what went in and out of each state. */
export function SagaSection({ runs }: { readonly runs: readonly SagaRun[] }) {
  const wanted = Number(parameter("run")) || runs.length;
  const run = runs[wanted - 1] ?? runs.at(-1);
  const chosen = parameter("state");
  const visit = run?.states.find(({ name }) => name === chosen);
  return (
    <section class="card" aria-labelledby="saga-title">
      <h2 id="saga-title">The saga and the path it took</h2>
      {runs.length > 1 && (
        <div class="tabs" role="group" aria-label="Runs">
          {runs.map((one, at) => (
            <button
              key={at}
              type="button"
              aria-pressed={one === run}
              onClick={() => refine({ run: String(at + 1), state: undefined })}
            >
              Run {at + 1}: {(one.outcome ?? "under way").toLowerCase()}
            </button>
          ))}
        </div>
      )}
      <SagaChart run={run} chosen={chosen} />
      {run === undefined ? (
        <Notice title="No execution yet">The order waits in its queue.</Notice>
      ) : visit === undefined ? (
        <RunEnd run={run} />
      ) : (
        <Visit visit={visit} />
      )}
    </section>
  );
}

function RunEnd({ run: { outcome, error, cause, name } }: { readonly run: SagaRun }) {
  return (
    <p class="dim saga-hint">
      Execution <code>{name}</code> {outcome === undefined ? "is under way" : outcome.toLowerCase()}
      {error !== undefined && ` with ${error}`}
      {cause !== undefined && `: ${cause}`}. Choose a state to see what went in and out.
    </p>
  );
}

function Visit({ visit }: { readonly visit: SagaVisit }) {
  const { name, attempts, input, output } = visit;
  return (
    <div class="visit">
      <h3>
        {name}:{" "}
        {attempts.length === 0 ? "no call" : attempts.length === 1 ? "one attempt" : `${attempts.length} attempts`}
      </h3>
      {attempts.length === 0 ? (
        <div class="in-out">
          <Data label="in" value={input} />
          <Data label="out" value={output} />
        </div>
      ) : (
        <ol>
          {attempts.map((attempt, at) => (
            <Attempt key={at} attempt={attempt} number={at + 1} before={attempts[at - 1]} />
          ))}
        </ol>
      )}
    </div>
  );
}

interface AttemptProps {
  readonly attempt: SagaAttempt;
  readonly number: number;
  readonly before: SagaAttempt | undefined;
}

function Attempt({ attempt, number, before }: AttemptProps) {
  const { startedAt, endedAt, input, output, error, cause } = attempt;
  const waited = before?.endedAt === undefined ? 0 : Date.parse(startedAt) - Date.parse(before.endedAt);
  return (
    <li>
      {waited > 0 && <p class="dim">waited {duration(waited)}</p>}
      <p>
        <b>Attempt {number}</b> at <span class="figure">{exactTime(Date.parse(startedAt))}</span>
        {endedAt !== undefined && `, ${duration(Date.parse(endedAt) - Date.parse(startedAt))}`}
        {error !== undefined && <b class="tone-bad"> {error}</b>}
      </p>
      <div class="in-out">
        <Data label="in" value={input} />
        {error === undefined ? <Data label="out" value={output} /> : <Data label="said" value={documentIn(cause)} />}
      </div>
    </li>
  );
}

function Data({ label, value }: { readonly label: string; readonly value: unknown }) {
  if (value === undefined || value === null) return <p class="dim">nothing {label}</p>;
  return (
    <div>
      <p class="dim">{label}</p>
      <Json value={value} label={label} />
    </div>
  );
}

function documentIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return text;
  }
}
