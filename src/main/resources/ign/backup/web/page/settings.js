// All settings as they are in force, and where each comes from.

import { changed, configure } from './configure.js';
import { ask } from './dialog.js';
import { button, element, field, table } from './dom.js';
import { count, some } from './words.js';

/** What is looked for; it stays when a setting was changed. */
let wanted = '';

export function settings(all, app) {
  const others = all.filter(({ origin }) => origin !== 'default');
  const search = element('input', { type: 'search', name: 'search', value: wanted, 'data-key': 'search-settings' });
  const found = table('Settings', columns(app), all);
  const filter = () => found.querySelectorAll('tbody tr').forEach((row, index) => {
    row.hidden = !`${all[index].setting} ${all[index].description}`.toLowerCase().includes(wanted);
  });
  search.addEventListener('input', () => {
    wanted = search.value.toLowerCase();
    filter();
  });
  filter();
  return [element('details', { id: 'all-settings' },
    element('summary', {}, element('h2', {}, 'Settings'), ` ${some(all.length, 'setting')}, ${count(others.length)} not as by default`),
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
    content: [element('p', {}, description), field('Value', element('input', { name: setting, value }))],
    others: origin === 'call' ? [{ text: 'As configured', value: 'reset' }] : [],
    action: 'Save',
  });
  if (answer) {
    const isReset = answer.get('action') === 'reset';
    await configure(app, isReset ? `${setting} is as configured again.` : `${setting} is changed.`,
      isReset ? { [setting]: null } : changed({ [setting]: value }, answer));
  }
}
