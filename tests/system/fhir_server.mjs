// A FHIR R4 server for tests, on a free port of loopback, until its standard input ends:
//
//   node fhir_server.mjs --token TOKEN [--page-size N] [--delay MS] [--fault NAME] [--only TYPE] CHART.ndjson.gz ...
//
// Prints "listening on http://127.0.0.1:PORT/fhir". Reads and searches by patient, also as POST to _search, with a Bearer
// token; further pages through `next` links that, as with HAPI, say nothing of the search. --delay and --fault
// (fhir_faults.mjs) concern only resources of TYPE when --only is given. Beside /fhir stands what a test needs:
//
//   GET /recorded      {"requests": [{method, url, form, token}], "trapped": [...]}: `token` says that the right one came;
//                      trapped requests came to another origin, to which faults point
//   DELETE /recorded   forgets them
//   PUT /behaviour     {"pageSize": N, "delay": MS, "fault": NAME, "only": TYPE}: replaces what the command line said

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

import { faults, send } from './fhir_faults.mjs';

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    token: { type: 'string' },
    'page-size': { type: 'string' },
    delay: { type: 'string' },
    fault: { type: 'string' },
    only: { type: 'string' },
  },
});

let behaviour = {
  pageSize: options['page-size'] && Number(options['page-size']),
  delay: options.delay && Number(options.delay),
  fault: options.fault,
  only: options.only,
};
let recorded = { requests: [], trapped: [] };
const laterPages = new Map(); // id of a search -> its type, entries and how many of them make a page
// Without charts there is no need for the packages.
const charts = files.length > 0 ? new (await import('./fhir_repository.mjs')).Charts(files) : null;

const notFound = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] };
const notAllowed = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'login' }] };

/** Whole body of a request. */
async function bodyOf(request) {
  let body = '';
  for await (const piece of request) {
    body += piece;
  }
  return body;
}

/** One page of the entries of one type, with a link to the next if there are more. */
function pageOf(id, { type, entries, count }, offset, self) {
  const end = Math.min(offset + count, entries.length);
  const link = [{ relation: 'self', url: self }];
  if (end < entries.length) {
    laterPages.set(id, { type, entries, count });
    link.push({ relation: 'next', url: `${base}?_getpages=${id}&_getpagesoffset=${end}` });
  }
  const entry = end > offset ? entries.slice(offset, end) : undefined; // FHIR knows no empty array
  return { resourceType: 'Bundle', type: 'searchset', total: entries.length, link, entry };
}

async function search(type, parameters, self) {
  const asked = Number(parameters.get('_count') ?? Infinity);
  parameters.delete('_count');
  const { status, body } = await charts.search(type, parameters);
  const entries = (body.entry ?? []).map(({ resource }) => ({
    fullUrl: `${base}/${type}/${resource.id}`,
    resource,
    search: { mode: 'match' },
  }));
  const count = Math.min(asked, behaviour.pageSize ?? Infinity);
  return { status, body: status === 200 ? pageOf(randomUUID(), { type, entries, count }, 0, self) : body };
}

/** {status, body} for what the path and the parameters ask for. */
async function answer({ type, id, later, parameters, self }) {
  if (later !== undefined) {
    return { status: 200, body: pageOf(parameters.get('_getpages'), later, Number(parameters.get('_getpagesoffset')), self) };
  }
  if (type === undefined || charts === null) {
    return { status: 404, body: notFound };
  }
  return id === undefined ? search(type, parameters, self) : charts.read(type, id);
}

/** A request to the FHIR server, read: type, id, parameters, and the search if it asks for a later page. */
function readCall(request, url, form) {
  const [, type, rest] = url.pathname.slice('/fhir'.length).split('/');
  const posted = request.method === 'POST' && rest === '_search';
  const parameters = posted ? new URLSearchParams(form) : url.searchParams;
  const later = laterPages.get(parameters.get('_getpages'));
  return {
    type: type || later?.type,
    later,
    id: posted ? undefined : rest,
    patient: (parameters.get('patient') ?? '').replace(/^Patient\//, ''),
    parameters,
    self: url.href,
  };
}

async function serveFhir(request, response, url) {
  const form = await bodyOf(request);
  const token = request.headers.authorization === `Bearer ${options.token}`;
  recorded.requests.push({ method: request.method, url: request.url, form, token });
  if (!token) {
    send(response, 401, notAllowed, { 'WWW-Authenticate': 'Bearer' });
    return;
  }
  const call = readCall(request, url, form);
  const isMeant = behaviour.only === undefined || behaviour.only === call.type;
  if (isMeant && behaviour.delay) {
    await new Promise((resolve) => setTimeout(resolve, behaviour.delay));
  }
  if (isMeant && behaviour.fault) {
    faults[behaviour.fault]({ ...call, request, response, base, trap });
    return;
  }
  const { status, body } = await answer(call);
  send(response, status, body);
}

async function serveTest(request, response) {
  if (request.method === 'GET' && request.url === '/recorded') {
    send(response, 200, recorded);
  } else if (request.method === 'DELETE' && request.url === '/recorded') {
    recorded = { requests: [], trapped: [] };
    send(response, 200, {});
  } else if (request.method === 'PUT' && request.url === '/behaviour') {
    const asked = JSON.parse(await bodyOf(request));
    const known = asked.fault === undefined || asked.fault in faults;
    behaviour = known ? asked : behaviour;
    send(response, known ? 200 : 400, {});
  } else {
    send(response, 404, notFound);
  }
}

/** Listens on a free port of loopback and gives the origin. */
async function listen(serve) {
  const server = createServer(serve);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}`;
}

if (options.token === undefined || (behaviour.fault !== undefined && !(behaviour.fault in faults))) {
  console.error('fhir_server.mjs: needs --token, and a --fault that it has');
  process.exit(2);
}
const trap = await listen((request, response) => {
  recorded.trapped.push({
    method: request.method,
    url: request.url,
    token: (request.headers.authorization ?? '').includes(options.token),
  });
  send(response, 200, { resourceType: 'Bundle', type: 'searchset' });
});
const origin = await listen((request, response) => {
  const url = new URL(request.url, origin);
  const isFhir = url.pathname === '/fhir' || url.pathname.startsWith('/fhir/');
  (isFhir ? serveFhir(request, response, url) : serveTest(request, response)).catch((error) => {
    console.error(error);
    response.destroy();
  });
});
const base = `${origin}/fhir`;
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
console.log(`listening on ${base}`);
