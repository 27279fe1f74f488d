import type { FeedEvents } from "../feed";
import type { Charge } from "./charge";
import { Tally, type Reading } from "./reading";

/** Finds in a text on whose behalf it was written: ids, each once. */
export type SubjectsOf = (text: string) => readonly string[];

type Run = FeedEvents["invocation"]["run"];

/** Subjects that are remembered; the one that was heard of first is forgotten. */
const MOST_SUBJECTS = 20_000;
/** Invocations whose end is awaited; one whose process died in an odd way never ends here. */
const MOST_OPEN = 2_000;

/** What of the bill was on whose behalf. All shares and the rest together are what was counted, to the last unit. */
export class Attribution {
  private readonly bySubject = new Map<string, Tally>();
  private readonly nobodys = new Tally();
  /** Charges within invocations that run still, by trace or stream. */
  private readonly open = new Map<string, Charge[]>();

  constructor(private readonly subjectsOf: SubjectsOf) {}

  /** What was counted for a subject; undefined for one that is not known, or not any more. */
  read(subject: string): Reading | undefined {
    return this.bySubject.get(subject)?.read();
  }

  /** What was counted for nobody; what runs still is not in it yet. */
  rest(): Reading {
    return this.nobodys.read();
  }

  add(charge: Charge): void {
    const subjects = charge.about === undefined ? [] : this.subjectsOf(charge.about());
    if (subjects.length > 0 || charge.within === undefined) return this.share(charge, subjects);
    const waiting = this.open.get(charge.within);
    if (waiting !== undefined) return void waiting.push(charge);
    this.open.set(charge.within, [charge]);
    const [oldest] = this.open.size > MOST_OPEN ? this.open.keys() : [];
    if (oldest !== undefined) this.close(oldest, []);
  }

  /** An invocation ended: what came about within it, and names nobody, was for whom it was called, or whom it answered of. */
  ended(run: Run): void {
    if (run === undefined) return;
    const called = this.subjectsOf(run.payload);
    const subjects = called.length > 0 ? called : this.subjectsOf(run.answer);
    this.close(run.traceHeader, subjects);
    this.close(run.logStream, subjects);
  }

  private close(within: string, subjects: readonly string[]): void {
    const charges = this.open.get(within) ?? [];
    this.open.delete(within);
    for (const charge of charges) this.share(charge, subjects);
  }

  private share({ unit, resource, quantity }: Charge, subjects: readonly string[]): void {
    if (subjects.length === 0) return this.nobodys.add(unit, resource, quantity);
    for (const subject of subjects) this.tallyOf(subject).add(unit, resource, quantity / subjects.length);
  }

  private tallyOf(subject: string): Tally {
    const known = this.bySubject.get(subject);
    if (known !== undefined) return known;
    const tally = new Tally();
    this.bySubject.set(subject, tally);
    const [oldest] = this.bySubject.size > MOST_SUBJECTS ? this.bySubject.keys() : [];
    if (oldest !== undefined) this.bySubject.delete(oldest);
    return tally;
  }
}
