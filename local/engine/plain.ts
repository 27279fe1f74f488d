import { readFileSync } from "node:fs";
import {
  specialArchiveSig,
  specialAssetSig,
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
} from "@pulumi/pulumi/runtime/rpc";
import type { Archive } from "../resource";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Turns a value as Pulumi sends it over the wire into plain JSON: secrets unwrapped, archives and assets
 * read, a reference to a resource replaced by its URN.
 */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isFields(value)) return value;
  switch (value[specialSigKey]) {
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
    case specialSecretSig:
      return plain(value["value"]);
    case specialResourceSig:
      return value["urn"];
    case specialAssetSig:
      return assetText(value);
    case specialArchiveSig:
      return archive(value);
    default:
      throw new Error(`The program sends a value of a kind that has no local form: ${JSON.stringify(value)}.`);
  }
}

/** Whether a secret is anywhere inside. */
export function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isFields(value)) return false;
  return value[specialSigKey] === specialSecretSig || Object.values(value).some(holdsSecret);
}

/** Marks a value as secret, the way it travels between a program and the engine. */
export function secret(value: unknown): object {
  return { [specialSigKey]: specialSecretSig, value };
}

function archive({ assets }: Fields): Archive {
  if (!isFields(assets)) {
    throw new Error("Only an AssetArchive of texts and files can be realised locally, not an archive file.");
  }
  const files = Object.entries(assets).map(([path, content]) => {
    if (isFields(content) && content[specialSigKey] === specialAssetSig) return [path, assetText(content)] as const;
    throw new Error(`"${path}" is an archive inside an archive.`);
  });
  return { files: Object.fromEntries(files) };
}

function assetText({ text, path }: Fields): string {
  if (typeof text === "string") return text;
  if (typeof path === "string") return readFileSync(path, "utf8");
  throw new Error("Only texts and files can be realised locally, not remote assets.");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
