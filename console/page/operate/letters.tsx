import { signal } from "@preact/signals";
import type { LetterEntry, LetterList, LetterPage, ReplayResult } from "../../pages";
import { ask, useReading } from "../data";
import { counted, duration, shortId } from "../format";
import { parameter, refine } from "../location";
import { Json } from "../parts/json";
import { Notice, Problem } from "../parts/notice";
import { turns } from "../store";

const outcome = signal<ReplayResult | undefined>(undefined);
const problem = signal<string | undefined>(undefined);
const busy = signal(false);

/** What was given up, why, and how it is done again. */
export function Letters() {
  const [reading, again] = useReading<LetterList>(() => `/data/letters?turn=${turns.value.letters}`);
  const { value, problem: unread, loading } = reading.value;
  const replay = (id?: string): void => {
    busy.value = true;
    problem.value = undefined;
    ask<ReplayResult>("/data/replays", id === undefined ? {} : { id })
      .then((result) => (outcome.value = result))
      .catch((error: Error) => (problem.value = error.message))
      .finally(() => {
        busy.value = false;
        again();
      });
  };
  return (
    <section class="card" aria-labelledby="letters-title">
      <header class="card-head">
        <h2 id="letters-title">Dead letters</h2>
        <span class="dim" aria-live="polite">
          {value === undefined || loading ? "Looking…" : counted(value.entries.length, "letter")}
        </span>
        <button type="button" onClick={again} disabled={loading}>
          Look again
        </button>
        <button
          type="button"
          class="primary"
          disabled={busy.value || (value?.entries.length ?? 0) === 0}
          onClick={() => replay()}
        >
          Replay all
        </button>
      </header>
      {[unread, problem.value].map((said) => said !== undefined && <Problem key={said} said={said} />)}
      <Outcome />
      {value?.entries.length === 0 && (
        <Notice title="None">Looked into {value.queues.join(", ")}. What fails too often comes here.</Notice>
      )}
      {value !== undefined && value.entries.length > 0 && <LetterTable entries={value.entries} onReplay={replay} />}
      {parameter("letter") !== "" && <Letter key={parameter("letter")} id={parameter("letter")} />}
    </section>
  );
}

function Outcome() {
  if (outcome.value === undefined) return null;
  const { done, failed } = outcome.value;
  return (
    <div role="status" class="outcome">
      {done.map((line) => (
        <p key={line} class="tone-good">
          {line}.
        </p>
      ))}
      {failed.map((line) => (
        <p key={line} class="tone-bad">
          {line}
        </p>
      ))}
      {done.length + failed.length === 0 && <p>There was nothing to replay.</p>}
    </div>
  );
}

function LetterTable({
  entries,
  onReplay,
}: {
  readonly entries: readonly LetterEntry[];
  readonly onReplay: (id: string) => void;
}) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="List of dead letters">
      <table>
        <thead>
          <tr>
            <th scope="col">Queue</th>
            <th scope="col">Age</th>
            <th scope="col">Receives</th>
            <th scope="col">Order</th>
            <th scope="col">Why</th>
            <th scope="col">
              <span class="hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ queue, id, ageSeconds, receives, orderId, reason }) => (
            <tr key={id}>
              <td>{queue}</td>
              <td class="figure">{duration(ageSeconds * 1000)}</td>
              <td class="figure">{receives}</td>
              <td>
                {orderId !== undefined && (
                  <a class="mono" href={`/orders/${orderId}`}>
                    {shortId(orderId)}
                  </a>
                )}
              </td>
              <td>{reason}</td>
              <td class="figure">
                <button type="button" class="quiet" onClick={() => refine({ letter: id })}>
                  Open
                </button>
                <button type="button" disabled={busy.value} onClick={() => onReplay(id)}>
                  Replay
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Letter({ id }: { readonly id: string }) {
  const [reading] = useReading<LetterPage>(() => `/data/letters/${encodeURIComponent(id)}`);
  const { value, problem: unread } = reading.value;
  return (
    <section class="letter" aria-labelledby="letter-title">
      <header class="card-head">
        <h3 id="letter-title">Letter {id}</h3>
        <button type="button" class="quiet" onClick={() => refine({ letter: undefined })}>
          Close
        </button>
      </header>
      {unread !== undefined && <Problem said={unread} />}
      {value === undefined && unread === undefined && <p class="dim">Reading…</p>}
      {value !== undefined && (
        <>
          <p>{value.reason}</p>
          <Json value={value.body} label="Body" />
          {value.details !== undefined && (
            <>
              <p class="dim">What it is about, as it stands now</p>
              <Json value={value.details} label="Details" />
            </>
          )}
        </>
      )}
    </section>
  );
}
