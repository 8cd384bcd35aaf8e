import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = `${here}node_modules`;
const target = `${here}../../static/vendor/player`;

const FILL = [
  [/this\.shadowRoot\.setHTMLUnsafe \? this\.shadowRoot\.setHTMLUnsafe\(html\) : this\.shadowRoot\.innerHTML = html;/g, "fillShadow(this.shadowRoot, html);"],
  [/this\.shadowRoot\.innerHTML = (this\.constructor\.getTemplateHTML\(attrs\));/g, "fillShadow(this.shadowRoot, $1);"],
];
const EXPECTED_FILLS = 13;
let fills = 0;

function withFilledShadow(source) {
  let text = source;
  for (const [pattern, replacement] of FILL) {
    fills += [...text.matchAll(pattern)].length;
    text = text.replace(pattern, replacement);
  }
  return text === source ? source : `import { fillShadow } from "${here}shadow-styles.mjs";\n${text}`;
}

function withAdoptedRules(source) {
  const start = source.indexOf("function getCSSRule(");
  const end = source.indexOf("function getNumericAttr(");
  if (start < 0 || end < start) throw new Error("media-chrome moved its style rules: check shadow-styles.mjs");
  return `import { getCSSRule, insertCSSRule } from "${here}shadow-styles.mjs";\n${source.slice(0, start)}${source.slice(end)}`;
}

const strictStyles = {
  name: "strict-styles",
  setup(bundle) {
    bundle.onLoad({ filter: /media-chrome\/dist\/.*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const rules = path.endsWith("utils/element-utils.js") ? withAdoptedRules(source) : source;
      return { contents: withFilledShadow(rules), loader: "js" };
    });
  },
};

async function versionOf(name) {
  return JSON.parse(await readFile(`${modules}/${name}/package.json`, "utf8")).version;
}

async function entry(file, name, licence) {
  const bytes = await readFile(`${target}/${file}`);
  const sha384 = createHash("sha384").update(bytes).digest("base64");
  return { file, name, version: await versionOf(name), licence, sha384: `sha384-${sha384}` };
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await copyFile(`${modules}/hls.js/dist/hls.min.mjs`, `${target}/hls.min.mjs`);
await copyFile(`${modules}/hls.js/LICENSE`, `${target}/LICENSE.hls.txt`);
await copyFile(`${modules}/media-chrome/LICENSE`, `${target}/LICENSE.media-chrome.txt`);
await build({
  entryPoints: [`${here}entry.mjs`],
  outfile: `${target}/media-chrome.min.mjs`,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  legalComments: "none",
  plugins: [strictStyles],
});
if (fills !== EXPECTED_FILLS) throw new Error(`media-chrome fills ${fills} shadow roots, expected ${EXPECTED_FILLS}`);
const files = [
  await entry("hls.min.mjs", "hls.js", "Apache-2.0"),
  await entry("media-chrome.min.mjs", "media-chrome", "MIT"),
];
await writeFile(`${target}/manifest.json`, `${JSON.stringify({ esbuild: await versionOf("esbuild"), files }, null, 2)}\n`);
