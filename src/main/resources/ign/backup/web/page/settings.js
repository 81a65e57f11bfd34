// All settings as they are in force, and where each comes from.

import { ask } from './dialog.js';
import { button, element, field, table } from './dom.js';
import { count, some } from './words.js';

export function settings(all, app) {
  const changed = all.filter(({ origin }) => origin !== 'default');
  const search = element('input', { type: 'search', name: 'search', 'data-key': 'search-settings' });
  const found = table('Settings', columns(app), all);
  search.addEventListener('input', () => {
    const wanted = search.value.toLowerCase();
    found.querySelectorAll('tbody tr').forEach((row, index) => {
      row.hidden = !`${all[index].setting} ${all[index].description}`.toLowerCase().includes(wanted);
    });
  });
  return [element('details', { id: 'all-settings' },
    element('summary', {}, element('h2', {}, 'Settings'), ` ${some(all.length, 'setting')}, ${count(changed.length)} not as by default`),
    field('Find', search), found)];
}

function columns(app) {
  return [
    { head: 'Setting', cell: ({ setting, description }) => [element('code', {}, setting), element('span.more', {}, description)] },
    { head: 'Value', cell: ({ value, default_value: usual, origin }) => [
      element('code', {}, value || 'empty'), origin !== 'default' && element('span.more', {}, `by default ${usual || 'empty'}`)] },
    { head: 'From', cell: ({ origin, place }) => [origin, place && origin !== 'default' && element('span.more', {}, place)] },
    { head: 'Actions', kind: 'actions', cell: row => (row.changeable
      ? button('Change …', () => change(row, app),
        { kind: 'small', 'data-key': `setting ${row.setting}`, 'aria-label': `Change ${row.setting}` })
      : element('span.more', {}, 'at the next start')) },
  ];
}

async function change({ setting, value, description, origin }, app) {
  const answer = await ask({
    title: setting,
    content: [element('p', {}, description), field('Value', element('input', { name: 'value', value }))],
    others: origin === 'call' ? [{ text: 'As configured', value: 'reset' }] : [],
    action: 'Save',
  });
  if (answer) {
    const isReset = answer.get('action') === 'reset';
    await app.change(isReset ? `${setting} is as configured again.` : `${setting} is changed.`,
      'configure', { [setting]: isReset ? null : answer.get('value').trim() });
  }
}
