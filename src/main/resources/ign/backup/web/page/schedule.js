// What is done by the clock, and when next.

import { changed, configure } from './configure.js';
import { ask } from './dialog.js';
import { button, element, field, table, tick } from './dom.js';
import { clock, moment } from './words.js';

const TIERS = ['daily', 'weekly', 'monthly'];

export function schedule(jobs, app) {
  return [
    element('h2', {}, 'Timetable'),
    table('What is done by the clock', [
      { head: 'Job', cell: ({ job }) => element('strong', {}, job) },
      { head: 'Schedule', cell: ({ schedule: cron, enabled }) => (enabled ? element('code', {}, cron) : 'off') },
      { head: 'Next', cell: ({ next_run: next }) => at(next) },
      { head: 'Last', cell: ({ last_start: last, left_out: left }) => [at(last), left > 0 && element('span.more', {}, `left out ${left} times`)] },
      { head: 'Actions', kind: 'actions', cell: row => button('Change …', () => change(row, app),
        { kind: 'small', 'data-key': `schedule ${row.job}`, 'aria-label': `Change the schedule of ${row.job}` }) },
    ], jobs),
    element('p.more', {}, `By the clock of ${jobs[0].time_zone}.`),
  ];
}

function at(text) {
  const date = moment(text);
  return date ? element('time', { datetime: date.toISOString(), title: clock(date) }) : '–';
}

async function change({ job, schedule: cron, enabled }, app) {
  const isTier = TIERS.includes(job);
  const name = `${isTier ? `tiers.${job}` : job}.schedule`;
  const answer = await ask({
    title: `When ${job} is due`,
    content: [
      field('Cron expression', element('input', { name, value: cron }),
        `five fields: minute, hour, day, month, day of the week; or @daily and the like${isTier ? '' : '; or off'}`),
      isTier && tick('It is done', 'enabled', enabled)],
    action: 'Save',
  });
  if (answer) {
    const values = changed({ [name]: cron }, answer);
    if (isTier && answer.has('enabled') !== enabled) {
      values[`tiers.${job}.enabled`] = String(!enabled);
    }
    await configure(app, `The schedule of ${job} is changed.`, values);
  }
}
