// Whether all is well, at the top.

import { element } from './dom.js';
import { some } from './words.js';

const KINDS = { OK: 'good', WARN: 'warn', FAIL: 'bad' };
const MARKS = { OK: '✓', WARN: '!', FAIL: '✕' };

export function health(checks) {
  const fails = checks.filter(check => check.status === 'FAIL');
  const warns = checks.filter(check => check.status === 'WARN');
  const worst = fails.length ? 'FAIL' : warns.length ? 'WARN' : 'OK';
  return [element(`div.banner.${KINDS[worst]}`, {},
    element('h2', {}, element('span.mark', { 'aria-hidden': 'true' }, MARKS[worst]), headline(fails, warns)),
    element('ul', {}, [...fails, ...warns].map(item)),
    element('details', { id: 'all-checks' },
      element('summary', {}, `All ${some(checks.length, 'check')}`),
      element('ul', {}, checks.map(item))))];
}

function headline(fails, warns) {
  if (fails.length) {
    return `Backups are not safe: ${some(fails.length, 'check')} failed`;
  }
  return warns.length ? `Somebody should look: ${some(warns.length, 'warning')}` : 'All is well';
}

function item({ check, status, message, hint }) {
  return element('li', {}, element(`span.tag.${KINDS[status]}`, {}, status), ' ', element('strong', {}, check), ': ', message,
    hint && element('span.more', {}, ` ${hint}`));
}
