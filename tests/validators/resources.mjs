// Where resources stand in a JSON file: alone, in a Bundle, in a CDS Hooks request or response.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The .json files of a folder and all below it, or the file itself; none when there is nothing of that name. */
export function jsonFiles(path) {
  if (!existsSync(path)) {
    return [];
  }
  if (!statSync(path).isDirectory()) {
    return [path];
  }
  return readdirSync(path)
    .sort()
    .flatMap((name) => jsonFiles(join(path, name)))
    .filter((file) => file.endsWith('.json'));
}

export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** A resource, and if it is a Bundle each of its entries after it: [{where, resource}]. */
function withEntries(resource, where) {
  const entries = resource.resourceType === 'Bundle' ? resource.entry ?? [] : [];
  return [
    { where, resource },
    ...entries.flatMap((entry, i) => (entry.resource ? withEntries(entry.resource, `${where}.entry[${i}].resource`) : [])),
  ];
}

function inActions(actions, where) {
  return (actions ?? []).flatMap((action, i) =>
    action.resource ? withEntries(action.resource, `${where}[${i}].resource`) : [],
  );
}

/** The resources that a CDS Hooks response suggests or acts with. */
export function resourcesOfResponse(response) {
  const suggested = (response.cards ?? []).flatMap((card, i) =>
    (card.suggestions ?? []).flatMap((suggestion, j) =>
      inActions(suggestion.actions, `cards[${i}].suggestions[${j}].actions`),
    ),
  );
  return [...suggested, ...inActions(response.systemActions, 'systemActions')];
}

/** The resources of a request: those in its prefetch and the draft orders in its context. */
function resourcesOfRequest(request) {
  const given = { ...request.prefetch, draftOrders: request.context?.draftOrders };
  return Object.entries(given)
    .filter(([, value]) => value?.resourceType)
    .flatMap(([key, value]) => withEntries(value, key));
}

/** Every resource of a parsed file, whichever of the four it is: [{where, resource}]. */
export function resourcesOf(json) {
  if (json.resourceType) {
    return withEntries(json, json.resourceType);
  }
  return json.cards ? resourcesOfResponse(json) : resourcesOfRequest(json);
}
