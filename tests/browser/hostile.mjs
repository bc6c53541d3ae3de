// Makes the texts of a CDS Hooks request hostile: every member that a person typed or a terminology worded.

import { mark } from './payloads.mjs';

const kTexts = new Set([
  'city', 'comment', 'conclusion', 'description', 'display', 'div', 'family', 'label', 'name', 'patientInstruction',
  'text', 'title', 'unit', 'userSelectedText', 'valueString',
]);
const kTextLists = new Set(['given', 'line', 'prefix', 'suffix']);
// CodeableConcepts that get a text, and a second coding of no known system.
const kConcepts = new Set(['bodySite', 'code', 'medicationCodeableConcept', 'reasonCode', 'substance', 'vaccineCode']);
const kPatientTypes = new Set(['Patient']);

/** A copy of `value` in which `next()` gives each text. */
function spoil(value, key, next) {
  if (Array.isArray(value)) {
    return value.map((element) => (kTextLists.has(key) && typeof element === 'string' ? next() : spoil(element, key, next)));
  }
  if (typeof value === 'string') {
    return kTexts.has(key) ? next() : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const spoilt = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, spoil(member, name, next)]));
  if (kConcepts.has(key) && Array.isArray(spoilt.coding)) {
    spoilt.text = next();
    spoilt.coding = [...spoilt.coding, { system: 'urn:x-other', code: next(), display: next() }];
  }
  if (typeof spoilt.resourceType === 'string' && !kPatientTypes.has(spoilt.resourceType)) {
    spoilt.note = [{ text: next() }];
  }
  return spoilt;
}

/** Every resource but the patient gets an id that is text. */
function spoilIds(value, next) {
  if (Array.isArray(value)) {
    return value.map((element) => spoilIds(element, next));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const spoilt = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, spoilIds(member, next)]));
  if (typeof spoilt.id === 'string' && spoilt.resourceType && !kPatientTypes.has(spoilt.resourceType)) {
    spoilt.id = next();
  }
  return spoilt;
}

/** What a record may hold besides: medicines and allergies that no code names, a result in words. */
function moreResources(patientId, next) {
  const subject = { reference: `Patient/${patientId}`, display: next() };
  const concept = () => ({ coding: [{ system: 'urn:x-other', code: next(), display: next() }], text: next() });
  return {
    medications: {
      resourceType: 'MedicationRequest',
      id: 'hostile-medication',
      status: 'active',
      intent: 'order',
      subject,
      medicationCodeableConcept: concept(),
      dosageInstruction: [{ text: next() }],
    },
    statements: { resourceType: 'MedicationStatement', id: 'hostile-statement', status: 'active', subject, medicationCodeableConcept: concept() },
    allergies: { resourceType: 'AllergyIntolerance', id: 'hostile-allergy', patient: subject, code: concept() },
    conditions: {
      resourceType: 'Condition',
      id: 'hostile-condition',
      subject,
      code: { coding: [{ system: 'http://snomed.info/sct', code: '102570003', display: next() }], text: next() },
    },
    results: {
      resourceType: 'Observation',
      id: 'hostile-result',
      status: 'final',
      subject,
      effectiveDateTime: '2026-11-20',
      code: { coding: [{ system: 'http://loinc.org', code: '1988-5', display: next() }], text: next() },
      valueQuantity: { value: 4, unit: next(), system: 'http://unitsofmeasure.org', code: next() },
    },
  };
}

function addResources(prefetch, patientId, next) {
  for (const [key, resource] of Object.entries(moreResources(patientId, next))) {
    const entry = prefetch[key]?.entry ?? [];
    prefetch[key] = { resourceType: 'Bundle', type: 'searchset', entry: [...entry, { resource }] };
  }
}

/** A source of texts that goes round and round the list, from number `first` on. */
export function roundabout(texts, first = 0) {
  let at = first;
  return () => texts[at++ % texts.length];
}

/** The request with all its record texts replaced by those that `next()` gives. */
export function hostile(request, next) {
  const copy = structuredClone(request);
  copy.prefetch = spoil(copy.prefetch, '', next);
  addResources(copy.prefetch, copy.context.patientId, next);
  if (copy.context.draftOrders) {
    copy.context.draftOrders = spoil(copy.context.draftOrders, '', next);
  }
  return copy;
}

/** The request with the ids of its resources replaced by those texts. */
export function hostileIds(request, next) {
  const copy = structuredClone(request);
  copy.prefetch = spoilIds(copy.prefetch, next);
  return copy;
}

/** Every text of a value that holds the mark. */
export function markedTexts(value) {
  if (typeof value === 'string') {
    return value.includes(mark) ? [value] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(markedTexts) : [];
}
