// Elements, made without any HTML in strings: what comes from the server is always text.

/**
 * Makes an element.
 * @param {string} name as `button`, or `button.primary` with classes
 * @param {object} attributes `onclick` and the like are listeners; true, false and null set, leave out and leave out
 * @param {...(Node|string|number|null|undefined|false|Array)} children what is null, undefined or false is left out
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const made = document.createElement(tag);
  made.classList.add(...classes);
  set(made, attributes);
  made.append(...nodes(children));
  return made;
}

/** Makes an element of a drawing. */
export function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  set(made, attributes);
  made.append(...nodes(children));
  return made;
}

function set(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      made.addEventListener(name.slice(2), value);
    } else if (name === 'value') {
      made.value = value;
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
}

function nodes(children) {
  return children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false);
}

/** Puts other children in the place of all there are. */
export function fill(parent, ...children) {
  parent.replaceChildren(...nodes(children));
}

/** A button that does nothing more while what it has begun goes on; it is not disabled then, so that it keeps the focus. */
export function button(text, action, attributes = {}) {
  const { kind, ...others } = attributes;
  const made = element(kind ? `button.${kind}` : 'button', { type: 'button', ...others }, text);
  made.addEventListener('click', async () => {
    if (made.ariaBusy === 'true') {
      return;
    }
    made.ariaBusy = 'true';
    try {
      await action();
    } finally {
      made.ariaBusy = 'false';
    }
  });
  return made;
}

/** A labelled input; its `id` comes from its name. */
export function field(label, input, hint) {
  input.id ||= `field-${input.name}`;
  const explained = hint && element('small', { id: `${input.id}-hint` }, hint);
  if (explained) {
    input.setAttribute('aria-describedby', explained.id);
  }
  return element('div.field', {}, element('label', { for: input.id }, label), input, explained);
}

/** A box to tick, with its label behind it. */
export function tick(label, name, checked = false, hint) {
  const input = element('input', { type: 'checkbox', name, id: `field-${name}`, checked });
  return element('div.tick', {}, input, element('label', { for: input.id }, label, hint && element('small', {}, hint)));
}

/** A choice; each option is its text, or a pair of value and text. */
export function choice(name, options) {
  const made = options.map(option => (Array.isArray(option) ? option : [option, option]));
  return element('select', { name }, made.map(([value, text]) => element('option', { value }, text)));
}

/**
 * A table that becomes a list of cards where it is narrow.
 * @param {string} caption what it is, for those who do not see it
 * @param {Array<{head: string, cell: function, kind?: string}>} columns
 * @param {Array<object>} rows
 */
export function table(caption, columns, rows) {
  const head = columns.map(column => element('th', { scope: 'col', class: column.kind }, column.head));
  const body = rows.map(row => element('tr', {}, columns.map(column =>
    element('td', { 'data-head': column.head, class: column.kind }, column.cell(row)))));
  return element('div.wide', { tabindex: '0', role: 'region', 'aria-label': caption },
    element('table', {}, element('caption.unseen', {}, caption),
      element('thead', {}, element('tr', {}, head)), element('tbody', {}, body)));
}

/** Says something to those who do not see the page change; the same text again is news, too. */
export function say(text) {
  const said = document.getElementById('said');
  said.textContent = '';
  setTimeout(() => { said.textContent = text; });
}
