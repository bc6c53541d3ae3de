// Every text that a record may hold, escaped as core/hooks does it, shown in every place of a card in a real browser.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { root } from '../validators/npm.mjs';
import { observed, picture } from './chromium.mjs';
import { pageHtml } from './page.mjs';
import { mark, payloads } from './payloads.mjs';

const escape = process.env.CDSS_ESCAPE_TEXTS || join(root, 'build', 'release', 'bin', 'escape_texts');
const folder = process.env.CDSS_OUTPUT || join(root, 'build', 'browser');
mkdirSync(folder, { recursive: true });

// Where a card may put text from the record into its detail.
const kPlaces = {
  paragraph: (text) => text,
  after_words: (text) => `The medicine ${text} could not be read.`,
  list: (text) => `- ${text}\n- ${text} (Condition/1, 2026-11-20)\n  - ${text}`,
  strong: (text) => `**${text}** and **For ${text}**`,
  table: (text) => `| what | when |\n|---|---|\n| ${text} | ${text} |`,
  heading: (text) => `### ${text}\n\nafter it`,
};

const file = join(folder, 'texts.json');
const kHarmless = `${mark} harmless words`;
writeFileSync(file, JSON.stringify({ harmless: kHarmless, ...payloads }));
const escaped = JSON.parse(execFileSync(escape, [file], { encoding: 'utf8' }));

const cards = Object.entries(escaped).flatMap(([name, { markdown, plain }]) =>
  Object.entries(kPlaces).map(([place, put]) => ({
    name: `${name} in a ${place}`,
    place,
    card: {
      summary: `Draft: ${plain}`,
      indicator: 'warning',
      detail: put(markdown),
      suggestions: [{ label: `Delete ${plain}`, actions: [{ type: 'delete', description: plain }] }],
      source: { label: 'Psoas CDS' },
    },
  })),
);

test('each text is shown', () => {
  assert.deepEqual(Object.keys(escaped), ['harmless', ...Object.keys(payloads)]);
  for (const { name, card } of cards) {
    assert.ok(card.detail.includes(mark) && card.summary.includes(mark), name);
  }
});

for (const width of [360, 1000]) {
  test(`no text runs, leads away, or gives its card another shape, in ${width} pixels`, () => {
    const page = join(folder, `texts-${width}.html`);
    writeFileSync(page, pageHtml(cards.map(({ card }) => card), width));
    const seen = observed(page);
    assert.deepEqual(seen.ran, []);
    assert.deepEqual(seen.strayed, ['main']);
    assert.equal(seen.cards.length, cards.length);
    const faults = seen.cards.flatMap((card, i) => card.faults.map((fault) => `${cards[i].name}: ${fault}`));
    assert.deepEqual(faults, []);
    const places = Object.keys(kPlaces); // the harmless text comes first, in each of them
    const shaped = seen.cards.filter(({ shape }, i) => shape !== seen.cards[places.indexOf(cards[i].place)].shape);
    assert.deepEqual(shaped.map((card) => cards[seen.cards.indexOf(card)].name), []);
  });
}

test('a picture is taken', () => {
  const page = join(folder, 'texts.html');
  writeFileSync(page, pageHtml(cards.filter(({ place }) => place === 'list').map(({ card }) => card), 700));
  picture(page, join(folder, 'texts.png'), 720, 5400);
  assert.ok(statSync(join(folder, 'texts.png')).size > 10000);
});
