import type { AwsCredentialIdentity } from "@smithy/types";

/**
 * Stands in a function's bundle for the SDK's default chain of credential providers (`components/bundle.ts` sees to
 * that), of which Lambda needs the first alone: it puts its role's credentials into the environment
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime). The rest of
 * the chain, for people's machines, containers and EC2, is a fifth of a bundle, four more clients among it. An
 * environment lives no longer than its credentials, so nothing needs to be read again.
 */
export function defaultProvider(): () => Promise<AwsCredentialIdentity> {
  return async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
      const message =
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set: a function's bundle takes its credentials from the " +
        "environment, where Lambda puts them, and from nowhere else.";
      throw Object.assign(new Error(message), { name: "CredentialsProviderError" });
    }
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    };
  };
}
