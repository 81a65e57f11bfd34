// Numbers, sizes and times as people read them.

const COUNTS = new Intl.NumberFormat('en');
const AGES = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const MOMENTS = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const SIZES = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
const SPANS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1000]];

/** @returns {string} `1,234`; a dash where there is none */
export function count(number) {
  return number === null || number === undefined ? '–' : COUNTS.format(number);
}

/** @returns {string} `+12`, `-3`, `0` */
export function change(number) {
  return number > 0 ? `+${count(number)}` : count(number);
}

/** @returns {string} `2.3 MiB`; a dash where there is none */
export function size(bytes) {
  if (bytes === null || bytes === undefined) {
    return '–';
  }
  let unit = 0;
  let amount = bytes;
  while (amount >= 1024 && unit < SIZES.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${unit === 0 ? amount : amount.toFixed(amount < 10 ? 1 : 0)} ${SIZES[unit]}`;
}

/** @returns {string} `340 ms`, `12.3 s`, `4 min 10 s`, `2 h 5 min`; a dash where there is none */
export function time(millis) {
  if (millis === null || millis === undefined) {
    return '–';
  }
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  if (millis < 60_000) {
    return `${(millis / 1000).toFixed(1)} s`;
  }
  const minutes = Math.floor(millis / 60_000);
  return minutes < 60
    ? `${minutes} min ${Math.floor(millis / 1000) % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @returns {Date|null} a moment as Neo4j writes it: with the name of its zone behind, which no browser reads */
export function moment(text) {
  const date = text ? new Date(text.replace(/\[.*\]$/, '')) : null;
  return date && !Number.isNaN(date.getTime()) ? date : null;
}

/** @returns {string} `3 hours ago`, `in 2 days`, `just now` */
export function age(date, now = Date.now()) {
  const millis = date.getTime() - now;
  const [unit, span] = SPANS.find(([, length]) => Math.abs(millis) >= length) ?? SPANS.at(-1);
  return Math.abs(millis) < 5000 ? 'just now' : AGES.format(Math.trunc(millis / span), unit);
}

/** @returns {string} day and time by the clock of whoever looks */
export function clock(date) {
  return MOMENTS.format(date);
}

/** @returns {string} `1 backup`, `3 backups` */
export function some(number, noun, nouns = `${noun}s`) {
  return `${count(number)} ${number === 1 ? noun : nouns}`;
}
