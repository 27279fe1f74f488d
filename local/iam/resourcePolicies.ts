import { compilePolicy, type PolicyStatement } from "./policyDocument";

/** Keeps the policies of queues, topics, buckets and other resources. Implemented by the Authorizer. */
export interface PolicyBook {
  /**
   * Puts a resource's own policy in the place of the one before; undefined takes it away.
   *
   * @param resourceArn for the policies of CloudWatch Logs, which are an account's, `arn:aws:logs`
   * @throws Error that names what is wrong or has no stand-in
   */
  attach(resourceArn: string, policy: string | readonly string[] | undefined): void;
}

/** Policies of resources, by the resource that has them. */
export class ResourcePolicies {
  private readonly byArn = new Map<string, readonly PolicyStatement[]>();

  attach(resourceArn: string, policy: string | readonly string[] | undefined): void {
    const texts = typeof policy === "string" ? [policy] : (policy ?? []);
    const statements = texts.flatMap((text) => compilePolicy(text, "resource"));
    if (statements.length === 0) this.byArn.delete(resourceArn);
    else this.byArn.set(resourceArn, statements);
  }

  /** The statements that speak of a resource: those of the table for its indexes, of the bucket for its objects. */
  of(resource: string): readonly PolicyStatement[] {
    return this.byArn.get(ownerOf(resource)) ?? [];
  }
}

function ownerOf(resource: string): string {
  const [, , service = "", , , ...rest] = resource.split(":");
  switch (service) {
    case "s3":
      return resource.split("/")[0] ?? resource;
    case "execute-api":
      return resource.split("/")[0] ?? resource;
    case "dynamodb":
      return resource.split("/").slice(0, 2).join("/");
    case "lambda":
      return resource.split(":").slice(0, 7).join(":");
    case "logs":
      return rest.length > 0 ? "arn:aws:logs" : resource;
    default:
      return resource;
  }
}
