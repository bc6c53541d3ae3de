// What we ship and what we suggest is valid FHIR R4.

import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import test from 'node:test';

import { root } from './npm.mjs';
import { jsonFiles, readJson, resourcesOf, resourcesOfResponse } from './resources.mjs';
import { errorsOf } from './validators.mjs';

/** The resources that `pick` finds in the files of a folder under the root, and what is wrong with them. */
function validate(folder, pick) {
  const found = jsonFiles(join(root, folder)).flatMap((file) =>
    pick(readJson(file)).map(({ where, resource }) => ({ where: `${relative(root, file)}: ${where}`, resource })),
  );
  const errors = found.flatMap(({ where, resource }) => errorsOf(resource).map((error) => `${where}: ${error}`));
  return { count: found.length, errors };
}

for (const folder of ['config/valuesets', 'config/questionnaires', 'config/examples']) {
  test(`every resource in ${folder} is valid R4`, () => {
    const { count, errors } = validate(folder, resourcesOf);
    assert.ok(count > 0, 'no resource found');
    assert.deepEqual(errors, []);
  });
}

// Cases that clients get as answers: config/examples and tests/golden, one folder a case.
const kGolden = 'tests/golden';
const golden = existsSync(join(root, kGolden)) && statSync(join(root, kGolden)).isDirectory();
test('every order that a golden response suggests is valid R4', { skip: golden ? false : `no ${kGolden}` }, () => {
  const { count, errors } = validate(kGolden, resourcesOfResponse);
  assert.ok(count > 10, `${count} suggested resources found, more than 10 expected`);
  assert.deepEqual(errors, []);
});
