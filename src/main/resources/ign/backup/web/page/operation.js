// What runs at the moment, whoever has begun it.

import { button, element, fill } from './dom.js';
import { count, time } from './words.js';

/** Moved along in place: what is drawn anew twice in a second cannot be clicked. */
export class Operation {
  #what = element('strong');
  #how = element('span.more');
  #bar = element('progress', { max: 100, 'aria-label': 'Progress of this phase' });

  constructor(app) {
    this.root = element('section', { id: 'operation', hidden: true, 'aria-label': 'Running operation' },
      element('p', {}, this.#what, ' ', this.#how),
      this.#bar,
      button('Cancel', () => app.change(([row]) => app.tellRow(row), 'cancel'), { kind: 'danger' }));
  }

  show(now) {
    this.root.hidden = now.operation === null;
    if (now.operation === null) {
      return;
    }
    fill(this.#what, `${now.operation}: ${now.phase}`);
    fill(this.#how, how(now));
    if (now.total > 0) {
      this.#bar.value = now.percent;
    } else {
      this.#bar.removeAttribute('value'); // nobody knows yet how much there is to do
    }
  }
}

function how({ done, total, percent, rate_per_second: rate, remaining_ms: remaining }) {
  return [
    total > 0 && `${Math.floor(percent)} %, ${count(Math.min(done, total))} of ${count(total)}`,
    rate > 0 && `${count(Math.round(rate))} per second`,
    remaining !== null && `about ${time(remaining)} left`,
  ].filter(Boolean).join(' · ');
}
