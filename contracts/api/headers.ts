/** A header of an answer. */
export interface AnswerHeader {
  readonly description: string;
  readonly schema: object;
}

const TEXT = { type: "string" } as const;
const COUNT = { type: "integer", minimum: 0 } as const;

/** Headers of answers. Every answer of a function has `X-Correlation-Id` as well. */
export const ANSWER_HEADERS = {
  Location: { description: "The order's path, below the API's URL.", schema: TEXT },
  ETag: { description: "Changes with every change of the order; send it back as If-None-Match.", schema: TEXT },
  "Cache-Control": { description: "Who may keep the answer, and for how long.", schema: TEXT },
  "Idempotency-Replayed": {
    description: "`true` when the request repeated an earlier one and got its answer again.",
    schema: { type: "string", enum: ["true"] },
  },
  "Retry-After": { description: "Seconds to wait before the next attempt.", schema: COUNT },
  "RateLimit-Limit": { description: "Orders that the tenant may place at once.", schema: COUNT },
  "RateLimit-Remaining": { description: "Orders that the tenant may still place at once now.", schema: COUNT },
  "RateLimit-Reset": { description: "Seconds until all of the limit is there again.", schema: COUNT },
  "X-Correlation-Id": { description: "Names the request in the service's logs and events.", schema: TEXT },
} as const satisfies Record<string, AnswerHeader>;

export type AnswerHeaderName = keyof typeof ANSWER_HEADERS;
