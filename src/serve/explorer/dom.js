'use strict';
// Elements made of data. Words become text nodes, never markup, whatever they hold.

/** An element: `h('a', { href, class: 'x', onclick }, 'words', child, [more])`. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

/** An element of a drawing. */
function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** The address of a view: `at('reader', '001', { claim: 'x' })`. */
function at(view, id, parameters) {
  const path = id === undefined ? view : `${view}/${encodeURIComponent(id)}`;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters || {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  }
  const tail = query.toString();
  return `#/${path}${tail ? `?${tail}` : ''}`;
}

/** "1 claim", "2 claims", "1,204 claims". */
function count(number, word, plural) {
  const many = plural || (/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`);
  return `${number.toLocaleString('en')} ${number === 1 ? word : many}`;
}

/** Words on one line. */
function line(text) {
  return (text || '').replace(/\s+/g, ' ');
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
  'September', 'October', 'November', 'December'];

/** A time of ISO 8601 as people write it: "18 March 2025". */
function day(time) {
  if (!time) return '';
  if (time.includes('/')) return time.split('/').map(day).join(' – ');
  const yearless = /^--(\d\d)-(\d\d)$/.exec(time);
  if (yearless) return `${Number(yearless[2])} ${MONTHS[yearless[1] - 1]}`;
  const [year, month, date] = time.split('-');
  const name = month ? MONTHS[Number(month) - 1] : undefined;
  return [date && Number(date), name, year].filter(Boolean).join(' ');
}

const UNITS = { D: 'day', W: 'week', M: 'month', Y: 'year' };

/** A duration of ISO 8601 as people write it: "30 days"; other words as they are. */
function span(value) {
  const [, number, unit] = /^P(\d+)([DWMY])$/.exec(value) || [];
  return unit ? count(Number(number), UNITS[unit]) : value;
}
