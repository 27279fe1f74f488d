import { badRequest } from "./sesError";

/** The address alone of `Name <a@example.com>` or `a@example.com`. @throws BadRequestException */
export function bareAddress(text: string): string {
  const address = (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim();
  const at = address.lastIndexOf("@");
  if (at < 0 || at === address.length - 1) throw badRequest("Missing final '@domain'");
  if (at === 0) throw badRequest("Missing local name");
  if (/[\s\p{Cc}]/u.test(address.slice(0, at))) throw badRequest("Local address contains control or whitespace");
  if (!/^[\w-]+(\.[\w-]+)*$/.test(address.slice(at + 1))) throw badRequest("Domain contains illegal character");
  return address;
}

/**
 * The identity that lets an address send: the address itself, or its domain or one above it. Undefined when none does.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
 */
export function identityOf(address: string, identities: readonly string[]): string | undefined {
  const at = address.lastIndexOf("@");
  const labels = address
    .slice(at + 1)
    .toLowerCase()
    .split(".");
  const domains = labels.map((_, index) => labels.slice(index).join("."));
  const candidates = [`${address.slice(0, at)}@${domains[0] ?? ""}`, ...domains];
  return candidates
    .map((candidate) => identities.find((identity) => sameIdentity(identity, candidate)))
    .find((identity) => identity !== undefined);
}

/** Domains have no letter case, names before the @ have. */
function sameIdentity(identity: string, candidate: string): boolean {
  const at = identity.lastIndexOf("@") + 1;
  return identity.slice(0, at) + identity.slice(at).toLowerCase() === candidate;
}
