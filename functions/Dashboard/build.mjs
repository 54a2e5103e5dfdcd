// Builds the page into dist/ unless it is newer than all that it is made of. Several builds of the program may call this at once.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const at = (...parts) => join(folder, ...parts);
const lock = at("obj", "lock");
const staleMs = 300_000;

const changed = path => (existsSync(path) ? statSync(path).mtimeMs : 0);
const under = path => readdirSync(path, { recursive: true }).map(name => join(path, String(name)));
const inputs = () => [at("index.html"), at("package.json"), at("package-lock.json"), at("tsconfig.json"), at("vite.config.ts"), ...under(at("src")), ...under(at("public"))];
const isFresh = () => changed(at("dist", "index.html")) >= Math.max(...inputs().map(changed));

function npm(...args) {
  const { status } = spawnSync("npm", args, { cwd: folder, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`npm ${args[0]} ended with ${status}`);
}

async function take() {
  mkdirSync(at("obj"), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      // One that was killed left it.
      if (Date.now() - changed(lock) > staleMs) rmSync(lock, { recursive: true, force: true });
      else await new Promise(resolve => setTimeout(resolve, 200));
    }
  }
}

await take();
try {
  if (!isFresh()) {
    if (changed(at("node_modules", ".package-lock.json")) < changed(at("package-lock.json"))) npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    npm("run", "build", "--silent", "--", "--outDir", "obj/dist", "--emptyOutDir", "--logLevel", "warn");
    // Who embeds the page never meets half of it.
    rmSync(at("dist"), { recursive: true, force: true });
    renameSync(at("obj", "dist"), at("dist"));
    const now = new Date();
    utimesSync(at("dist", "index.html"), now, now);
  }
} catch (error) {
  console.log(error.message);
  process.exitCode = 1;
} finally {
  rmSync(lock, { recursive: true, force: true });
}
