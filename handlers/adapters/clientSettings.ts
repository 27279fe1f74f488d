/**
 * How every client calls: three tries with exponential backoff and jitter. A try is cut off well before the shortest
 * step of the saga (2 s) is, so that one stuck connection does not use up a step. `throwOnRequestTimeout` makes
 * the cut an error; by default the SDK only warns (documented at `NodeHttpHandlerOptions` in @smithy/types).
 */
export const CLIENT_SETTINGS = {
  maxAttempts: 3,
  retryMode: "standard",
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_500, throwOnRequestTimeout: true },
} as const;

/** For what an order would rather do without than wait for: half a second for each of two tries. */
export const QUICK_CLIENT_SETTINGS = {
  ...CLIENT_SETTINGS,
  maxAttempts: 2,
  requestHandler: { ...CLIENT_SETTINGS.requestHandler, connectionTimeout: 500, requestTimeout: 500 },
} as const;

/**
 * How clients call where nobody waits for the answer, and where calling again because an answer was slow is worse than
 * waiting: a message that was sent twice arrives twice. Two tries are over before the function is (30 s).
 */
export const PATIENT_CLIENT_SETTINGS = {
  ...CLIENT_SETTINGS,
  maxAttempts: 2,
  requestHandler: { ...CLIENT_SETTINGS.requestHandler, connectionTimeout: 3_000, requestTimeout: 6_000 },
} as const;
