// The evidence page of each service in a real browser: it reads on a phone and on a desk, and nothing in it runs.

import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { root } from '../validators/npm.mjs';
import { observed, picture } from './chromium.mjs';
import { withServer } from './server.mjs';

const program = process.env.CDSS_PROGRAM || join(root, 'build', 'release', 'bin', 'psoas-cds');
const folder = process.env.CDSS_OUTPUT || join(root, 'build', 'browser');
mkdirSync(folder, { recursive: true });

// Runs in a page around the evidence page, which cannot run anything itself.
function observe() {
  addEventListener('load', () => {
    const pages = [...document.querySelectorAll('iframe')].map((frame) => {
      const page = frame.contentDocument;
      const html = page.documentElement;
      const anchors = [...page.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href').slice(1));
      return {
        width: html.clientWidth,
        overflow: Math.max(0, html.scrollWidth - html.clientWidth),
        title: page.title,
        language: html.lang,
        words: page.body.innerText.length,
        active: [...page.querySelectorAll('script, iframe, object, embed, form, img, link, base')].map((one) => one.localName),
        handlers: [...page.querySelectorAll('*')].flatMap((one) => [...one.attributes].map(({ name }) => name)).filter((name) => name.startsWith('on')),
        links: [...page.querySelectorAll('a')].map((link) => link.getAttribute('href')).filter((href) => /^\s*[a-z]+:/i.test(href) && !href.startsWith('https:')),
        lost: anchors.filter((id) => !page.getElementById(id)),
        headings: [...page.querySelectorAll('h1, h2')].map((one) => one.textContent),
        style: page.defaultView.getComputedStyle(page.body).maxWidth,
      };
    });
    document.documentElement.replaceChildren(document.createElement('body'));
    document.body.textContent = JSON.stringify(pages);
  });
}

const asAttribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** What the page of `html` is like at these widths. */
function lookAt(name, html, widths) {
  const file = join(folder, `page-${name}.html`);
  const frames = widths.map((width) => `<iframe width="${width}" height="900" frameborder="0" srcdoc="${asAttribute(html)}"></iframe>`);
  writeFileSync(file, `<!doctype html><meta charset="utf-8"><script>(${observe})()</script><body>${frames.join('')}`);
  return observed(file);
}

test('a page that is too wide, runs or leads nowhere is seen', () => {
  const bad = '<!doctype html><p style="width:900px" onclick="1">x <a href="#nowhere">a</a><a href="javascript:1">b</a><img>';
  const [page] = lookAt('self', bad, [360]);
  assert.deepEqual([page.width, page.active, page.handlers, page.lost], [360, ['img'], ['onclick'], ['nowhere']]);
  assert.deepEqual(page.links, ['javascript:1']);
  assert.ok(page.overflow > 500);
});

await withServer(program, join(folder, 'server'), async (address) => {
  const { services } = await (await fetch(`${address}/cds-services`)).json();
  const ids = [...new Set(services.map(({ id }) => id))];
  const looked = [];
  for (const id of ids) {
    const response = await fetch(`${address}/services/${id}`);
    if (response.status === 404) {
      continue; // a service whose package says nothing of itself has no page
    }
    looked.push(id);
    const html = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    const png = join(folder, `page-${id}.png`);
    picture(`${address}/services/${id}`, png, 1000, 1600);
    const pages = lookAt(id, html, [360, 760, 1000, 1300]);

    test(`the page of ${id} is there, under a policy that lets nothing run`, () => {
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type'), /^text\/html/);
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /script-src|unsafe/);
      assert.ok(statSync(png).size > 20000);
    });

    for (const page of pages) {
      test(`the page of ${id} reads in ${page.width} pixels`, () => {
        const { overflow, active, handlers, links, lost } = page;
        assert.deepEqual({ overflow, active, handlers, links, lost }, { overflow: 0, active: [], handlers: [], links: [], lost: [] });
        assert.ok(page.title && page.language && page.words > 1000 && page.headings.length > 3, JSON.stringify(page));
        assert.notEqual(page.style, 'none');
      });
    }
  }
  test('the services have pages', () => {
    assert.ok(looked.includes('psoas-likelihood') && looked.includes('hip-replacement'), looked.join());
  });
});
