// What a FHIR server can do wrong: the faults of fhir_server.mjs, by name. Each takes one request in the place of the
// charts: {request, response, base, trap, type, id, patient}, `id` for a read and `patient` for a search.

const kHuge = 256 * 1024 * 1024; // bytes: more than any limit that a client would set
const kDripMs = 50;

const outcome = (code, severity = 'error') => ({ resourceType: 'OperationOutcome', issue: [{ severity, code }] });

export function send(response, status, body, fields = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const length = Buffer.byteLength(text);
  response.writeHead(status, { 'Content-Type': 'application/fhir+json;charset=UTF-8', 'Content-Length': length, ...fields });
  response.end(text);
}

/** A page of a search with one resource of the type, of which nothing is known but whose it is. */
function page({ base, type, patient }, next, number) {
  const subject = { reference: `Patient/${patient}` };
  const resource = { resourceType: type, id: `page-${number}`, subject, patient: subject };
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [{ relation: 'next', url: next }],
    entry: [{ fullUrl: `${base}/${type}/${resource.id}`, resource, search: { mode: 'match' } }],
  };
}

/** Another patient's resource, in an answer that is well formed. */
function foreign({ type, id }) {
  if (id !== undefined) {
    return { resourceType: type, id: 'somebody-else' };
  }
  const subject = { reference: 'Patient/somebody-else' };
  const resource = { resourceType: type, id: 'foreign', subject, patient: subject };
  return { resourceType: 'Bundle', type: 'searchset', entry: [{ resource, search: { mode: 'match' } }] };
}

/** Well-formed JSON without an end. */
function flood({ response }) {
  const entry = `{"resource": {"resourceType": "Basic", "id": "x", "language": "${'x'.repeat(65536)}"}},`;
  let sent = 0;
  const more = () => {
    while (sent < kHuge && !response.destroyed) {
      sent += entry.length;
      if (!response.write(entry)) {
        response.once('drain', more);
        return;
      }
    }
    response.end('{}]}');
  };
  response.writeHead(200, { 'Content-Type': 'application/fhir+json' });
  response.write('{"resourceType": "Bundle", "type": "searchset", "entry": [');
  more();
}

/** One byte now and then, for ever. */
function drip({ response }) {
  response.writeHead(200, { 'Content-Type': 'application/fhir+json' });
  response.write('{');
  const timer = setInterval(() => response.write(' '), kDripMs);
  response.on('close', () => clearInterval(timer));
}

const refusing =
  (status, code, fields = {}) =>
  ({ response }) =>
    send(response, status, outcome(code), fields);

let pages = 0;

export const faults = {
  hang: () => {},
  drip,
  huge: flood,
  cut: ({ response }) => {
    response.writeHead(200, { 'Content-Type': 'application/fhir+json', 'Content-Length': '1000' });
    response.write('{"resourceType": "Bundle"', () => response.destroy());
  },
  close: ({ response }) => response.destroy(),
  not_json: ({ response }) => send(response, 200, '{"resourceType": "Bundle", "entry": ['),
  wrong_media: ({ response }) => send(response, 200, '<html>Sign in</html>', { 'Content-Type': 'text/html' }),
  wrong_type: ({ response }) => send(response, 200, { resourceType: 'Binary', id: 'x', contentType: 'text/plain' }),
  outcome: ({ response }) => send(response, 200, outcome('exception')),
  401: refusing(401, 'login', { 'WWW-Authenticate': 'Bearer' }),
  403: refusing(403, 'forbidden'),
  404: refusing(404, 'not-found'),
  429: refusing(429, 'throttled', { 'Retry-After': '1' }),
  500: refusing(500, 'exception'),
  503: refusing(503, 'transient'),
  redirect: ({ request, response, trap }) => send(response, 302, outcome('processing'), { Location: trap + request.url }),
  foreign_patient: (call) => send(call.response, 200, foreign(call)),
  foreign_next: (call) => send(call.response, 200, page(call, `${call.trap}/fhir?page=2`, 1)),
  loop: (call) => send(call.response, 200, page(call, new URL(call.request.url, call.base).href, 1)),
  endless: (call) => {
    pages += 1;
    const next = `${call.base}/${call.type}?patient=${call.patient}&page=${pages}`;
    send(call.response, 200, page(call, next, pages));
  },
};
