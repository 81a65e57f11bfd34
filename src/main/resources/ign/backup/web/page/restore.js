// A backup in the place of the graph: what is replaced by what is said first, and has to be confirmed by typing.

import { ask } from './dialog.js';
import { choice, element, field, tick } from './dom.js';

const MODES = [
  ['replace', 'replace the graph'],
  ['into-empty', 'fill an empty database'],
  ['merge', 'merge into the graph'],
];

/** What the server says before it says what it would do. */
const UNCONFIRMED = 'not confirmed; nothing was done. ';

/** @param {string|null} file a name from the list; null means the latest good backup */
export async function restore(app, file) {
  const [preview] = await app.ask('restore', file, {}) ?? [];
  if (!preview) {
    return; // which was told
  }
  if (preview.state !== 'refused') {
    app.tellRow(preview);
    return;
  }
  const mode = choice('mode', MODES);
  const ofMerge = [field('Keys', element('input', { name: 'keys', placeholder: 'Function=name, Pattern=id' }),
    'for each label or type, the property that identifies its elements')];
  const ofReplacement = [
    tick('Have Neo4j check the new store', 'check', false, 'takes longer'),
    tick('Block writes until the swap', 'blockWrites', false, 'so that none is lost'),
    tick('Warm the page cache up', 'warmup')];
  const safety = tick('Keep the present graph', 'safetyBackup', true, 'for a rollback; to merge, there has to be a backup of it');
  const effect = element('p');
  const showWhatCounts = () => {
    effect.textContent = mode.value === 'merge'
      ? `Creates what the graph lacks, and updates what it has, of '${preview.file}'. A rehearsal tells how much that is.`
      : preview.message.replace(UNCONFIRMED, '');
    ofMerge.forEach(part => { part.hidden = mode.value !== 'merge'; });
    ofReplacement.forEach(part => { part.hidden = mode.value === 'merge'; });
  };
  mode.addEventListener('change', showWhatCounts);
  showWhatCounts();
  const answer = await ask({
    title: `Restore ${preview.file}?`,
    content: [
      effect,
      field('What to do with it', mode), ofMerge, safety, ofReplacement],
    others: [{ text: 'Rehearse only', value: 'rehearse' }],
    action: 'Restore',
    danger: preview.database,
  });
  if (answer) {
    await app.work('restore', preview.file, options(answer));
  }
}

function options(answer) {
  const mode = answer.get('mode');
  const isMerge = mode === 'merge';
  const common = { mode, ...(isMerge ? { keys: keys(answer.get('keys')) } : {}) };
  if (answer.get('action') === 'rehearse') {
    return { ...common, dryRun: true, check: !isMerge };
  }
  const safety = { confirm: true, safetyBackup: answer.has('safetyBackup') };
  return isMerge ? { ...common, ...safety } : {
    ...common, ...safety, check: answer.has('check'), blockWrites: answer.has('blockWrites'), warmup: answer.has('warmup'),
  };
}

/** `Function=name, Place=country, Place=city` as the procedure wants it. */
function keys(text) {
  const made = new Map();
  for (const pair of text.split(',').map(part => part.trim()).filter(Boolean)) {
    const [kind, property = ''] = pair.split('=').map(part => part.trim());
    made.set(kind, [...made.get(kind) ?? [], property]);
  }
  return Object.fromEntries(made);
}
