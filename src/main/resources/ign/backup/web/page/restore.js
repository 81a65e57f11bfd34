// A backup in the place of the graph: what is replaced by what is said first, and has to be confirmed by typing.

import { ask } from './dialog.js';
import { choice, element, field, tick } from './dom.js';
import { some } from './words.js';

const MODES = [
  ['replace', 'replace the graph'],
  ['into-empty', 'fill an empty database'],
  ['merge', 'merge into the graph'],
];

/** @param {string|null} file a name from the list; null means the latest good backup */
export async function restore(app, file) {
  const preview = await app.preview('restore', file, {});
  if (preview?.state !== 'refused') {
    return; // which was told
  }
  const answer = await ask({
    title: `Restore ${preview.file}?`,
    content: [
      element('p', {}, `It takes the place of ${amount(preview.previous_node_count, preview.previous_relationship_count)} of database `
        + `'${preview.database}': then there are ${amount(preview.node_count, preview.relationship_count)}.`),
      field('What to do with it', choice('mode', MODES)),
      field('Keys, for merging', element('input', { name: 'keys', placeholder: 'Function=name, Pattern=id' }),
        'for each label or type, the property that identifies its elements'),
      tick('Have Neo4j check the new store', 'check', false, 'takes longer'),
      tick('Block writes until the swap', 'blockWrites', false, 'so that none is lost'),
      tick('Keep the present graph', 'safetyBackup', true, 'for a rollback; to merge, there has to be a backup of it'),
      tick('Warm the page cache up', 'warmup')],
    others: [{ text: 'Rehearse only', value: 'rehearse' }],
    action: 'Restore',
    danger: preview.database,
  });
  if (answer) {
    await app.work('restore', preview.file, options(answer));
  }
}

function amount(nodes, relationships) {
  return `${some(nodes, 'node')} and ${some(relationships, 'relationship')}`;
}

function options(answer) {
  if (answer.get('action') === 'rehearse') {
    return { mode: answer.get('mode'), dryRun: true, check: answer.get('mode') !== 'merge', ...keys(answer) };
  }
  return {
    mode: answer.get('mode'),
    confirm: true,
    check: answer.has('check'),
    blockWrites: answer.has('blockWrites'),
    safetyBackup: answer.has('safetyBackup'),
    warmup: answer.has('warmup'),
    ...keys(answer),
  };
}

/** `Function=name, Place=country, Place=city` as the procedure wants it. */
function keys(answer) {
  const made = {};
  for (const pair of answer.get('keys').split(',').map(text => text.trim()).filter(Boolean)) {
    const [kind, property = ''] = pair.split('=').map(text => text.trim());
    (made[kind] ??= []).push(property);
  }
  return Object.keys(made).length > 0 ? { keys: made } : {};
}
