// Each validator finds what it is there for: a resource broken in one place, and who has to say so.

import assert from 'node:assert/strict';
import test from 'node:test';

import { resourcesOf } from './resources.mjs';
import { validators } from './validators.mjs';

const kWhole = {
  referral: {
    resourceType: 'ServiceRequest',
    id: 'referral-1',
    status: 'draft',
    intent: 'proposal',
    code: { text: 'Physical therapy referral' },
    subject: { reference: 'Patient/1' },
  },
  tablets: {
    resourceType: 'MedicationRequest',
    status: 'draft',
    intent: 'proposal',
    medicationCodeableConcept: { text: 'Ibuprofen' },
    subject: { reference: 'Patient/1' },
    dosageInstruction: [
      {
        timing: { repeat: { frequency: 1, period: 8, periodUnit: 'h' } },
        doseAndRate: [{ doseQuantity: { value: 400, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }],
      },
    ],
  },
  form: {
    resourceType: 'Questionnaire',
    status: 'active',
    item: [
      { linkId: 'a', type: 'boolean', text: 'A?' },
      { linkId: 'b', type: 'string', text: 'B?', enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }] },
    ],
  },
  codes: { resourceType: 'CodeSystem', status: 'active', content: 'complete', concept: [{ code: 'a' }] },
};

const kFhir = 'fhir';
const kMedplum = '@medplum/core';
const kOurs = 'r4_rules';

const kBroken = [
  ['a referral without intent', 'referral', (r) => delete r.intent, [kFhir, kMedplum]],
  ['a referral for nobody', 'referral', (r) => delete r.subject, [kFhir, kMedplum]],
  ['a member that R4 does not have', 'referral', (r) => (r.reason = 'pain'), [kFhir, kMedplum]],
  ['an object where R4 has a list', 'referral', (r) => (r.note = { text: 'x' }), [kFhir, kMedplum]],
  ['a list where R4 has one', 'referral', (r) => (r.code = [r.code]), [kFhir, kMedplum]],
  ['a text for a boolean', 'referral', (r) => (r.doNotPerform = 'no'), [kFhir, kMedplum]],
  ['a date in words', 'referral', (r) => (r.authoredOn = '22 November'), [kFhir, kMedplum]],
  ['a status that is no code', 'referral', (r) => (r.status = 'soon'), [kFhir]],
  ['a priority that is no code', 'referral', (r) => (r.priority = 'now'), [kFhir]],
  ['a request for no medicine', 'tablets', (r) => delete r.medicationCodeableConcept, [kFhir, kMedplum]],
  ['a dose as text', 'tablets', (r) => (doseOf(r).value = '400'), [kMedplum]],
  ['a period without its unit', 'tablets', (r) => delete repeatOf(r).periodUnit, [kMedplum]],
  ['a unit of time in words', 'tablets', (r) => (repeatOf(r).periodUnit = 'hours'), [kOurs]],
  ['a unit without its system', 'tablets', (r) => delete doseOf(r).system, [kOurs]],
  ['two medicines in one', 'tablets', (r) => (r.medicationReference = { reference: 'Medication/1' }), [kOurs]],
  ['an id with a space', 'referral', (r) => (r.id = 'referral 1'), [kOurs]],
  ['an empty object', 'referral', (r) => (r.code = {}), [kOurs]],
  ['an empty list', 'referral', (r) => (r.note = []), [kOurs]],
  ['an empty text', 'referral', (r) => (r.code.text = ''), [kOurs]],
  ['a condition without what it is compared with', 'form', (r) => delete r.item[1].enableWhen[0].answerBoolean, [kFhir, kMedplum]],
  ['options for a yes or no', 'form', (r) => (r.item[0].answerOption = [{ valueString: 'x' }]), [kMedplum]],
  ['one linkId twice', 'form', (r) => (r.item[0].linkId = 'b'), [kOurs]],
  ['a condition on what is not asked', 'form', (r) => (r.item[1].enableWhen[0].question = 'c'), [kOurs]],
  ['one code twice', 'codes', (r) => r.concept.push({ code: 'a' }), [kMedplum]],
];

function repeatOf(tablets) {
  return tablets.dosageInstruction[0].timing.repeat;
}

function doseOf(tablets) {
  return tablets.dosageInstruction[0].doseAndRate[0].doseQuantity;
}

const namesOfThoseWhoFindErrors = (resource) =>
  validators.filter(({ errorsOf }) => errorsOf(resource).length > 0).map(({ name }) => name);

for (const [name, resource] of Object.entries(kWhole)) {
  test(`whole, ${name} passes`, () => assert.deepEqual(namesOfThoseWhoFindErrors(resource), []));
}

for (const [what, name, change, finders] of kBroken) {
  test(`${what} is found by ${finders.join(' and ')}`, () => {
    const broken = structuredClone(kWhole[name]);
    change(broken);
    assert.deepEqual(namesOfThoseWhoFindErrors(broken), finders);
  });
}

test('a broken resource is found inside a Bundle, a request and a response', () => {
  const resource = { ...kWhole.referral, intent: undefined };
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource }] };
  const files = [
    bundle,
    { hook: 'patient-view', prefetch: { orders: bundle, none: null } },
    { hook: 'order-sign', context: { draftOrders: bundle } },
    { cards: [{ suggestions: [{ actions: [{ type: 'delete' }, { type: 'create', resource }] }] }] },
    { cards: [], systemActions: [{ type: 'update', resource: bundle }] },
  ];
  for (const file of files) {
    const found = resourcesOf(JSON.parse(JSON.stringify(file))).map((entry) => entry.resource);
    assert.ok(found.some((one) => one.resourceType === 'ServiceRequest' && namesOfThoseWhoFindErrors(one).length >= 2));
  }
});
