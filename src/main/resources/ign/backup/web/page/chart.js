// How size and duration of backups went, one bar for each.

import { instant } from './backups.js';
import { element, shape } from './dom.js';
import { clock, size, some, time } from './words.js';

const WIDTH = 640;
const HEIGHT = 150;
const MOST_BARS = 60;
const FEWEST_BARS = 12; // fewer leave room

export function chart(list) {
  const made = list.filter(row => row.state !== 'missing' && instant(row)).slice(-MOST_BARS);
  if (made.length < 2) {
    return [];
  }
  return [
    element('h2', {}, 'Over time'),
    element('div.charts', {},
      bars('Size', made, row => row.size_bytes, size),
      bars('Duration', made.filter(row => row.details.duration_ms !== undefined), row => row.details.duration_ms, time)),
  ];
}

function bars(title, rows, measure, worded) {
  if (rows.length === 0) {
    return null;
  }
  const values = rows.map(measure);
  const most = Math.max(...values, 1);
  const step = WIDTH / Math.max(rows.length, FEWEST_BARS);
  const drawn = rows.map((row, index) => {
    const height = Math.max(2, values[index] / most * HEIGHT);
    return shape('rect', {
      x: index * step + step * 0.1, y: HEIGHT - height, width: step * 0.8, height,
      class: row.state === 'removed' ? 'gone' : row.state === 'damaged' ? 'broken' : row.tier,
    }, shape('title', {}, `${row.file}: ${worded(values[index])}, ${row.tier}, ${row.state}, ${clock(instant(row))}`));
  });
  const spoken = `${title} of ${some(rows.length, 'backup')}, oldest first: `
    + `from ${worded(values[0])} to ${worded(values.at(-1))}, at most ${worded(most)}`;
  return element('figure', {},
    element('figcaption', {}, element('strong', {}, title), ` at most ${worded(most)}, last ${worded(values.at(-1))}`),
    shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': spoken, preserveAspectRatio: 'none' }, drawn),
    element('p.more', {}, `${clock(instant(rows[0]))} to ${clock(instant(rows.at(-1)))}`));
}
