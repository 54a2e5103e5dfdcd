// Writes the dashboards to dashboards/, or with --check says which of the files there are not what the source gives.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { anomalies } from './anomalies.js';
import { models } from './models.js';
import { notifications } from './notifications.js';
import { pipeline } from './pipeline.js';
import { ward } from './ward.js';

const folder = fileURLToPath(new URL('../dashboards/', import.meta.url));
const made = new Map([ward, anomalies, pipeline, models, notifications].map((d) => [`${d.uid}.json`, `${JSON.stringify(d, null, 2)}\n`]));

mkdirSync(folder, { recursive: true });
const stale = readdirSync(folder).filter((file) => !made.has(file));
if (process.argv.includes('--check')) {
  const isThere = (file: string, text: string): boolean => existsSync(folder + file) && readFileSync(folder + file, 'utf8') === text;
  const wrong = [...made].filter(([file, text]) => !isThere(file, text)).map(([file]) => file);
  for (const file of [...wrong, ...stale]) console.error(`dashboards/${file} is not what src/ gives: npm run build`);
  process.exitCode = wrong.length + stale.length > 0 ? 1 : 0;
} else {
  for (const file of stale) rmSync(folder + file);
  for (const [file, text] of made) writeFileSync(folder + file, text);
}
