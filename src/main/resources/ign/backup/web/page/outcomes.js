// How things ended, at the top, until they are put away.

import { element, say } from './dom.js';
import { Refusal, Silence } from './server.js';

const MOST_GOOD_ONES = 3;

export class Outcomes {
  root = element('div.outcomes');

  /**
   * Tells how something ended.
   * @param {'good'|'warn'|'bad'} kind
   * @param {string} text
   * @param {string[]} [more] lines of less weight
   */
  tell(kind, text, more = []) {
    const outcome = element(`div.outcome.${kind}`, { role: kind === 'bad' ? 'alert' : null },
      element('div', {}, element('p', {}, text), more.map(line => element('p.more', {}, line))),
      element('button.quiet', { type: 'button', 'aria-label': 'Put away', onclick: () => this.#putAway(outcome) }, '×'));
    this.root.prepend(outcome);
    if (kind !== 'bad') {
      say(text); // the others are alerts, which speak for themselves
    }
    [...this.root.querySelectorAll('.good')].slice(MOST_GOOD_ONES).forEach(old => old.remove());
  }

  #putAway(outcome) {
    const next = outcome.nextElementSibling ?? outcome.previousElementSibling;
    outcome.remove();
    (next?.querySelector('button') ?? document.getElementById('main')).focus();
  }

  /** Tells what a procedure said in its row: `success` or `valid`, `message`, and more. */
  tellRow(row) {
    const isDone = row.success ?? row.valid;
    const kind = !isDone ? 'bad' : row.warnings?.length || row.code === 'partial' ? 'warn' : 'good';
    this.tell(kind, row.message,
      [...(row.reasons ?? []), ...(row.problems ?? []), ...(row.warnings ?? []), row.hint].filter(Boolean));
  }

  /** Tells why a call failed; what is no answer of a server is a fault of this page, and told as well. */
  tellFailure(failure) {
    if (!(failure instanceof Refusal || failure instanceof Silence)) {
      reportError(failure);
    }
    this.tell('bad', failure.message, [failure.hint].filter(Boolean));
  }

  /** Tells how an operation ended that the status knows of. */
  tellEnd({ operation, code, message }) {
    this.tell(code === 'ok' ? 'good' : code === 'partial' ? 'warn' : 'bad', `${operation}: ${message}`);
  }
}
