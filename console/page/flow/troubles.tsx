import { pipeline, troubles } from "../store";
import { time } from "../format";

const MOST_SHOWN = 8;

/** What went wrong last, the newest first. */
export function Troubles() {
  const newest = [...troubles.value].reverse().slice(0, MOST_SHOWN);
  const parts = pipeline.value?.graph.parts ?? [];
  return (
    <section class="troubles" aria-labelledby="troubles-title">
      <h2 id="troubles-title">What went wrong last</h2>
      {newest.length === 0 ? (
        <p class="dim">Nothing. A declined payment or an empty shelf is an answer, and no failure.</p>
      ) : (
        <ol>
          {newest.map(({ atMs, part, what, said }, at) => (
            <li key={`${atMs}-${at}`}>
              <time class="figure">{time(atMs)}</time>
              {part !== undefined && parts.some(({ id }) => id === part) ? (
                <a href={`/flow/${part}`}>{what}</a>
              ) : (
                <b>{what}</b>
              )}
              <span>{said}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
