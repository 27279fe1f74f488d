import { render } from "preact";
import { followLinks } from "./location";
import { Shell } from "./shell";
import { listen } from "./store";
import { applyTheme } from "./theme";

applyTheme();
followLinks();
listen();
const place = document.getElementById("page");
if (place !== null) {
  place.replaceChildren();
  render(<Shell />, place);
}
