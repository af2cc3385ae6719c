// How do the vendored parts come into the static folder?
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import * as sass from "sass";

const parts = new URL("./node_modules/", import.meta.url);
const kept = new URL("../src/folkmoot/site/static/folkmoot/", import.meta.url);
const font = "@fontsource-variable/atkinson-hyperlegible-next/";

const { css } = sass.compile(new URL("govuk.scss", import.meta.url).pathname, {
  style: "compressed",
  loadPaths: [parts.pathname],
});
if (css.includes("url(")) throw new Error("the compiled CSS must name no other file");
writeFileSync(new URL("govuk.css", kept), css + "\n");

// A source map that is not shipped would stop the static files from being collected.
const script = readFileSync(new URL("govuk-frontend/dist/govuk/govuk-frontend.min.js", parts), "utf8");
writeFileSync(new URL("govuk.js", kept), script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));

copyFileSync(new URL("htmx.org/dist/htmx.min.js", parts), new URL("htmx.js", kept));
copyFileSync(
  new URL(`${font}files/atkinson-hyperlegible-next-latin-wght-normal.woff2`, parts),
  new URL("atkinson-hyperlegible-next.woff2", kept),
);
copyFileSync(new URL(`${font}LICENSE`, parts), new URL("atkinson-hyperlegible-next.OFL.txt", kept));
