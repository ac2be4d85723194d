// Builds static/dist from static/src and writes static/VENDOR.md with the hash of each result.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { build } from "esbuild";
import { compile } from "sass";

const source = dirname(fileURLToPath(import.meta.url));
const target = join(source, "..", "dist");
const font = join(source, "node_modules/@fontsource-variable/plus-jakarta-sans");

for (const folder of ["css", "js", "fonts", "img"]) {
  mkdirSync(join(target, folder), { recursive: true });
}

for (const name of ["portal", "admin", "api-docs"]) {
  const { css } = compile(join(source, "scss", `${name}.scss`), {
    style: "compressed",
    quietDeps: true,
  });
  writeFileSync(join(target, "css", `${name}.css`), `${css}\n`);
}

for (const [name, format] of [["portal", "esm"], ["support", "iife"]]) {
  await build({
    entryPoints: [join(source, "js", `${name}.js`)],
    outfile: join(target, "js", `${name}.js`),
    bundle: true,
    minify: true,
    format,
    target: "es2020",
    legalComments: "none",
    sourcemap: false,
  });
}

copyFileSync(
  join(font, "files/plus-jakarta-sans-latin-wght-normal.woff2"),
  join(target, "fonts/plus-jakarta-sans-latin.woff2"),
);
copyFileSync(join(source, "LICENCE-govuk-frontend.txt"), join(target, "css/LICENCE-govuk-frontend.txt"));
copyFileSync(join(font, "LICENSE"), join(target, "fonts/plus-jakarta-sans-OFL.txt"));
for (const image of readdirSync(join(source, "img"))) {
  copyFileSync(join(source, "img", image), join(target, "img", image));
}

const version = (name) =>
  JSON.parse(readFileSync(join(source, "node_modules", name, "package.json"), "utf8")).version;
const row = (file) => {
  const bytes = readFileSync(join(target, file));
  const hash = createHash("sha256").update(bytes).digest("hex");
  return `| dist/${file} | ${bytes.length} | ${brotliCompressSync(bytes).length} | ${hash} |`;
};
const results = ["css", "fonts", "img", "js"].flatMap((folder) =>
  readdirSync(join(target, folder)).sort().map((file) => row(`${folder}/${file}`)),
);

writeFileSync(
  join(source, "..", "VENDOR.md"),
  `# What stands in static/dist, and where it comes from

Written by \`static/src/build.js\`; do not edit. To rebuild: \`make assets\`, which is
\`cd static/src && npm ci && npm run build\` (Node 20 or newer; npm may say that esbuild's install
script was not run: it is not needed). Nobody needs Node to run the portal.

| Package | Version | Licence | Used for |
| --- | --- | --- | --- |
| govuk-frontend | ${version("govuk-frontend")} | MIT | components in css/portal.css and js/portal.js; no crown, logo, crest or GDS Transport |
| @fontsource-variable/plus-jakarta-sans | ${version("@fontsource-variable/plus-jakarta-sans")} | OFL-1.1 | fonts/plus-jakarta-sans-latin.woff2, licence beside it |
| sass | ${version("sass")} | MIT | build only |
| esbuild | ${version("esbuild")} | MIT | build only |

The licence of govuk-frontend is css/LICENCE-govuk-frontend.txt. The pictures in img/ are our own.

| File | Bytes | Brotli | sha256 |
| --- | --- | --- | --- |
${results.join("\n")}
`,
);
