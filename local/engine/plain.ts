import * as pulumi from "@pulumi/pulumi";
import { isRpcSecret, specialSecretSig, specialSigKey, unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import type { Archive } from "../resource";

/** Turns what Pulumi deserialised into plain JSON: secrets unwrapped, archives and assets read. */
export async function plain(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (pulumi.asset.Archive.isInstance(value)) return archive(value);
  if (pulumi.asset.Asset.isInstance(value)) return assetText(value);
  if (typeof value !== "object" || value === null) return value;
  if (isRpcSecret(value)) return plain(unwrapRpcSecret(value));
  const entries = Object.entries(value).map(async ([key, field]) => [key, await plain(field)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Whether a secret is anywhere inside. */
export function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isRpcSecret(value) || Object.values(value).some(holdsSecret);
}

/** Marks a value as secret, the way it travels between a program and the engine. */
export function secret(value: unknown): object {
  return { [specialSigKey]: specialSecretSig, value };
}

async function archive(value: pulumi.asset.Archive): Promise<Archive> {
  if (!(value instanceof pulumi.asset.AssetArchive)) {
    throw new Error("Only an AssetArchive of texts and files can be realised locally, not an archive file.");
  }
  const files = Object.entries(await value.assets).map(async ([path, content]) => {
    if (!pulumi.asset.Asset.isInstance(content)) throw new Error(`"${path}" is an archive inside an archive.`);
    return [path, await assetText(content)] as const;
  });
  return { files: Object.fromEntries(await Promise.all(files)) };
}

async function assetText(value: pulumi.asset.Asset): Promise<string> {
  if (value instanceof pulumi.asset.StringAsset) return value.text;
  if (value instanceof pulumi.asset.FileAsset) {
    const { readFile } = await import("node:fs/promises");
    return readFile(await value.path, "utf8");
  }
  throw new Error("Only texts and files can be realised locally, not remote assets.");
}
