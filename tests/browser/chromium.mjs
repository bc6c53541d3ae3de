// Debian's Chromium without a window. It reaches this machine only: all names that a page may ask for resolve to nothing.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const kSkipped = 77; // what ctest takes for "skipped"
const program = process.env.CDSS_CHROMIUM;
if (!program) {
  console.log('skipped: chromium is not installed; tests/run installs it');
  process.exit(kSkipped);
}

/** Runs it with arguments of its own, a new profile and nothing to reach; gives what it printed. */
function run(args) {
  const profile = mkdtempSync(join(tmpdir(), 'psoas-cds-browser-'));
  try {
    return execFileSync(
      program,
      [
        '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
        '--virtual-time-budget=5000', `--user-data-dir=${profile}`, ...args,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28, timeout: 120000 },
    );
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const kEntities = { amp: '&', lt: '<', gt: '>', nbsp: '\u00a0', quot: '"' };

/** What the page of a file saw of itself (page.mjs, observe). */
export function observed(file) {
  const dom = run(['--window-size=1200,900', '--dump-dom', pathToFileURL(file).href]);
  const body = /<body>([[{].*[\]}])<\/body>/s.exec(dom);
  if (!body) {
    throw new Error(`the page did not come to its end: ${dom.slice(0, 500)}`);
  }
  return JSON.parse(body[1].replace(/&(amp|lt|gt|nbsp|quot);/g, (_, name) => kEntities[name]));
}

/** A picture of the page at an address, or of a file's. */
export function picture(page, png, width, height) {
  const address = page.startsWith('http:') ? page : pathToFileURL(page).href;
  run([`--window-size=${width},${height}`, `--screenshot=${png}`, `${address}#keep`]);
}
