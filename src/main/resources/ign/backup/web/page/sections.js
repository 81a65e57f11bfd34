// The sections of the page: which answer each shows, what of it, and how.

import { backups } from './backups.js';
import { chart } from './chart.js';
import { element, fill } from './dom.js';
import { health } from './health.js';
import { help } from './help.js';
import { schedule } from './schedule.js';
import { settings } from './settings.js';
import { actions, status } from './status.js';
import { age, moment } from './words.js';

/** In their order. One is drawn anew when what it picks has changed, and only then: what is exchanged cannot be clicked. */
const SECTIONS = {
  health: { of: 'health', draw: health },
  status: { of: 'status', pick: withoutProgress, draw: status },
  actions: { of: 'status', pick: forActions, draw: actions },
  backups: { of: 'list', pick: withoutTimeOfLook, draw: backups },
  chart: { of: 'list', pick: withoutTimeOfLook, draw: chart },
  schedule: { of: 'schedule', draw: schedule },
  settings: { of: 'settings', draw: settings },
  help: { of: 'help', draw: help },
};

function withoutProgress({ operation, phase, done, total, percent, rate_per_second, remaining_ms, text, ...others }) {
  return others;
}

function forActions({ database, bundled_backup, last_backup, old_store, thresholds, suggestion }) {
  return { database, bundled_backup, last_backup, old_store, thresholds, suggestion };
}

/** A file that nobody has verified yet is entered anew at each look. */
function withoutTimeOfLook(list) {
  return list.map(({ details: { entered, ...details }, ...row }) =>
    ({ ...row, details: row.state === 'unrecorded' && row.datetime ? details : { entered, ...details } }));
}

export class Sections {
  #app;
  #all;

  constructor(app) {
    this.#app = app;
    this.#all = Object.entries(SECTIONS).map(([id, section]) =>
      ({ pick: answer => answer, ...section, root: element('section', { id, hidden: true }) }));
  }

  /** The elements of all, that of health first. */
  get roots() {
    return this.#all.map(section => section.root);
  }

  /** Draws those that show one of these answers and would not look the same. */
  show(answers) {
    for (const section of this.#all.filter(({ of }) => answers[of])) {
      this.#draw(section, answers[section.of]);
    }
    this.tellAges();
  }

  #draw(section, answer) {
    const { failure } = answer;
    const shown = failure ? { failure: failure.message } : section.pick(answer);
    const print = JSON.stringify(shown);
    if (print === section.print) {
      return;
    }
    section.print = print;
    const { root } = section;
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const open = [...root.querySelectorAll('details[open]')].map(details => details.id);
    fill(root, failure ? explained(failure) : this.#drawn(section, shown));
    root.hidden = false;
    open.forEach(id => root.querySelector(`#${id}`)?.setAttribute('open', ''));
    if (focused) {
      root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  /** What one section cannot show must not keep the others from being shown. */
  #drawn(section, shown) {
    try {
      return section.draw(shown, this.#app);
    } catch (fault) {
      reportError(fault);
      return element('p.bad', {}, `This cannot be shown: ${fault.message}`);
    }
  }

  tellAges() {
    for (const root of this.roots) {
      for (const place of root.querySelectorAll('time')) {
        const text = age(moment(place.dateTime));
        if (place.textContent !== text) {
          place.textContent = text;
        }
      }
    }
  }
}

function explained(failure) {
  return [element('p.bad', {}, failure.message), failure.hint && element('p', {}, failure.hint)];
}
