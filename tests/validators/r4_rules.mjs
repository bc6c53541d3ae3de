// Rules of FHIR R4 that neither npm validator applies (validators_test.mjs holds the cases).

// Choices of type ("value[x]") in the resources that we write or are sent.
const kChoices = [
  'abatement', 'answer', 'asNeeded', 'deceased', 'dose', 'effective', 'medication', 'occurrence', 'onset', 'performed',
  'rate', 'reported', 'value',
];
// Source: HL7 FHIR R4, Timing: units of time from UCUM that a repeat may have.
const kUnitsOfTime = ['s', 'min', 'h', 'd', 'wk', 'mo', 'a'];

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Errors in the members of one object, without those inside it. */
function errorsOfObject(object, where) {
  const errors = [];
  const names = Object.keys(object);
  if (names.length === 0) {
    errors.push(`${where}: empty object (ele-1)`);
  }
  for (const prefix of kChoices) {
    const chosen = names.filter((name) => name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length)));
    if (chosen.length > 1) {
      errors.push(`${where}: ${chosen.join(' and ')} exclude each other`);
    }
  }
  if ('value' in object && 'code' in object && !('system' in object) && typeof object.value === 'number') {
    errors.push(`${where}: a quantity with a code needs its system (qty-3)`);
  }
  for (const name of ['periodUnit', 'durationUnit']) {
    if (name in object && !kUnitsOfTime.includes(object[name])) {
      errors.push(`${where}.${name}: not one of ${kUnitsOfTime.join(', ')}`);
    }
  }
  if (object.resourceType && 'id' in object && !/^[A-Za-z0-9.-]{1,64}$/.test(object.id)) {
    errors.push(`${where}.id: letters, digits, '-' and '.', 1 to 64 of them`);
  }
  return errors;
}

function errorsInside(value, where) {
  if (Array.isArray(value)) {
    return value.length === 0
      ? [`${where}: empty array`]
      : value.flatMap((element, i) => errorsInside(element, `${where}[${i}]`));
  }
  if (isObject(value)) {
    return [
      ...errorsOfObject(value, where),
      ...Object.entries(value).flatMap(([name, member]) => errorsInside(member, `${where}.${name}`)),
    ];
  }
  return value === '' ? [`${where}: empty text`] : [];
}

/** The items of a form with those inside them. */
export function allItems(items) {
  return (items ?? []).flatMap((item) => [item, ...allItems(item.item)]);
}

/** Each linkId once (que-2), and what a condition asks for is there and before it or around it. */
function errorsOfForm(form) {
  const seen = new Set();
  return allItems(form.item).flatMap((item) => {
    const errors = (item.enableWhen ?? [])
      .filter((when) => !seen.has(when.question))
      .map((when) => `Questionnaire: ${item.linkId} depends on ${when.question}, which is not asked before it`);
    if (seen.has(item.linkId)) {
      errors.push(`Questionnaire: linkId ${item.linkId} stands twice (que-2)`);
    }
    seen.add(item.linkId);
    return errors;
  });
}

/** What breaks these rules in a resource: one line for each error. */
export function errorsOf(resource) {
  const inForm = resource.resourceType === 'Questionnaire' ? errorsOfForm(resource) : [];
  return [...errorsInside(resource, resource.resourceType), ...inForm];
}
