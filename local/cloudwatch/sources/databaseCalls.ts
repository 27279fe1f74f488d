import { AwsError } from "../../awsError";
import { requestJson } from "../../endpoint/requestJson";
import { statementOf } from "../../dynamodb/statement";
import type { Clock } from "../../clock";
import type { CallFaults, FaultyCall } from "../../faults/callFaults";
import type { Feed, FeedEvents } from "../../feed";

type DatabaseCall = FeedEvents["databaseCall"];
type Outcome = Pick<DatabaseCall, "status" | "error" | "reasons">;

interface Parts {
  readonly clock: Clock;
  readonly feed: Feed;
  /** What may go wrong with the call; what it makes go wrong is told too, as it would be measured on AWS. */
  readonly faults: Pick<CallFaults, "around">;
}

/** Tells the feed how calls of DynamoDB went; other calls pass through. */
export class DatabaseCalls {
  constructor(private readonly parts: Parts) {}

  async around<Answer>(call: FaultyCall, carryOut: () => Promise<Answer>): Promise<Answer> {
    const { clock, faults } = this.parts;
    const [service, operation = ""] = call.action.split(":");
    if (service !== "dynamodb") return faults.around(call, carryOut);
    const startedMs = clock.now();
    try {
      const answer = await faults.around(call, carryOut);
      this.tell({ operation, body: call.body, startedMs }, outcomeOf(answer, call.body));
      return answer;
    } catch (error) {
      // A connection that breaks says nothing about what the service did; the service measured nothing wrong.
      if (error instanceof AwsError) {
        const { status, code, fields } = error;
        this.tell({ operation, body: call.body, startedMs }, { status, error: code, ...reasonsOf(fields, call.body) });
      }
      throw error;
    }
  }

  private tell(
    { operation, body, startedMs }: { operation: string; body: Buffer; startedMs: number },
    outcome: Outcome,
  ): void {
    const { clock, feed } = this.parts;
    const timeMs = clock.now();
    const request = requestJson<Request>(body) ?? {};
    const about = {
      tables: [...new Set(tablesOf(request))],
      ...(request.IndexName !== undefined && { index: request.IndexName }),
    };
    feed.emit("databaseCall", { operation, ...about, durationMs: timeMs - startedMs, timeMs, ...outcome });
  }
}

interface Request {
  readonly TableName?: string;
  readonly IndexName?: string;
  /** By table. */
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  /** Each an operation with its input. */
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
  readonly Statements?: readonly { readonly Statement?: string }[];
}

/** The tables that a request names, in its order; a transaction names one for each of its actions. */
function tablesOf({ TableName, RequestItems, TransactItems = [], Statements = [] }: Request): readonly string[] {
  const named = [
    ...(TableName === undefined ? [] : [TableName]),
    ...Object.keys(RequestItems ?? {}),
    ...TransactItems.map((item) => Object.values(item)[0]?.TableName ?? ""),
    ...Statements.map(({ Statement = "" }) => statementOf(Statement).table),
  ];
  return named.map((name) => name.split("/").at(-1) ?? name);
}

/** An answer of DynamoDB is a reply of HTTP, with an error document in its body when it is not 200. */
function outcomeOf(answer: unknown, request: Buffer): Outcome {
  const { status = 200, body = "" } = answer as { status?: number; body?: string | Buffer };
  if (status === 200) return { status };
  const document = documentOf(body);
  const error = document.__type?.split("#").pop() ?? "InternalServerError";
  return { status, error, ...reasonsOf(document, request) };
}

function reasonsOf(document: object, request: Buffer): Pick<Outcome, "reasons"> {
  const { CancellationReasons } = document as { CancellationReasons?: readonly { Code?: string }[] };
  if (CancellationReasons === undefined) return {};
  const tables = tablesOf(requestJson<Request>(request) ?? {});
  return {
    reasons: CancellationReasons.map(({ Code = "None" }, index) => ({ table: tables[index] ?? "", code: Code })),
  };
}

function documentOf(text: string | Buffer): { readonly __type?: string } {
  try {
    return JSON.parse(text.toString()) as { __type?: string };
  } catch {
    return {};
  }
}
