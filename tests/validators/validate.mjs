// node tests/validators/validate.mjs FILE|FOLDER...
// Validates FHIR R4 resources, alone, in Bundles and in CDS Hooks requests and responses, with two validators.
// Prints what is wrong; ends with 1 when anything is, with 2 when there was nothing to validate.

import { jsonFiles, readJson, resourcesOf } from './resources.mjs';
import { errorsOf } from './validators.mjs';

const paths = process.argv.slice(2);
let seen = 0;
let wrong = 0;
for (const file of paths.flatMap(jsonFiles)) {
  for (const { where, resource } of resourcesOf(readJson(file))) {
    const errors = errorsOf(resource);
    seen += 1;
    wrong += errors.length > 0 ? 1 : 0;
    errors.forEach((error) => console.log(`${file}: ${where}: ${error}`));
  }
}
console.log(`${seen} resources, ${wrong} of them invalid`);
if (seen === 0) {
  console.error('error: no resource found; name .json files, or folders that hold some');
  process.exitCode = 2;
} else {
  process.exitCode = wrong > 0 ? 1 : 0;
}
