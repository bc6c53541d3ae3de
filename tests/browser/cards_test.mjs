// Cards about records with hostile, long and foreign texts, shown by a trusting client in a real browser: nothing runs,
// nothing breaks.

import assert from 'node:assert/strict';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import test from 'node:test';

import { root } from '../validators/npm.mjs';
import { jsonFiles, readJson } from '../validators/resources.mjs';
import { observed, picture } from './chromium.mjs';
import { evaluateAll } from './evaluate.mjs';
import { hostile, hostileIds, markedTexts, roundabout } from './hostile.mjs';
import { pageHtml } from './page.mjs';
import { payloads } from './payloads.mjs';

const program = process.env.CDSS_PROGRAM || join(root, 'build', 'release', 'bin', 'psoas-cds');
const folder = process.env.CDSS_OUTPUT || join(root, 'build', 'browser');
const services = readdirSync(join(dirname(program), '..', 'lib', 'psoas-cds', 'plugins'));

/** The requests that are there to be changed: {name: request}. */
function wholeRequests() {
  const files = ['config/examples', 'tests/golden'].flatMap((path) => jsonFiles(join(root, path)));
  const named = files.map((file) => [`${basename(dirname(file))}-${basename(file, '.json')}`, readJson(file)]);
  return Object.fromEntries(named.filter(([, json]) => json.hook && json.prefetch));
}

/** Every request with the payloads spread over its texts, begun at another one each time. */
function spreadCases(requests) {
  const texts = Object.values(payloads);
  const kRounds = 3;
  const cases = [];
  for (const [name, request] of Object.entries(requests)) {
    for (let round = 0; round < kRounds; ++round) {
      const next = roundabout(texts, cases.length * 7);
      cases.push({ name: `${name}-${round}`, request: round === 0 ? hostileIds(request, next) : hostile(request, next) });
    }
  }
  return cases;
}

/** Two requests with each payload in every place that it can take. */
function wholeCases(requests) {
  const chosen = Object.entries(requests).filter((_, i, all) => i === 0 || i === all.length - 1);
  return chosen.flatMap(([name, request]) =>
    Object.entries(payloads).map(([payload, text]) => ({ name: `${name}-${payload}`, request: hostile(request, () => text) })),
  );
}

/** Draft orders that rules speak against, some known by their codes and some by their words alone. */
function draftOrders(patientId) {
  const subject = { reference: `Patient/${patientId}` };
  const medicine = (id, concept) => ({
    resourceType: 'MedicationRequest', id, status: 'draft', intent: 'order', subject, medicationCodeableConcept: concept,
    dosageInstruction: [{ text: 'as said' }],
  });
  const service = (id, concept) => ({ resourceType: 'ServiceRequest', id, status: 'draft', intent: 'order', subject, code: concept });
  const coded = (system, code, display) => ({ coding: [{ system, code, display }] });
  const rxnorm = 'http://www.nlm.nih.gov/research/umls/rxnorm';
  const drafts = [
    medicine('draft-1', coded(rxnorm, '5640', 'Ibuprofen')),
    medicine('draft-2', coded(rxnorm, '7258', 'Naproxen')),
    medicine('draft-3', { text: 'Ibuprofen 800 mg' }),
    medicine('draft-4', { text: 'Oxycodone 5 mg' }),
    service('draft-5', { text: 'Iliopsoas injection, unguided' }),
    service('draft-6', { text: 'MRI hip' }),
  ];
  return { resourceType: 'Bundle', type: 'collection', entry: drafts.map((resource) => ({ resource })) };
}

/** The requests as calls at the signing of orders; texts that a draft is known by stay at the end of hostile ones. */
function orderCases(requests) {
  const texts = Object.values(payloads);
  return Object.entries(requests).map(([name, request], i) => {
    const draft = draftOrders(request.context.patientId);
    const context = { ...request.context, draftOrders: draft };
    const spoilt = hostile({ ...request, hook: 'order-sign', context }, roundabout(texts, i * 5));
    spoilt.context.draftOrders.entry.forEach(({ resource }, j) => {
      const { text } = draft.entry[j].resource.medicationCodeableConcept ?? draft.entry[j].resource.code;
      const concept = resource.medicationCodeableConcept ?? resource.code;
      concept.text = text ? `${[...texts[(i + j) % texts.length]].slice(0, 60).join('')} ${text}` : concept.text;
    });
    return { name: `${name}-order-sign`, request: spoilt };
  });
}

/** The services that a request can go to: those of orders take no other hook, and the others none of orders. */
const servicesOf = ({ request }) => (request.hook.startsWith('order-') ? ['treatment-escalation'] : services);

async function answersTo(cases) {
  const calls = cases.flatMap((one) => servicesOf(one).map((service) => ({ ...one, service })));
  const answers = await evaluateAll(program, calls, join(folder, 'requests'));
  return answers.map((answer, i) => ({ ...calls[i], answer }));
}

/** Shows the cards in a column of `width` and says what is wrong, with the name of the case. */
function faultsAt(width, cards) {
  const file = join(folder, `cards-${width}.html`);
  writeFileSync(file, pageHtml(cards.map(({ card }) => card), width));
  const seen = observed(file);
  assert.equal(seen.width, width);
  assert.equal(seen.cards.length, cards.length, 'a card took in another, or broke the page');
  return {
    ran: seen.ran,
    strayed: seen.strayed.filter((name) => name !== 'main'),
    faults: seen.cards.flatMap(({ faults, words }, i) =>
      (words > 0 ? faults : [...faults, 'nothing to read']).map((fault) => `${cards[i].name}: ${fault}`),
    ),
  };
}

rmSync(join(folder, 'requests'), { recursive: true, force: true });
const requests = wholeRequests();
const answers = await answersTo([...spreadCases(requests), ...wholeCases(requests), ...orderCases(requests)]);
const cards = answers.flatMap(({ name, service, answer }) =>
  (answer.cards ?? []).map((card) => ({ name: `${name}.${service}`, card })),
);

test('every call is answered, and many with cards', () => {
  const refused = answers.filter(({ answer }) => !answer.cards);
  assert.deepEqual(refused.map(({ name, service, answer }) => `${name}.${service}: ${JSON.stringify(answer)}`), []);
  assert.ok(cards.length > 50, `${cards.length} cards of ${answers.length} calls`);
});

test('the services have cards among them', () => {
  const seen = new Set(cards.map(({ name }) => name.slice(name.lastIndexOf('.') + 1)));
  for (const service of ['hip-replacement', 'psoas-likelihood']) {
    assert.ok(seen.has(service), service);
  }
});

for (const width of [360, 1000]) {
  test(`nothing runs and nothing breaks in ${width} pixels`, () => {
    assert.deepEqual(faultsAt(width, cards), { ran: [], strayed: [], faults: [] });
  });
}

test('a picture is taken of some', () => {
  const some = cards.filter((_, i) => i % Math.ceil(cards.length / 8) === 0);
  for (const width of [520, 1000]) {
    const file = join(folder, `some-${width}.html`);
    const png = join(folder, `some-${width}.png`);
    writeFileSync(file, pageHtml(some.map(({ card }) => card), width));
    rmSync(png, { force: true });
    picture(file, png, width, 2400);
    assert.ok(statSync(png).size > 10000);
  }
});

const shown = cards.filter(({ card }) => markedTexts(card).length > 0).length;
console.log(`# ${answers.length} calls, ${cards.length} cards, ${shown} of them with text from the record`);
