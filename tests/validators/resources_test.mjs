// What we ship and what we suggest is valid FHIR R4.

import assert from 'node:assert/strict';
import { basename, join, relative } from 'node:path';
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

// Orders are suggested by treatment-escalation: where its answers are kept there have to be some.
const kGolden = 'tests/golden';
const answers = jsonFiles(join(root, kGolden)).filter((file) => basename(file).startsWith('treatment-escalation'));
const skip = answers.length > 0 ? false : `no answers of treatment-escalation in ${kGolden}`;
test('every order that a golden response suggests is valid R4', { skip }, () => {
  const { count, errors } = validate(kGolden, resourcesOfResponse);
  assert.ok(count > 10, `${count} suggested resources found, more than 10 expected`);
  assert.deepEqual(errors, []);
});

test('every resource in a golden request is valid R4', { skip: jsonFiles(join(root, kGolden)).length === 0 && `no ${kGolden}` }, () => {
  const { count, errors } = validate(kGolden, (json) => (json.hook ? resourcesOf(json) : []));
  assert.ok(count > 24, `${count} resources found, more than 24 expected`);
  assert.deepEqual(errors, []);
});
