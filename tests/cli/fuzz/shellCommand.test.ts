import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { shellCommand } from "../../../cli/fuzz/shellCommand";
import type { WireRequest } from "../../../simulation/fuzz/exchange";

const request = (over: Partial<WireRequest> = {}): WireRequest => ({
  method: "POST",
  target: "/orders",
  headers: [],
  ...over,
});
const command = (over?: Partial<WireRequest>): string =>
  shellCommand({ request: request(over), isGood: false }, ["secret"]);

describe("the command that sends a request again", () => {
  it("is curl, which may mend nothing", () => {
    const text = command({
      target: "/a/../b?c=[]",
      headers: [
        ["Content-Type", "application/json"],
        ["X-Empty", ""],
      ],
      body: Buffer.from("{'}"),
    });
    assert.equal(
      text,
      `curl -sS -i --path-as-is --globoff -X POST -H 'Content-Type: application/json' -H 'X-Empty;' "$API"'/a/../b?c=[]' ` +
        String.raw`--data-binary '{'\''}'`,
    );
  });

  it("keeps the API keys of tenants to itself", () => {
    const text = command({
      headers: [
        ["x-api-key", "secret"],
        ["x-api-key", "another"],
      ],
    });
    assert.match(text, /-H "x-api-key: \$KEY" -H 'x-api-key: another'/);
    assert.doesNotMatch(text, /secret/);
  });

  it("pipes bytes that no command line can hold, as they are", () => {
    const bytes = Buffer.from([0, 255, 10, 39]);
    const [pipe = ""] = command({ body: bytes }).split(" | ");
    assert.deepEqual(execFileSync("bash", ["-c", pipe]), bytes);
    assert.match(shellCommand({ bytes: "\u0000\u00ff" }, []), /^base64 -d <<< AP8= \| nc "\$HOST" "\$PORT"$/);
  });
});
