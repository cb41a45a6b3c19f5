// Builds ../src/detente/briefing/assets, or the folder named, from src/: `npm run build`. `--tests` bundles test/ for node.
// The same sources and lock file give the same bytes, so that a rebuild can be compared with what is committed.
import { build } from "esbuild";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const named = process.argv.slice(2).find((argument) => !argument.startsWith("--"));
const assets = named ? resolve(named) : join(here, "../src/detente/briefing/assets");
const bundled = ["d3-geo", "d3-array", "internmap", "topojson-client", "world-atlas"];

/** The 1:50 million countries without names and codes, as text: JSON.parse reads it faster than a JS literal. */
const worldText = {
  name: "world-text",
  setup(builder) {
    builder.onLoad({ filter: /countries-50m\.json$/ }, ({ path }) => {
      const world = JSON.parse(readFileSync(path, "utf8"));
      for (const country of world.objects.countries.geometries) {
        delete country.properties;
        delete country.id;
      }
      return { contents: JSON.stringify(world), loader: "text" };
    });
  },
};

const common = { absWorkingDir: here, bundle: true, plugins: [worldText], legalComments: "none", logLevel: "warning" };

async function buildAssets() {
  mkdirSync(assets, { recursive: true });
  await build({
    ...common,
    entryPoints: ["src/globe.ts"],
    outfile: join(assets, "globe.js"),
    format: "iife",
    globalName: "DetenteGlobe",
    target: "es2020",
    minify: true,
    charset: "utf8",
    banner: { js: "/* Built from web/ by `npm run build`; edit there. Licenses: LICENSES.md. */" },
  });
  await build({ ...common, entryPoints: ["src/globe.css"], outfile: join(assets, "globe.css"), minify: true });
  writeFileSync(join(assets, "LICENSES.md"), licenses());
}

function licenses() {
  const parts = [
    "# Licenses of what `globe.js` bundles",
    "Written by the build in `web/`. The map data in world-atlas are from Natural Earth (naturalearthdata.com), version 4.1,\n" +
      "1:50 million, which its makers put in the public domain; its borders show who holds a territory in fact, at the\n" +
      "date of that version.",
  ];
  for (const name of bundled) {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const text = readFileSync(join(folder, "LICENSE"), "utf8").trim();
    parts.push(`## ${name} ${about.version} (${about.license})`, "```text\n" + text + "\n```");
  }
  return parts.join("\n\n") + "\n";
}

async function buildTests() {
  const out = join(here, "node_modules/.tests");
  rmSync(out, { recursive: true, force: true });
  const entryPoints = readdirSync(join(here, "test")).filter((name) => name.endsWith(".test.ts")).map((name) => `test/${name}`);
  await build({ ...common, entryPoints, outdir: out, format: "esm", platform: "node", outExtension: { ".js": ".mjs" } });
}

await (process.argv.includes("--tests") ? buildTests() : buildAssets());
