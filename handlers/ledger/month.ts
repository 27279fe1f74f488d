/** One calendar month of UTC: the time that one partition holds. */
export interface Month {
  /** For example `2026_03`, as it stands in the partition's name. */
  readonly name: string;
  /** Its first instant. */
  readonly from: Date;
  /** The first instant after it. */
  readonly to: Date;
}

/** The month that an instant is in. */
export function monthOf(at: Date): Month {
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const from = new Date(Date.UTC(year, month, 1));
  return {
    name: from.toISOString().slice(0, 7).replace("-", "_"),
    from,
    to: new Date(Date.UTC(year, month + 1, 1)),
  };
}

/** The month of an instant and so many after it. */
export function monthsFrom(at: Date, ahead: number): Month[] {
  const { from } = monthOf(at);
  return Array.from({ length: ahead + 1 }, (_, months) =>
    monthOf(new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1))),
  );
}
