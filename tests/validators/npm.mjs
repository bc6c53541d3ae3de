// The packages that package.json names, from where tests/run installs them: build/npm, or the folder in CDSS_NPM.
// The sources' folder stays free of node_modules, so they are found by path and not by the way up from here.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const kSkipped = 77; // what ctest takes for "skipped"
const folder = process.env.CDSS_NPM || join(root, 'build', 'npm');

if (!existsSync(join(folder, 'node_modules'))) {
  console.log(`skipped: no npm packages in ${folder}; tests/run puts them there`);
  process.exit(kSkipped);
}

/** A package by its name, as `require` gives it. */
export const load = createRequire(join(folder, 'package.json'));
