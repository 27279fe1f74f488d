import type { OrderPage } from "../../pages";
import { duration, exactTime } from "../format";
import { refine } from "../location";

interface Mark {
  readonly fromMs: number;
  readonly toMs?: number;
  readonly text: string;
  readonly title: string;
  readonly tone: string;
  readonly state?: string;
}

interface Lane {
  readonly name: string;
  readonly marks: readonly Mark[];
}

/** The trail on a time axis, with the states of each run, the log and the mails on the same axis. */
export function TimeAxis({ page }: { readonly page: OrderPage }) {
  const lanes = lanesOf(page).filter(({ marks }) => marks.length > 0);
  const times = lanes.flatMap(({ marks }) => marks.flatMap(({ fromMs, toMs = fromMs }) => [fromMs, toMs]));
  if (times.length === 0) return null;
  const [least, most] = [Math.min(...times), Math.max(...times)];
  const span = Math.max(1, most - least);
  const at = (ms: number): string => `${(((ms - least) / span) * 96 + 1).toFixed(2)}%`;
  return (
    <section class="card" aria-labelledby="axis-title">
      <h2 id="axis-title">When what happened</h2>
      <div
        class="axis"
        role="img"
        aria-label={`${duration(span)} from ${exactTime(least)}; the table below has each event`}
      >
        {lanes.map(({ name, marks }) => (
          <div key={name} class="lane">
            <span class="lane-name">{name}</span>
            <div class="lane-marks">
              {marks.map(({ fromMs, toMs, title, tone, state }, index) => (
                <i
                  key={index}
                  class={`${toMs === undefined ? "point" : "bar"} ${tone}`}
                  title={title}
                  style={{
                    left: at(fromMs),
                    ...(toMs !== undefined && { width: `max(3px, ${(((toMs - fromMs) / span) * 96).toFixed(2)}%)` }),
                  }}
                  onClick={() => state !== undefined && refine({ state })}
                />
              ))}
            </div>
          </div>
        ))}
        <div class="lane ticks">
          <span class="lane-name" />
          <div class="lane-marks">
            {[0, 0.25, 0.5, 0.75, 1].map((share) => (
              <span key={share} style={{ left: at(least + span * share) }}>
                {duration(span * share)}
              </span>
            ))}
          </div>
        </div>
      </div>
      <Steps page={page} />
    </section>
  );
}

function lanesOf({ trail, runs, lines, mails }: OrderPage): Lane[] {
  const tones = { forward: "neutral", back: "warn", confirmed: "good", failed: "bad" } as const;
  return [
    {
      name: "events",
      marks: trail.map(({ atMs, words, said, way }) => ({
        ...{ fromMs: atMs, text: words, title: `${exactTime(atMs)} ${words} ${said}`, tone: tones[way] },
      })),
    },
    ...runs.map(({ states }, at) => ({
      name: runs.length === 1 ? "saga" : `run ${at + 1}`,
      marks: states.flatMap(({ name, type, enteredAt, exitedAt, attempts }): Mark[] => {
        if (enteredAt === undefined || type !== "Task") return [];
        const fromMs = Date.parse(enteredAt);
        const error = attempts.at(-1)?.error;
        const toMs = Date.parse(exitedAt ?? attempts.at(-1)?.endedAt ?? enteredAt);
        const tone = error !== undefined ? "bad" : attempts.length > 1 ? "warn" : "neutral";
        return [
          {
            fromMs,
            toMs,
            text: name,
            title: `${name}, ${duration(toMs - fromMs)}${error === undefined ? "" : `, ${error}`}`,
            tone,
            state: name,
          },
        ];
      }),
    })),
    {
      name: "log",
      marks: lines.map(({ atMs, from, level, message }) => {
        const tone = level === "ERROR" ? "bad" : level === "WARN" ? "warn" : "faint";
        return { fromMs: atMs, text: message, title: `${exactTime(atMs)} ${from}: ${message}`, tone };
      }),
    },
    {
      name: "mails",
      marks: mails.map(({ timeMs, subject }) => ({
        fromMs: timeMs,
        text: subject,
        title: `${exactTime(timeMs)} ${subject}`,
        tone: "good",
      })),
    },
  ];
}

function Steps({ page: { trail } }: { readonly page: OrderPage }) {
  if (trail.length === 0) return <p class="dim">The audit trail has nothing yet.</p>;
  return (
    <table class="steps">
      <caption class="hidden">The audit trail</caption>
      <tbody>
        {trail.map(({ atMs, type, words, said, way }, at) => (
          <tr key={type}>
            <td class="figure">{exactTime(atMs)}</td>
            <td class="figure dim">{at === 0 ? "" : `+${duration(atMs - (trail[at - 1]?.atMs ?? atMs))}`}</td>
            <td class={`way-${way}`}>
              <b>{words}</b> <span class="dim">{said}</span>
            </td>
            <td class="dim mono">{type}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
