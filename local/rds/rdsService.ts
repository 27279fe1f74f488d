import { Client } from "pg";
import { AwsError } from "../awsError";
import type { RestOperation, RestResponse } from "../endpoint/endpoint";
import type { Permission } from "../iam/access";
import type { Resource, ResourceKind } from "../resource";
import type { LocalService } from "../service";
import { freePort, startPostgres, type PostgresProcess } from "./postgresProcess";
import { CLUSTER_TYPE, clusterKind, rdsKinds } from "./rdsKinds";

/** A cluster as the Data API finds it. */
interface Cluster {
  readonly arn: string;
  /** Absent when RDS does not keep the password. */
  readonly secretArn: string | undefined;
  readonly dataApi: boolean;
}

/**
 * RDS: a cluster of the engine aurora-postgresql is one PostgreSQL in memory, started when a program has one. Whoever can
 * reach its port is admitted, as any user and with the rights of all: IAM's tokens are not looked at, nor are grants.
 * Of RDS's Data API it has single statements without parameters and results, which is what making users takes.
 */
export class RdsService implements LocalService {
  readonly name = "rds-data";
  readonly kinds: readonly ResourceKind[] = [clusterKind(() => this.port), ...rdsKinds];
  /** Empty: the Data API is called by path, see restOperations. */
  readonly targetPrefixes = [];
  readonly operations = {};
  readonly restOperations: readonly RestOperation[] = [
    {
      action: "rds-data:ExecuteStatement",
      method: "POST",
      path: /^\/Execute$/,
      permissionsOf: ({ body }) => permissionsToExecute(body),
      handle: ({ body }) => this.execute(JSON.parse(body.toString()) as Readonly<Record<string, unknown>>),
    },
  ];
  private port = 0;
  private cluster: Cluster | undefined;
  private starting: Promise<PostgresProcess> | undefined;
  private reportEnd: (reason: string) => void = () => undefined;
  /** Settles with the reason when the database ends by itself. */
  readonly ended = new Promise<string>((resolve) => (this.reportEnd = resolve));

  /** Chooses the port that clusters answer as theirs; nothing listens on it until there is one. */
  async reserve(): Promise<void> {
    this.port = await freePort();
  }

  async realise({ type, name, inputs, outputs }: Resource): Promise<void> {
    if (type !== CLUSTER_TYPE) return;
    if (this.cluster !== undefined) throw new Error(`${name}: the local runtime has one database cluster at most.`);
    const [secret] = outputs["masterUserSecrets"] as { secretArn: string }[];
    this.cluster = {
      arn: String(outputs["arn"]),
      secretArn: secret?.secretArn,
      dataApi: inputs["enableHttpEndpoint"] === true,
    };
    this.starting = startPostgres(this.port);
    const { ended } = await this.starting;
    void ended.then(this.reportEnd);
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    this.reportEnd = () => undefined;
    const postgres = await this.starting?.catch(() => undefined);
    await postgres?.stop();
  }

  /** https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_ExecuteStatement.html */
  private async execute(input: Readonly<Record<string, unknown>>): Promise<RestResponse> {
    const { resourceArn, secretArn, sql } = input;
    if (this.cluster?.arn !== resourceArn)
      throw new AwsError("DatabaseNotFoundException", "There is no such cluster.", 404);
    if (!this.cluster?.dataApi) throw new AwsError("HttpEndpointNotEnabledException", "The Data API is not enabled.");
    if (secretArn === undefined || this.cluster.secretArn !== secretArn)
      throw new AwsError("SecretsErrorException", "There is no such secret.");
    const strange = Object.keys(input).filter((key) => !KNOWN.has(key));
    if (typeof sql !== "string" || strange.length > 0) {
      throw new AwsError(
        "BadRequestException",
        `The local Data API takes ${[...KNOWN].join(", ")}, not ${strange.join(", ")}.`,
      );
    }
    const client = new Client({ host: "127.0.0.1", port: this.port, user: "postgres", database: "postgres" });
    try {
      await client.connect();
      const { rowCount, fields } = await client.query(sql);
      if (fields.length > 0) throw new AwsError("BadRequestException", "The local Data API answers no rows.");
      return { status: 200, body: { generatedFields: [], numberOfRecordsUpdated: rowCount ?? 0 } };
    } catch (error) {
      if (error instanceof AwsError) throw error;
      throw new AwsError("DatabaseErrorException", (error as Error).message);
    } finally {
      await client.end();
    }
  }
}

/** The Data API reads the secret on its caller's behalf: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.access.html */
function permissionsToExecute(body: Buffer): readonly Permission[] {
  const { resourceArn = "*", secretArn = "*" } = JSON.parse(body.toString()) as Readonly<Record<string, string>>;
  return [
    { action: "rds-data:ExecuteStatement", resource: resourceArn },
    { action: "secretsmanager:GetSecretValue", resource: secretArn },
  ];
}

const KNOWN = new Set(["resourceArn", "secretArn", "database", "sql"]);
