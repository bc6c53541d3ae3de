// The page itself sees what it is there to see: cards with hostile texts that nobody escaped.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { root } from '../validators/npm.mjs';
import { observed } from './chromium.mjs';
import { pageHtml } from './page.mjs';
import { payloads } from './payloads.mjs';

const folder = process.env.CDSS_OUTPUT || join(root, 'build', 'browser');
mkdirSync(folder, { recursive: true });

const good = { summary: 'A summary', indicator: 'info', source: { label: 'Psoas CDS' }, detail: '**For**\n\n- one' };

function lookAt(name, cards, width = 360) {
  const file = join(folder, `self-${name}.html`);
  writeFileSync(file, pageHtml(cards, width));
  return observed(file);
}

// One page for all of a kind, as each start of a browser takes its time; what breaks the page stands last.
const kRuns = ['script', 'image', 'svg', 'frame', 'details', 'focus', 'closing'];
const kFaults = {
  link: 'link javascript:',
  data_link: 'link data:',
  bare_links: 'link to evil.example',
  picture: 'element img',
  wide: 'wider than its place',
  overrides: 'characters that control or change direction',
  entities: 'characters that control or change direction',
};

test('a card without such texts has no fault', () => {
  const seen = lookAt('good', [good, good]);
  assert.deepEqual(seen.ran, []);
  assert.deepEqual(seen.cards.map(({ faults }) => faults), [[], []]);
  assert.deepEqual(seen.strayed, ['main']);
  assert.equal(seen.overflow, 0);
  assert.equal(seen.width, 360);
});

test('what a detail holds is seen to run', () => {
  const cards = kRuns.map((name) => ({ ...good, detail: payloads[name] }));
  const { ran } = lookAt('runs', cards);
  assert.deepEqual(kRuns.filter((name) => !ran.includes(name)), []);
});

test('what a summary or a label holds is seen to run', () => {
  const cards = [
    { ...good, summary: payloads.script },
    { ...good, source: { label: payloads.image } },
    { ...good, summary: payloads.unclosed },
  ];
  assert.deepEqual([...new Set(lookAt('summary', cards).ran)].sort(), ['image', 'script', 'unclosed']);
});

test('what must not be on a card is seen', () => {
  const texts = { ...payloads, wide: `    ${payloads.long}` }; // as code, which does not break
  const { cards } = lookAt('faults', Object.keys(kFaults).map((name) => ({ ...good, detail: texts[name] })));
  for (const [i, [name, fault]] of Object.entries(kFaults).entries()) {
    assert.ok(cards[i].faults.some((one) => one.startsWith(fault)), `${name}: ${JSON.stringify(cards[i])}`);
  }
});

test('a style is seen, and a card that takes in the next is missed', () => {
  const { cards } = lookAt('swallow', [{ ...good, detail: payloads.style }, { ...good, detail: payloads.textarea }, good]);
  assert.equal(cards.length, 2);
  assert.ok(cards[0].faults.includes('element style'));
});
