/**
 * Stands in a function's bundle for the SDK's reader of event streams (`components/bundle.ts` sees to that), which is
 * imported late, and by that keeps a bundler from leaving anything out of the SDK's core. No operation that a function
 * calls answers with such a stream.
 */
export class EventStreamSerde {
  constructor() {
    const message = "This bundle cannot read event streams: they are left out, by an alias in components/bundle.ts.";
    throw Object.assign(new Error(message), { name: "NotImplemented" });
  }
}

/** A client of a service that has operations with event streams asks for it, and hands it back. */
export const eventStreamSerdeProvider = undefined;

/** Leaves the client's settings as they are. */
export function resolveEventStreamSerdeConfig<Settings>(settings: Settings): Settings {
  return settings;
}
