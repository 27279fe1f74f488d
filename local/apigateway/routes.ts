import type { ApiOperation } from "./apiDefinition";

/** The operation that a request asks for. */
export interface Match {
  readonly operation: ApiOperation;
  /** As the client encoded them. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface ResourceNode {
  readonly segments: readonly string[];
  readonly operations: Map<string, ApiOperation>;
}

/**
 * The resources of an API. A path goes to the most specific resource, read from the left: a literal segment before
 * `{parameter}`, and that before `{greedy+}`. The method is then looked for there alone.
 */
export class Routes {
  private readonly resources: readonly ResourceNode[];

  constructor(operations: readonly ApiOperation[]) {
    const byPath = new Map<string, ResourceNode>();
    for (const operation of operations) {
      const { resourcePath, method } = operation;
      const node = byPath.get(resourcePath) ?? { segments: segmentsOf(resourcePath), operations: new Map() };
      node.operations.set(method, operation);
      byPath.set(resourcePath, node);
    }
    this.resources = [...byPath.values()].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  }

  /**
   * @param path percent-encoded; one slash at its end does not matter
   * @returns nothing when there is no such resource, or not with this method
   */
  match(method: string, path: string): Match | undefined {
    const segments = segmentsOf(path);
    for (const { segments: pattern, operations } of this.resources) {
      const pathParameters = matchSegments(pattern, segments);
      if (pathParameters === undefined) continue;
      const operation = operations.get(method) ?? operations.get("ANY");
      return operation && { operation, pathParameters };
    }
    return undefined;
  }
}

function segmentsOf(path: string): readonly string[] {
  const trimmed = path.replace(/^\//, "").replace(/\/$/, "");
  return trimmed === "" ? [] : trimmed.split("/");
}

/** Sorts literals before parameters before greedy ones, segment by segment. */
function rank({ segments }: ResourceNode): string {
  return segments.map((segment) => (segment.startsWith("{") ? (segment.endsWith("+}") ? "3" : "2") : "1")).join("");
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  const isGreedy = pattern.at(-1)?.endsWith("+}") === true;
  if (isGreedy ? segments.length < pattern.length : segments.length !== pattern.length) return undefined;
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] as string;
    if (expected.endsWith("+}")) parameters[expected.slice(1, -2)] = segments.slice(index).join("/");
    else if (expected.startsWith("{") && actual !== "") parameters[expected.slice(1, -1)] = actual;
    else if (expected !== decoded(actual)) return undefined;
  }
  return parameters;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A percent sign that encodes nothing stands for itself.
    return segment;
  }
}
