// Questions, in a window of the page: Esc and the button "Cancel" leave everything as it is.

import { element, fill } from './dom.js';

/**
 * Asks, and waits.
 * @param {object} question
 * @param {string} question.title
 * @param {Array<Node|string>} question.content paragraphs and fields
 * @param {string} question.action the text of the button that does it; without one there is only "Close"
 * @param {string} [question.danger] a word that has to be typed before that button can be pressed
 * @param {Array<{text: string, value: string}>} [question.others] further buttons
 * @returns {Promise<FormData|null>} what was filled in, with the value of the button as `action`, `go` for the main one; null if it was left
 */
export function ask({ title, content, action, danger, others = [] }) {
  if (document.querySelector('dialog[open]')) {
    return Promise.resolve(null); // one question at a time
  }
  const asked = document.activeElement?.dataset.key;
  const typed = danger && element('input', {
    name: 'typed', id: 'typed', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
  });
  let answer = null;
  const answerWith = chosen => {
    answer = new FormData(form);
    answer.set('action', chosen);
    dialog.close();
  };
  // The only one that Enter in a field presses, and not while it is disabled.
  const go = action && element(danger ? 'button.danger' : 'button.primary', { type: 'submit' }, action);
  const submit = event => {
    event.preventDefault();
    answerWith('go');
  };
  const form = element('form', { onsubmit: submit },
    element('h2', { id: 'dialog-title' }, title),
    content,
    typed && element('div.field', {},
      element('label', { for: 'typed' }, 'To confirm, type ', element('strong', {}, danger)), typed),
    element('div.buttons', {},
      element('button', { type: 'button', onclick: () => dialog.close() }, action ? 'Cancel' : 'Close'),
      others.map(({ text, value }) => element('button', { type: 'button', onclick: () => answerWith(value) }, text)),
      go));
  const dialog = element('dialog', { 'aria-labelledby': 'dialog-title' }, form);
  if (danger) {
    go.disabled = true;
    typed.addEventListener('input', () => { go.disabled = typed.value !== danger; });
  }
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      // What was pressed may have been drawn anew meanwhile.
      if (asked && document.activeElement === document.body) {
        document.querySelector(`[data-key="${CSS.escape(asked)}"]`)?.focus();
      }
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Shows something that takes a moment to come, and waits until it was read. */
export async function show(title, promise) {
  const content = element('div', { 'aria-live': 'polite' }, element('p', {}, 'Reading …'));
  const closed = ask({ title, content: [content] });
  try {
    fill(content, await promise);
  } catch (failure) {
    fill(content, element('p.bad', { role: 'alert' }, failure.message), failure.hint && element('p', {}, failure.hint));
  }
  return closed;
}
