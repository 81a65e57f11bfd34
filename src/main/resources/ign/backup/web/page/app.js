// The page of one who has signed in: asks the server again and again, shows the answers, and does what is asked for.

import { element } from './dom.js';
import { Operation } from './operation.js';
import { Outcomes } from './outcomes.js';
import { Sections } from './sections.js';
import { Refusal, Silence } from './server.js';

const WHILE_WORKING = 500;
const WHILE_QUIET = 5000;
const WHILE_HIDDEN = 30_000;
const ALL_AGAIN = 60_000;

/** How long an answer may take, in milliseconds; a list may have to read files that were copied into the folder. */
const PATIENCE_WITH_STATUS = 30_000;
const PATIENCE_WITH_OTHERS = 600_000;

/** What is asked besides the status, which is asked most often. */
const CALLS = {
  list: ['list', { detailed: true, trend: true }],
  health: ['health'],
  schedule: ['schedule'],
  settings: ['configure', {}],
  help: ['help'],
};

export class App {
  #server;
  #events;
  #sections = new Sections(this);
  #operation = new Operation(this);
  #outcomes = new Outcomes();
  #lost = element('p.bad', { role: 'alert', hidden: true }, 'The server does not answer. Trying again …');
  #end = new AbortController();
  /** The last operation that was told, and how many of the visitor's own go on. */
  #last = null;
  #own = 0;
  /** The status that is shown, and which look it is of: one that was asked for earlier may come later. */
  #latest = null;
  #lookShown = 0;
  #looks = 0;
  #askedAll = -Infinity;
  #timer = null;
  #clock = null;

  /** @param {{onDatabase: function, onSignedOut: function}} events what the page around this wants to know */
  constructor(server, events) {
    this.#server = server;
    this.#events = events;
    const [top, ...others] = this.#sections.roots;
    this.root = element('div.page', {}, this.#lost, top, this.#operation.root, this.#outcomes.root, others);
  }

  get #isOpen() {
    return !this.#end.signal.aborted;
  }

  /** Shows everything, and again whenever it has changed. */
  start() {
    document.addEventListener('visibilitychange', () => document.hidden || this.refresh(), { signal: this.#end.signal });
    this.#clock = setInterval(() => this.#sections.tellAges(), 10_000);
    this.refresh();
  }

  /** Who is not signed in any more is asked who they are. */
  #close(failure) {
    if (this.#isOpen) {
      this.#end.abort();
      clearTimeout(this.#timer);
      clearInterval(this.#clock);
      this.#events.onSignedOut(failure);
    }
  }

  /**
   * Calls a procedure, for however long it takes.
   * @returns {Promise<Array<object>>} its rows
   * @throws {Refusal|Silence}
   */
  call(procedure, ...args) {
    return this.#call(null, procedure, ...args);
  }

  async #call(limit, procedure, ...args) {
    try {
      return await this.#server.call(limit, procedure, ...args);
    } catch (failure) {
      if (failure instanceof Refusal && failure.isOfSignIn) {
        this.#close(failure);
      }
      throw failure;
    }
  }

  /** As `call`; a failure is told. @returns {Promise<Array<object>|null>} null where it failed */
  async ask(procedure, ...args) {
    try {
      return await this.call(procedure, ...args);
    } catch (failure) {
      this.#outcomes.tellFailure(failure);
      return null;
    }
  }

  /** Tells how something ended, until it is put away. */
  tell(kind, text, more) {
    this.#outcomes.tell(kind, text, more);
  }

  /** Tells how something ended, by the row of its procedure. */
  tellRow(row) {
    this.#outcomes.tellRow(row);
  }

  /** Changes a little at once. @param {function} done is given the rows, and tells what was done */
  async change(done, procedure, ...args) {
    await this.#byMyself(async () => {
      const rows = await this.ask(procedure, ...args);
      if (rows) {
        done(rows);
      }
    });
  }

  /**
   * Does something that takes a while, and tells how it ended. Where the connection is lost meanwhile the status tells.
   * @param {string} procedure one with a row that says `success` or `valid`, `message`, and more
   */
  async work(procedure, ...args) {
    await this.#byMyself(async () => {
      const before = this.#last;
      try {
        const [row] = await this.call(procedure, ...args);
        this.tellRow(row);
      } catch (failure) {
        if (failure instanceof Silence) {
          await this.#tellLater(before);
        } else {
          this.#outcomes.tellFailure(failure);
        }
      }
    });
  }

  /** How what is done here has ended is told by whoever does it, and is no news when the status tells it, too. */
  async #byMyself(action) {
    this.#own++;
    this.refresh();
    try {
      await action();
      const now = await this.refreshAll();
      if (now) {
        this.#last = lastOperation(now);
      }
    } finally {
      this.#own--;
    }
  }

  /** The call got no answer, but what it has begun may go on. */
  async #tellLater(before) {
    this.tell('warn', 'The connection was lost. What was begun may go on: how it ended follows here.');
    let now = null;
    while (this.#isOpen && (now === null || now.operation !== null)) {
      await new Promise(resolve => setTimeout(resolve, WHILE_WORKING));
      try {
        now = await this.#look();
      } catch (failure) {
        this.#outcomes.tellFailure(failure);
        return;
      }
    }
    if (now?.last_operation && lastOperation(now) !== before) {
      this.#outcomes.tellEnd(now.last_operation);
    } else if (this.#isOpen) {
      this.tell('warn', 'The server knows of no end: it was started again meanwhile, or never heard of it.',
        ['What was not finished has been undone. The list of backups is as it is now.']);
    }
  }

  /** Asks for the status, and for everything now and then and when an operation has ended; does so again after a while. */
  async refresh() {
    clearTimeout(this.#timer);
    let isBusy = true;
    try {
      const now = await this.#look();
      isBusy = now === null || now.operation !== null;
      if (now) {
        await this.#followUp(now);
      }
    } catch (failure) {
      isBusy = false; // the section has shown why
    } finally {
      if (this.#isOpen) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.refresh(), this.#pause(isBusy));
      }
    }
  }

  async #followUp(now) {
    const hasEnded = lastOperation(now) !== this.#last;
    if (hasEnded && this.#own === 0) {
      // Another one's work, or that of the timetable. What was there before this page is no news.
      if (this.#last !== null && now.last_operation) {
        this.#outcomes.tellEnd(now.last_operation);
      }
      this.#last = lastOperation(now);
    }
    if (hasEnded || performance.now() - this.#askedAll > ALL_AGAIN) {
      await this.refreshAll();
    }
  }

  #pause(isBusy) {
    return document.hidden ? WHILE_HIDDEN : this.#own > 0 || isBusy ? WHILE_WORKING : WHILE_QUIET;
  }

  /** Asks for everything that is shown. @returns {Promise<object|null>} the status, null where there is none */
  async refreshAll() {
    const names = Object.keys(CALLS);
    const [look, ...answers] = await Promise.allSettled(
      [this.#look(), ...names.map(name => this.#call(PATIENCE_WITH_OTHERS, ...CALLS[name]))]);
    const isWhole = answers.every(({ reason }) => !(reason instanceof Silence));
    this.#askedAll = isWhole ? performance.now() : -Infinity;
    this.#show(Object.fromEntries(names.map((name, index) => {
      const { value, reason } = answers[index];
      return [name, reason ? { failure: reason } : value];
    })));
    return look.value ?? null;
  }

  /**
   * Asks for the status, and shows it unless a later one has been shown.
   * @returns {Promise<object|null>} null where the server does not answer
   * @throws {Refusal}
   */
  async #look() {
    const turn = ++this.#looks;
    let now;
    try {
      [now] = await this.#call(PATIENCE_WITH_STATUS, 'status');
    } catch (failure) {
      this.#lost.hidden = !(failure instanceof Silence);
      if (failure instanceof Silence) {
        return null;
      }
      this.#show({ status: { failure } });
      throw failure;
    }
    this.#lost.hidden = true;
    if (turn > this.#lookShown) {
      this.#lookShown = turn;
      this.#latest = now;
      this.#events.onDatabase(now.database);
      this.#operation.show(now);
      this.#show({ status: now });
    }
    return this.#latest;
  }

  /** Without a connection the page keeps what it shows. */
  #show(answers) {
    if (this.#isOpen) {
      this.#sections.show(Object.fromEntries(
        Object.entries(answers).filter(([, answer]) => !(answer.failure instanceof Silence))));
    }
  }
}

/** The last operation as one text, in which two of a kind differ; empty if there was none. */
function lastOperation(now) {
  return now.last_operation ? JSON.stringify(now.last_operation) : '';
}
