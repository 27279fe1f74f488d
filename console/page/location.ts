import { computed, signal } from "@preact/signals";

/** Where the visitor is: all state that is worth a link. */
export const path = signal(location.pathname);
export const query = signal(new URLSearchParams(location.search));

/** The path in parts, without empty ones. */
export const segments = computed(() =>
  path.value
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent),
);

/** Goes to another view. */
export function go(href: string): void {
  history.pushState(null, "", href);
  follow();
  window.scrollTo(0, 0);
}

/** Sets or takes away parameters of the present view, without a new entry in the history. */
export function refine(changes: Readonly<Record<string, string | undefined>>): void {
  const next = new URLSearchParams(query.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") next.delete(name);
    else next.set(name, value);
  }
  replace(next);
}

/** A parameter of the present view; empty when it is not there. */
export function parameter(name: string): string {
  return query.value.get(name) ?? "";
}

/** What a field holds: what the address says, or else what is usual. A field that was emptied stays empty. */
export function kept(name: string, usual: string): string {
  return query.value.get(name) ?? usual;
}

/** Like `kept`, for a number; what is not one in the address counts as not there. */
export function keptNumber(name: string, usual: number): number {
  const text = parameter(name);
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? usual : value;
}

/** Keeps in the address what a field holds, unless it is the usual. */
export function keep(name: string, value: string | number, usual: string | number): void {
  const next = new URLSearchParams(query.value);
  if (value === usual) next.delete(name);
  else next.set(name, String(value));
  replace(next);
}

/** Lets links within the page change the view instead of loading it anew. */
export function followLinks(): void {
  window.addEventListener("popstate", follow);
  document.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest?.("a");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (
      link === null ||
      link === undefined ||
      !plain ||
      link.origin !== location.origin ||
      link.target !== "" ||
      link.hash !== ""
    )
      return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

function replace(next: URLSearchParams): void {
  const text = next.toString();
  history.replaceState(null, "", path.value + (text === "" ? "" : `?${text}`));
  follow();
}

function follow(): void {
  path.value = location.pathname;
  query.value = new URLSearchParams(location.search);
}
