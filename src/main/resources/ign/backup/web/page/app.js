// The page of one who has signed in: what is asked of the server, where it is shown, and how what was done is told.

import { backups } from './backups.js';
import { chart } from './chart.js';
import { element, fill, say } from './dom.js';
import { health } from './health.js';
import { help } from './help.js';
import { Operation } from './operation.js';
import { schedule } from './schedule.js';
import { Refusal, Silence } from './server.js';
import { settings } from './settings.js';
import { status } from './status.js';
import { age, moment } from './words.js';

const WHILE_WORKING = 500;
const WHILE_QUIET = 5000;
const WHILE_HIDDEN = 30_000;
const MOST_OUTCOMES = 4;

/** What is asked besides the status, which is asked most often. */
const CALLS = {
  list: ['list', { detailed: true, trend: true }],
  health: ['health'],
  schedule: ['schedule'],
  settings: ['configure', {}],
  help: ['help'],
};

/** The sections: which answer each shows, what of it, and how. One is drawn anew when what it shows has changed. */
const SECTIONS = {
  health: { of: 'health', draw: health },
  status: { of: 'status', pick: withoutProgress, draw: status },
  backups: { of: 'list', draw: backups },
  chart: { of: 'list', draw: chart },
  schedule: { of: 'schedule', draw: schedule },
  settings: { of: 'settings', draw: settings },
  help: { of: 'help', draw: help },
};

function withoutProgress({ operation, phase, done, total, percent, rate_per_second, remaining_ms, text, ...others }) {
  return others;
}

export class App {
  #server;
  #events;
  #operation = new Operation(this);
  #sections;
  #outcomes = element('div.outcomes');
  #lost = element('p.bad', { role: 'alert', hidden: true }, 'The server does not answer. Trying again …');
  #answers = {};
  #last = null;
  #own = 0;
  #timer = null;
  #clock = null;
  #isOpen = true;

  /** @param {{onDatabase: function, onSignedOut: function}} events what the page around this wants to know */
  constructor(server, events) {
    this.#server = server;
    this.#events = events;
    this.#sections = Object.entries(SECTIONS).map(([id, section]) =>
      ({ pick: answer => answer, ...section, root: element('section', { id, hidden: true }) }));
    const [top, ...others] = this.#sections.map(section => section.root);
    this.root = element('div.page', {}, this.#lost, top, this.#operation.root, this.#outcomes, others);
  }

  /** Shows everything, and again whenever it has changed. */
  start() {
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.#isOpen) {
        this.refresh();
      }
    });
    this.#clock = setInterval(() => this.#tellAges(), 10_000);
    this.refresh();
  }

  /** @returns {Promise<Array<object>>} the rows of a procedure; who is not signed in any more is asked again */
  async call(procedure, ...args) {
    try {
      return await this.#server.call(procedure, ...args);
    } catch (failure) {
      if (failure instanceof Refusal && failure.isOfSignIn && this.#isOpen) {
        this.#isOpen = false;
        clearTimeout(this.#timer);
        clearInterval(this.#clock);
        this.#events.onSignedOut(failure);
      }
      throw failure;
    }
  }

  /** Changes a little at once, and tells that it was done. */
  async change(done, procedure, ...args) {
    try {
      await this.call(procedure, ...args);
      this.tell('good', done);
    } catch (failure) {
      this.#tellFailure(failure);
    }
    await this.refreshAll();
  }

  /**
   * Does something that takes a while, and tells how it ended. Where the connection is lost meanwhile the status tells.
   * @param {string} procedure one with a row that says `success` or `valid`, `message`, and more
   */
  async work(procedure, ...args) {
    const before = this.#last;
    this.#own++;
    this.refresh();
    try {
      const [row] = await this.call(procedure, ...args);
      this.#tellRow(row);
    } catch (failure) {
      if (failure instanceof Silence) {
        await this.#tellLater(before);
      } else {
        this.#tellFailure(failure);
      }
    }
    await this.refreshAll();
    this.#last = lastOperation(this.#answers.status);
    this.#own--;
  }

  /** Asks what something would do. @returns {Promise<object|null>} the first row; null where that fails, which is told */
  async preview(procedure, ...args) {
    try {
      const [row] = await this.call(procedure, ...args);
      if (row.code !== 'bad-request' && row.success === false) {
        this.#tellRow(row);
      }
      return row;
    } catch (failure) {
      this.#tellFailure(failure);
      return null;
    }
  }

  /** Tells how something ended, until it is put away. */
  tell(kind, text, more = []) {
    const outcome = element(`div.outcome.${kind}`, { role: kind === 'bad' ? 'alert' : null },
      element('div', {}, element('p', {}, text), more.map(line => element('p.more', {}, line))),
      element('button.quiet', { type: 'button', 'aria-label': 'Put away', onclick: () => outcome.remove() }, '×'));
    this.#outcomes.prepend(outcome);
    say(text);
    while (this.#outcomes.children.length > MOST_OUTCOMES) {
      this.#outcomes.lastChild.remove();
    }
  }

  #tellRow(row) {
    const isDone = row.success ?? row.valid;
    const kind = !isDone ? 'bad' : row.warnings?.length || row.code === 'partial' ? 'warn' : 'good';
    this.tell(kind, row.message, [...(row.reasons ?? []), ...(row.problems ?? []), ...(row.warnings ?? []), row.hint].filter(Boolean));
  }

  #tellFailure(failure) {
    if (!(failure instanceof Refusal || failure instanceof Silence)) {
      throw failure;
    }
    this.tell('bad', failure.message, [failure.hint].filter(Boolean));
  }

  #tellEnd({ operation, code, message }) {
    this.tell(code === 'ok' ? 'good' : code === 'partial' ? 'warn' : 'bad', `${operation}: ${message}`);
  }

  /** The call got no answer, but what it has begun may go on. */
  async #tellLater(before) {
    this.tell('warn', 'The connection was lost. What was begun may go on: how it ended follows here.');
    let now;
    do {
      await new Promise(resolve => setTimeout(resolve, WHILE_WORKING));
      now = await this.#look();
    } while (this.#isOpen && (now === null || now.operation !== null));
    if (now?.last_operation && lastOperation(now) !== before) {
      this.#tellEnd(now.last_operation);
    } else {
      this.tell('warn', 'The server does not know how it ended: it was started again meanwhile.',
        ['What was not finished then has been undone. The list of backups is as it is now.']);
    }
  }

  /** Asks for the status, and for everything when an operation has ended; does so again after a while. */
  async refresh() {
    clearTimeout(this.#timer);
    const now = await this.#look();
    if (!this.#isOpen) {
      return;
    }
    if (now && lastOperation(now) !== this.#last) {
      // Another one's work, or that of the timetable, has ended. What was there before this page is no news.
      if (this.#last !== null && this.#own === 0 && now.last_operation) {
        this.#tellEnd(now.last_operation);
      }
      if (this.#own === 0) {
        this.#last = lastOperation(now);
      }
      await this.refreshAll();
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), this.#pause(now));
  }

  #pause(now) {
    const isBusy = this.#own > 0 || now === null || now.operation !== null;
    return document.hidden ? WHILE_HIDDEN : isBusy ? WHILE_WORKING : WHILE_QUIET;
  }

  /** Asks for everything that is shown. */
  async refreshAll() {
    const names = Object.keys(CALLS);
    const [, ...answers] = await Promise.allSettled([this.#look(), ...names.map(name => this.call(...CALLS[name]))]);
    if (this.#isOpen) {
      this.#show(Object.fromEntries(names.map((name, index) => {
        const { value, reason } = answers[index];
        return [name, reason ? { failure: reason } : value];
      })));
    }
  }

  /** @returns {Promise<object|null>} the status, null where there is no answer */
  async #look() {
    try {
      const [now] = await this.call('status');
      this.#lost.hidden = true;
      this.#events.onDatabase(now.database);
      this.#operation.show(now);
      this.#show({ status: now });
      return now;
    } catch (failure) {
      this.#lost.hidden = !(failure instanceof Silence);
      this.#show({ status: { failure } });
      return null;
    }
  }

  #show(answers) {
    for (const [name, answer] of Object.entries(answers)) {
      // Without a connection the page keeps what it knows.
      if (!(answer.failure instanceof Silence) && this.#isOpen) {
        this.#answers[name] = answer;
      }
    }
    for (const section of this.#sections) {
      const answer = this.#answers[section.of];
      if (answer) {
        this.#draw(section, answer);
      }
    }
    this.#tellAges();
  }

  /** Draws a section if it would not look the same. */
  #draw(section, answer) {
    const { failure } = answer;
    const shown = failure ? { failure: failure.message } : section.pick(answer);
    const print = JSON.stringify(shown);
    if (print === section.print) {
      return;
    }
    section.print = print;
    const focused = section.root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const open = [...section.root.querySelectorAll('details[open]')].map(details => details.id);
    fill(section.root, failure ? explained(failure) : section.draw(shown, this));
    section.root.hidden = false;
    open.forEach(id => section.root.querySelector(`#${id}`)?.setAttribute('open', ''));
    if (focused) {
      section.root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  #tellAges() {
    for (const place of this.root.querySelectorAll('time')) {
      place.textContent = age(moment(place.dateTime));
    }
  }
}

/** The last operation as one text, in which two of a kind differ; empty if there was none. */
function lastOperation(now) {
  return now.last_operation ? JSON.stringify(now.last_operation) : '';
}

function explained(failure) {
  return [element('p.bad', {}, failure.message), failure.hint && element('p', {}, failure.hint)];
}
