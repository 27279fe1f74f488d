/**
 * Money inside the system is an integer number of minor units (`amountMinor`); a decimal exists only
 * at the API and in events. Integers are exact up to 2^53, which is 90 billion of any currency with cents.
 */
export const MAX_AMOUNT_MINOR = Number.MAX_SAFE_INTEGER;

/** Digits after the decimal point of an ISO 4217 currency, as Intl knows it (EUR 2, JPY 0, KWD 3). */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** The decimal that people read: 10997 EUR is 109.97. Exact, because a double holds 15 digits. */
export function toDecimal(amountMinor: number, currency: string): number {
  return Number(`${amountMinor}e-${minorDigits(currency)}`);
}

/**
 * The minor units of a decimal: 109.97 EUR is 10997.
 * Answers undefined for a decimal that has more digits than the currency, or that is no finite number.
 */
export function toMinor(decimal: number, currency: string): number | undefined {
  const minor = Number(`${decimal}e${minorDigits(currency)}`);
  return Number.isSafeInteger(minor) ? minor : undefined;
}
