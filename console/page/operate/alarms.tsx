import type { AlarmList, AlarmPage } from "../../pages";
import { useReading } from "../data";
import { date } from "../format";
import { parameter, refine } from "../location";
import { Notice, Problem } from "../parts/notice";
import { turns } from "../store";

const WORDS = {
  ALARM: ["on", "bad", "✕"],
  INSUFFICIENT_DATA: ["no data", "warn", "?"],
  OK: ["ok", "good", "✓"],
} as const;

/** The alarms of the stack, those that are on first, and what happened to them. */
export function Alarms() {
  const [reading] = useReading<AlarmList>(() => `/data/alarms?turn=${turns.value.alarms}`);
  const { value, problem } = reading.value;
  if (problem !== undefined && value === undefined) return <Problem said={problem} />;
  if (value === undefined) return <p class="dim">Reading…</p>;
  const chosen = parameter("alarm");
  const shown = value.alarms.filter(({ onlyMails }) => !onlyMails);
  const names = new Set(shown.map(({ name }) => name));
  // Those that only send the mails of another alarm turn with it.
  const happenings = value.happenings.filter(({ name }) => names.has(name) && (chosen === "" || name === chosen));
  return (
    <div class="alarm-columns">
      <section class="card" aria-labelledby="alarms-title">
        <h2 id="alarms-title">Alarms</h2>
        <ul class="alarms">
          {shown.map((alarm) => (
            <Alarm key={alarm.name} alarm={alarm} open={alarm.name === chosen} />
          ))}
        </ul>
      </section>
      <section class="card" aria-labelledby="history-title">
        <h2 id="history-title">History{chosen === "" ? "" : ` of ${chosen}`}</h2>
        {happenings.length === 0 && <Notice title="Nothing happened yet" />}
        <ol class="history" tabIndex={0} aria-label="What happened, the newest first">
          {happenings.map(({ at, name, summary }, index) => (
            <li key={`${at}-${index}`}>
              <time class="dim">{date(Date.parse(at))}</time>
              <b>{name}</b>
              <span>{summary}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Alarm({ alarm, open }: { readonly alarm: AlarmPage; readonly open: boolean }) {
  const { name, state, since, reason, description, watches, goesOff, heldBack } = alarm;
  return (
    <li>
      <button
        type="button"
        class="alarm quiet"
        aria-expanded={open}
        onClick={() => refine({ alarm: open ? undefined : name })}
      >
        <AlarmState state={state} />
        <span>{name}</span>
        <span class="dim">since {date(Date.parse(since))}</span>
      </button>
      {open && (
        <div class="alarm-more">
          {description !== undefined && <p class="description">{description}</p>}
          <p class="dim">{reason}</p>
          <ul>
            {watches.map((line) => (
              <li key={line} class="mono">
                {line}
              </li>
            ))}
          </ul>
          {goesOff !== undefined && <p>Goes off {goesOff}.</p>}
          {heldBack !== undefined && <p>Its mails are held back: {heldBack}</p>}
        </div>
      )}
    </li>
  );
}

export function AlarmState({ state }: { readonly state: AlarmPage["state"] }) {
  const [word, tone, mark] = WORDS[state];
  return (
    <span class={`badge tone-${tone}`}>
      <i aria-hidden="true">{mark}</i> {word}
    </span>
  );
}
