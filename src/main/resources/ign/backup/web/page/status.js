// What was changed since the last backup, what is offered, and the buttons for the graph as a whole.

import { changed, configure } from './configure.js';
import { create } from './create.js';
import { ask } from './dialog.js';
import { button, element, field } from './dom.js';
import { restore } from './restore.js';
import { change, clock, count, moment, size } from './words.js';

const PICTURE = /^[^\p{L}]+/u; // the colour tells as much, and not every machine can show it

const THRESHOLDS = {
  nodes: ['node_threshold', 'More nodes'],
  relationships: ['rel_threshold', 'More relationships'],
  percentage: ['percentage_threshold', 'Growth of the number of nodes'],
  deletions: ['deletion_threshold', 'Elements deleted'],
  modifications: ['modification_threshold', 'Elements changed'],
};

export function status(now) {
  return [
    element('h2', {}, 'Graph'),
    element('div.cards', {},
      card('Now', now.node_count, now.relationship_count, now.episode_count),
      lastBackup(now),
      changes(now)),
    element(`p.${now.backup_recommended ? 'warn' : 'good'}`, {}, now.recommendation.replace(PICTURE, ''),
      now.reasons.length > 0 && `: ${now.reasons.join('; ')}`),
    now.notes.map(note => element('p.note', {}, note)),
    element('p.more', {}, `Backups are in ${now.folder}`),
  ];
}

/** What can be done with the graph as a whole; apart from the numbers, which change while somebody presses a button. */
export function actions(now, app) {
  return [
    now.bundled_backup && offer(now, app),
    now.last_backup === null && !now.bundled_backup && element('p.note', {},
      'There is no backup yet. ', element('strong', {}, 'Create backup'), ' makes the first one, while the graph is in use.'),
    element('div.buttons', {},
      button('Create backup', () => create(app), { kind: 'primary', 'data-key': 'create' }),
      button('Back up if needed', () => app.work('auto'), { 'data-key': 'auto' }),
      button('Thresholds …', () => thresholds(now, app), { 'data-key': 'thresholds' }),
      button('Bundled backup …', () => init(app), { 'data-key': 'init' })),
    now.old_store && kept(now.old_store, now.database, app),
  ];
}

function card(title, nodes, relationships, episodes, more) {
  const rows = [['nodes', nodes], ['relationships', relationships], ['episodes', episodes]];
  return element('div.card', {}, element('h3', {}, title),
    rows.filter(([, number]) => number !== null && number !== undefined)
      .map(([noun, number]) => element('p', {}, element('strong', {}, count(number)), ` ${noun}`)),
    nodes === null && element('p', {}, 'not available'),
    more);
}

function lastBackup(now) {
  return now.last_backup === null
    ? element('div.card', {}, element('h3', {}, 'Last backup'), element('p', {}, 'none'))
    : card('Last backup', now.last_backup_node_count, now.last_backup_relationship_count,
      now.last_backup_episode_count || null,
      element('p.more', {}, now.last_backup));
}

function changes({ node_change: nodes, relationship_change: relationships, changes: counted }) {
  const rows = counted && ['created', 'deleted', 'changed']
    .map(verb => [verb, counted[`nodes_${verb}`], counted[`relationships_${verb}`]])
    .filter(([, some, others]) => some + others > 0);
  return element('div.card', {}, element('h3', {}, 'Since then'),
    nodes === null ? element('p', {}, '–') : [
      element('p', {}, element('strong', {}, change(nodes)), ' nodes'),
      element('p', {}, element('strong', {}, change(relationships)), ' relationships')],
    rows?.map(([verb, some, others]) =>
      element('p.more', {}, `${verb}: ${count(some)} nodes, ${count(others)} relationships`)),
    counted && !counted.counted && element('p.more', {}, 'Not every commit was counted: the numbers of elements tell.'));
}

function offer(now, app) {
  return element('div.note', {},
    element('p', {}, 'This database is empty, and there is a bundled backup: ', element('strong', {}, now.bundled_backup), '.'),
    element('div.buttons', {},
      button('Restore bundled backup', () => app.work('restore', now.bundled_backup, { mode: 'into-empty', confirm: true }),
        { kind: 'primary', 'data-key': 'bundled' }),
      button('Never offer it again', () => configure(app, 'It is not offered any more.', { initial_restore: 'off' }),
        { 'data-key': 'declined' }),
      button('Restore the latest of the others …', () => restore(app, null), { 'data-key': 'restore-other' })));
}

function kept({ size_bytes: bytes, since, replaced_by: by }, database, app) {
  return element('div.note', {},
    element('p', {}, `The graph before the restore of ${clock(moment(since))} is kept (${size(bytes)}; replaced by ${by}).`),
    button('Roll back …', () => rollback(database, app), { 'data-key': 'rollback' }));
}

async function rollback(database, app) {
  const answer = await ask({
    title: 'Put the former graph back?',
    content: [element('p', {}, 'The store that the last restore has replaced takes its place again. What was written since then'
      + ' goes aside with the present one: a second rollback brings that back.')],
    action: 'Roll back',
    danger: database,
  });
  if (answer) {
    await app.work('rollback');
  }
}

async function init(app) {
  const reason = element('input', { name: 'reason', placeholder: 'Initial distribution backup' });
  const to = element('input', { name: 'to', placeholder: 'release/neo4j/fullbackup' });
  const answer = await ask({
    title: 'Make the bundled backup',
    content: [element('p', {}, 'It is called initial_backup.json, and fills the empty database of whoever gets it with a release.'),
      field('Reason', reason), field('Also into the folder', to, 'where the setting release_root allows it')],
    action: 'Make it',
  });
  if (answer) {
    const given = ['reason', 'to'].filter(name => answer.get(name)).map(name => [name, answer.get(name)]);
    await app.work('init', Object.fromEntries(given));
  }
}

async function thresholds(now, app) {
  const present = Object.fromEntries(Object.entries(THRESHOLDS)
    .map(([name, [setting]]) => [setting, String(now.thresholds[name] ?? 'off')]));
  const suggested = now.suggestion;
  const answer = await ask({
    title: 'When a backup is due',
    content: [
      element('p', {}, 'When one of these is reached since the last backup. The growth is a share, as 0.1 or 10%;'
        + ' the last two may be off.'),
      Object.values(THRESHOLDS).map(([setting, label]) =>
        field(label, element('input', { name: setting, value: present[setting] }))),
      suggested && element('p.note', {}, `Suggestion: ${count(suggested.nodes)} nodes, `
        + `${count(suggested.relationships)} relationships. ${suggested.reason}`)],
    others: suggested ? [{ text: 'Use the suggestion', value: 'suggestion' }] : [],
    action: 'Save',
  });
  if (answer) {
    const values = answer.get('action') === 'suggestion'
      ? { node_threshold: suggested.nodes, rel_threshold: suggested.relationships }
      : changed(present, answer);
    await configure(app, 'The thresholds are changed.', values);
  }
}
