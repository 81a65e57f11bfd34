// The list of backups, and what can be done with each.

import { ask, show } from './dialog.js';
import { button, choice, element, field, table } from './dom.js';
import { restore } from './restore.js';
import { clock, count, moment, size, some, time } from './words.js';

const MOST_REMOVED = 100;
const KINDS = { good: 'good', unproven: 'warn', unrecorded: 'warn', damaged: 'bad', missing: 'bad' };

export function backups(list, app) {
  const there = list.filter(({ state }) => state !== 'removed').reverse();
  const gone = list.filter(({ state }) => state === 'removed').reverse();
  const lastGone = gone.slice(0, MOST_REMOVED);
  return [
    element('h2', {}, 'Backups'),
    there.length === 0
      ? element('p.note', {}, 'No backups. ', element('strong', {}, 'Create backup'), ' makes one; files that are copied into the'
        + ' folder by hand appear here, too.')
      : table('Backups, newest first', columns(app), there),
    element('div.buttons', {},
      button('Restore the latest backup …', () => restore(app, null), { 'data-key': 'restore-latest', disabled: there.length === 0 }),
      button('Prune …', () => prune(app), { 'data-key': 'prune', disabled: there.length === 0 })),
    gone.length > 0 && element('details', { id: 'removed' },
      element('summary', {}, `${some(gone.length, 'backup')} that retention or somebody has removed`),
      gone.length > MOST_REMOVED && element('p.more', {}, `The last ${MOST_REMOVED} of them:`),
      table('Removed backups', columns(null), lastGone)),
  ];
}

/** The words that are not plain. */
const MEANINGS = {
  unproven: 'whole, but nobody vouches for it: Verify',
  unrecorded: 'not read yet: Verify',
  missing: 'its file is gone',
  removing: 'its removal has begun',
};

/** Of backups that are gone (no `app`) there is nothing to do. */
function columns(app) {
  return [
    { head: 'Backup', cell: ({ file, reason }) => [element('span.file', {}, file), element('span.more', {}, reason)] },
    { head: 'Tier', cell: ({ tier }) => tier },
    { head: 'Made', cell: made },
    { head: 'State', cell: state },
    { head: 'Graph', kind: 'number', cell: row => [some(row.node_count, 'node'),
      element('span.more', {}, some(row.relationship_count, 'relationship'))] },
    { head: 'Size', kind: 'number', cell: row => [size(row.size_bytes), growth(row)] },
    app && { head: 'Actions', kind: 'actions', cell: row => actions(row, app) },
  ].filter(Boolean);
}

/** When a backup was made; a file of another tool tells no zone, or nothing but when it was found. @returns {Date|null} */
export function instant({ details, datetime }) {
  return moment(details.snapshot_time) ?? moment(datetime) ?? moment(details.entered);
}

function made(row) {
  const date = instant(row);
  return date ? [element('time', { datetime: date.toISOString() }), element('span.more', {}, clock(date))] : row.datetime || '–';
}

function state({ state: word, verified, pinned, details }) {
  return [
    element(`span.tag.${KINDS[word] ?? 'plain'}`, {}, word),
    pinned && element('span.tag.plain', {}, 'pinned'),
    element('span.more', {}, MEANINGS[word] ?? (verified ? 'verified' : details.verification ?? '')),
  ];
}

function growth({ growth_percent: percent, growth_since: since }) {
  return percent !== null && percent !== 0
    && element('span.more', { title: `compared with ${since}` }, `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`);
}

function actions({ file, pinned, state: word }, app) {
  const action = (text, name, act) => button(text, act, { kind: 'small', 'data-key': `${name} ${file}`, 'aria-label': `${text}: ${file}` });
  return element('div.buttons', {},
    action('Details', 'info', () => show(file, details(file, app))),
    !['missing', 'removing'].includes(word) && [
      action('Verify', 'verify', () => verify(file, app)),
      action('Restore …', 'restore', () => restore(app, file)),
      pinned
        ? action('Unpin', 'pin', () => app.change(() => app.tell('good', `${file} is not pinned any more.`), 'unpin', file))
        : action('Pin', 'pin', () => app.change(() => app.tell('good', `${file} is pinned: retention leaves it alone.`), 'pin', file))]);
}

async function verify(file, app) {
  const answer = await ask({
    title: 'Verify',
    content: [element('p', {}, file), field('How far', choice('level', [
      ['full', 'read all of it, and compare the digest'],
      ['restore', 'also build a store of it, have Neo4j check that, and throw it away']]))],
    action: 'Verify',
  });
  if (answer) {
    await app.work('verify', file, { level: answer.get('level') });
  }
}

async function details(file, app) {
  const [info] = await app.call('info', file);
  if (!info) {
    return element('p.bad', {}, 'This backup is not there any more.');
  }
  const facts = {
    State: `${info.state}: ${info.message}`,
    Reason: info.reason,
    Tier: info.tier,
    Made: `${info.datetime}${info.details.created_by ? ` by ${info.details.created_by}` : ''}`,
    Took: time(info.details.duration_ms),
    Nodes: counts(info.node_count, info.label_counts),
    Relationships: counts(info.relationship_count, info.type_counts),
    Episodes: info.episode_count && count(info.episode_count),
    Schema: `${some(info.index_count, 'index', 'indexes')}, ${some(info.constraint_count, 'constraint')}`,
    Size: `${size(info.size_bytes)}, compression ${info.compression}`,
    Versions: `Neo4j ${info.details.neo4j_version ?? '–'}, plugin ${info.details.plugin_version ?? '–'}, format ${info.format_version}`,
    'SHA-256': info.sha256 && element('code', {}, info.sha256),
  };
  return element('div', {},
    [...info.problems, ...info.warnings].map(text => element('p.warn', {}, text)),
    element('dl', {}, Object.entries(facts).filter(([, fact]) => fact)
      .map(([name, fact]) => [element('dt', {}, name), element('dd', {}, fact)])),
    info.details.verifications?.length > 0 && element('details', {}, element('summary', {}, 'Verifications'),
      element('ul', {}, info.details.verifications.map(({ time: at, message }) =>
        element('li', {}, `${clock(moment(at))}: ${message}`)))),
    element('details', {}, element('summary', {}, 'For release notes, as Markdown'),
      element('pre', { tabindex: '0' }, info.markdown)));
}

function counts(all, each) {
  const parts = Object.entries(each).sort((some, other) => other[1] - some[1]).map(([name, number]) => `${name} ${count(number)}`);
  return parts.length > 0 ? `${count(all)} (${parts.join(', ')})` : count(all);
}

/** What would go is shown first, and why. */
async function prune(app) {
  const rows = await app.ask('prune', { dryRun: true });
  if (!rows) {
    return; // which was told
  }
  const going = rows.filter(({ action }) => action === 'remove');
  const freed = going.filter(row => row.state !== 'missing').reduce((sum, row) => sum + row.size_bytes, 0);
  const answer = await ask({
    title: 'Prune',
    content: [
      element('p', {}, going.length === 0 ? 'Retention keeps them all.'
        : `${some(going.length, 'backup')} would go, which frees ${size(freed)}.`),
      table('What would become of each backup', [
        { head: 'Backup', cell: ({ file }) => element('span.file', {}, file) },
        { head: 'Tier', cell: ({ tier }) => tier },
        { head: 'What', cell: ({ action }) => element(`span.tag.${action === 'keep' ? 'good' : 'warn'}`, {}, action) },
        { head: 'Why', cell: ({ reason }) => reason },
        { head: 'Size', kind: 'number', cell: row => size(row.size_bytes) },
      ], rows)],
    action: going.length > 0 && `Remove ${some(going.length, 'backup')}`,
  });
  if (answer) {
    await app.change(done => {
      const removed = done.filter(({ action }) => action === 'removed');
      app.tell('good', `${some(removed.length, 'backup')} removed.`, removed.map(row => row.file));
    }, 'prune', { dryRun: false });
  }
}
