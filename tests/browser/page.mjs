// Cards as a page, the way a trusting client shows them: detail through a Markdown renderer that lets raw HTML pass,
// and every other text put into the page as it came.

import { load } from '../validators/npm.mjs';

const { marked } = load('marked');

const asList = (items, render) => (items?.length ? `<ul>${items.map((item) => `<li>${render(item)}</li>`).join('')}</ul>` : '');

function suggestionHtml(suggestion) {
  const actions = asList(suggestion.actions, (action) => `${action.type}: ${action.description}`);
  return `<button>${suggestion.label}</button>${actions}`;
}

const linkHtml = ({ url, label }) => (url ? `<a href="${url}">${label}</a>` : label);

export function cardHtml(card) {
  return `<section class="card ${card.indicator}">
<h2>${card.summary}</h2>
<div class="detail">${marked.parse(card.detail ?? '', { gfm: true, async: false })}</div>
${asList(card.suggestions, suggestionHtml)}
${asList(card.links, linkHtml)}
${asList(card.overrideReasons, (reason) => reason.display)}
<p class="source">${linkHtml(card.source)}</p>
</section>
`;
}

const kStyle = `
body { margin: 0; font: 14px/1.45 "Liberation Sans", "DejaVu Sans", sans-serif; background: #eef1f4 }
main { box-sizing: border-box; padding: 8px }
.card { background: #fff; border: 1px solid #c8d0d8; border-left-width: 6px; margin: 0 0 12px; padding: 4px 12px;
  overflow-wrap: break-word }
.info { border-left-color: #2a6fb0 } .warning { border-left-color: #d98a00 } .critical { border-left-color: #b3261e }
table { display: block; overflow-x: auto } /* as GitHub's own style does */
h2 { font-size: 15px } ul { padding-left: 20px } button { font: inherit; max-width: 100% } .source { color: #567; font-size: 12px }
`;

// Runs in the page. Handlers of pictures, frames and animations come late, so it waits; then the page is replaced by
// what was seen, for --dump-dom to print.
function observe() {
  window.ranNames = [];
  window.ran = (name) => window.ranNames.push(name);
  const kAllowed = 'a b blockquote br button code del div em h1 h2 h3 h4 h5 h6 hr li ol p pre section strong table tbody td th thead tr ul';
  const allowed = new Set(kAllowed.split(' '));
  const onElement = (element) => {
    const faults = [];
    const tag = element.localName;
    if (!allowed.has(tag)) {
      faults.push(`element ${tag}`);
    }
    for (const { name } of element.attributes) {
      if (name.startsWith('on') || name === 'style') {
        faults.push(`attribute ${name} of ${tag}`);
      }
    }
    if (tag === 'a' && element.protocol !== 'https:' && element.protocol !== 'http:') {
      faults.push(`link ${element.protocol}`);
    }
    if (tag === 'a' && element.hostname.includes('evil')) {
      faults.push(`link to ${element.hostname}`);
    }
    return faults;
  };
  const onCard = (card) => {
    const faults = [...card.querySelectorAll('*')].flatMap(onElement);
    if (card.scrollWidth > card.clientWidth) {
      faults.push(`wider than its place: ${card.scrollWidth} > ${card.clientWidth}`);
    }
    const detail = card.querySelector('.detail')?.textContent ?? '';
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(detail)) {
      faults.push('characters that control or change direction');
    }
    const shape = [...card.querySelectorAll('*')].map((element) => element.localName).join(' ');
    return { faults, shape, words: card.innerText.trim().length };
  };
  addEventListener('load', () =>
    setTimeout(() => {
      const main = document.querySelector('main');
      const result = {
        ran: window.ranNames,
        cards: [...document.querySelectorAll('main > .card')].map(onCard),
        strayed: [...document.body.children].map((child) => child.localName),
        overflow: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
        width: main?.clientWidth,
      };
      if (!location.hash.includes('keep')) {
        document.documentElement.replaceChildren(document.createElement('body'));
        document.body.textContent = JSON.stringify(result);
      }
    }, 1000),
  );
}

/** A whole page of cards in a column of `width` CSS pixels. With #keep it stays as it is, for a picture of it. */
export function pageHtml(cards, width) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>cards</title>
<style>${kStyle} main { width: ${width}px }</style><script>(${observe})()</script></head>
<body><main>
${cards.map(cardHtml).join('')}</main></body></html>
`;
}
