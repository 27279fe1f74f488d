import type { ComponentChildren } from "preact";

/** What stands where there is nothing to see, and why. */
export function Notice({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="notice">
      <p class="notice-title">{title}</p>
      {children !== undefined && <div>{children}</div>}
    </div>
  );
}

/** What could not be read or done. */
export function Problem({ said }: { readonly said: string }) {
  return (
    <p class="problem" role="alert">
      {said}
    </p>
  );
}
