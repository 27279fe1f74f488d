import assert from "node:assert/strict";
import * as stand from "../../../handlers/adapters/noEventStreams";

describe("noEventStreams", () => {
  it("says that a bundle cannot read an event stream, and who left that out", () => {
    assert.throws(() => new stand.EventStreamSerde(), { name: "NotImplemented", message: /components\/bundle\.ts/ });
  });

  it("leaves a client's settings as they are", () => {
    const settings = { region: "eu-central-1" };
    assert.equal(stand.resolveEventStreamSerdeConfig(settings), settings);
    assert.equal(stand.eventStreamSerdeProvider, undefined);
  });
});
