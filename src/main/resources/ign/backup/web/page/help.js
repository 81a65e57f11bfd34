// The same things for cypher-shell, Neo4j Browser and applications.

import { element } from './dom.js';

export function help(procedures) {
  return [element('details', { id: 'procedures' },
    element('summary', {}, element('h2', {}, 'Procedures'), ' the same from Cypher'),
    procedures.map(({ procedure, description, options, example }) => [
      element('h3', {}, element('code', {}, procedure)),
      element('p', {}, description),
      options && element('pre', { tabindex: '0' }, options),
      element('pre', { tabindex: '0' }, example)]))];
}
