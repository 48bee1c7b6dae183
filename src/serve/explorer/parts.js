'use strict';
// What several views show: claims with their words, filters, lists, and states of waiting.

/** What every view looks up: acts by id, titles of documents that were met, what is decided. */
const known = { acts: new Map(), titles: new Map(), overview: undefined, verdicts: {}, revision: undefined };

const SIGNS = { for: '+', against: '−', conditional: '±', open: '?' };
const STATUSES = { actual: 'done', negated: 'not done', unrealised: 'not yet, or only possible' };

function past(act) {
  const it = known.acts.get(act);
  return it ? it.past : act;
}

/** `for`, `against` or `other`: which way an act leans. */
function side(act) {
  const it = known.acts.get(act);
  return (it && it.stance) || 'other';
}

function title(document) {
  return known.titles.get(document) || document;
}

/** People as links where they are known, in their words where not. */
function people(list) {
  const seen = new Set();
  const items = [];
  for (const it of list) {
    const key = it.id || `"${it.text}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (items.length) items.push(', ');
    items.push(it.id
      ? h('a', { href: at('actor', it.id) }, it.label || it.id)
      : h('span', { class: 'unknown', title: 'nobody knows who is meant' }, `“${line(it.text)}”`));
  }
  return items;
}

/** What a claim is about: a matter, the actors that its words name, or the words alone. */
function subject(claim) {
  const { matter, about } = claim;
  if (!matter) return undefined;
  if (matter.id) return h('a', { href: at('matter', matter.id) }, line(matter.label || matter.text));
  return about.length ? people(about) : `“${line(matter.text)}”`;
}

/** "Donald Trump proposed 30-day ceasefire → Russia “if Kyiv agrees”" */
function statement(claim) {
  const agent = people(claim.agent);
  return h('p', { class: 'statement' },
    agent.length ? agent : h('span', { class: 'unknown' }, 'somebody'), ' ',
    h('b', { class: `act ${side(claim.act)}` }, past(claim.act)),
    claim.matter && [' ', subject(claim)],
    claim.addressee.length > 0 && [' → ', people(claim.addressee)],
    claim.condition && [' ', h('span', { class: 'condition', title: 'what it depends on' }, `“${line(claim.condition.text)}”`)],
    claim.status !== 'actual' && [' ', h('span', { class: `badge ${claim.status}` }, STATUSES[claim.status])]);
}

/** The quote in its surroundings, its trigger marked. */
function quote(claim, withContext = true) {
  const words = Array.from(claim.quote);
  const [from, to] = [claim.trigger_start - claim.start, claim.trigger_end - claim.start];
  const inside = from >= 0 && to <= words.length;
  const part = (start, end) => line(words.slice(start, end).join(''));
  const core = inside
    ? [part(0, from), h('em', {}, part(from, to)), part(to)]
    : line(claim.quote);
  const context = (text) => withContext && h('span', { class: 'context' }, line(text));
  return h('blockquote', { cite: at('reader', claim.document, { claim: claim.id }) },
    context(begun(claim.before)), h('span', { class: 'core' }, core), context(ended(claim.after)));
}

/** What stands before a quote, from the beginning of its sentence if that is near. */
function begun(text) {
  const sentence = Math.max(...['. ', '! ', '? ', '.” ', '\n\n'].map((end) => {
    const place = text.lastIndexOf(end);
    return place < 0 ? -1 : place + end.length;
  }));
  if (sentence >= 0) return text.slice(sentence);
  const word = text.indexOf(' ');
  return word < 0 || text.length < 100 ? text : `…${text.slice(word)}`;
}

function ended(text) {
  const found = /[.!?]["”’]?(\s|$)|\n\n/.exec(text);
  if (found) return text.slice(0, found.index + found[0].trimEnd().length);
  const word = text.lastIndexOf(' ');
  return word < 0 || text.length < 100 ? text : `${text.slice(0, word)} …`;
}

/** Who says so, where, when, and how sure the reading is. */
function provenance(claim, short) {
  const chain = [...claim.via.map((it) => [it]), ...(claim.source.length ? [claim.source] : [])];
  const voice = chain.length
    ? ['according to ', chain.map((list, n) => [n ? ' → ' : '', people(list)])]
    : claim.document_author ? `${claim.document_author}, the author` : 'the document itself';
  return h('p', { class: 'provenance' },
    h('span', { class: chain.length ? 'voice reported' : 'voice' }, voice), ' · ',
    h('a', { href: at('reader', claim.document, { claim: claim.id }) },
      short ? claim.document : line(claim.document_title || claim.document)),
    ' · ', claim.time ? h('time', { datetime: claim.time }, day(claim.time))
      : h('span', { class: 'dim' }, claim.document_date ? `undated; text of ${day(claim.document_date)}` : 'undated'),
    ' · ', confidence(claim));
}

function confidence(claim) {
  const share = Math.round(claim.confidence * 100);
  return h('span', {
    class: 'confidence', title: `of such claims ${share} in 100 are right; ${reasons(claim).map(([name, words]) => `${name}: ${words}`).join('; ')}`,
  }, h('span', { class: 'meter', style: `--share: ${share}%` }), `${share} %`);
}

const AGREEMENTS = { neither: 'nobody finds one', rules: 'found by the rules alone', model: 'found by the network alone', both: 'rules and network find the same', differ: 'rules and network find different ones' };

/** What a claim rests on: who found it, and how sure the network is. */
function reasons(claim) {
  const { evidence: it } = claim;
  if (claim.extractor === 'decision') return [['read by', 'a person']];
  const share = (value) => `${Math.round(value * 100)} %`;
  return [
    ['read by', claim.extractor.split('+').map((it) => (it.startsWith('rules') ? `the rules (${it.split(':')[1] || 'in general'})` : 'the network')).join(' and ')],
    ['network', `this act ${share(it.model)}${it.other >= 0.005 ? `, the likeliest other ${share(it.other)}` : ''}`],
    ['who acts', AGREEMENTS[it.agent] + (it.agent_model > 0 ? ` (${share(it.agent_model)})` : '')],
    ['done or not', AGREEMENTS[it.status] + (it.status_model > 0 ? ` (${share(it.status_model)})` : '')],
    it.taught && ['ontology', 'an entry of your own found it'],
  ].filter(Boolean);
}

/** The same as a list. */
function why(claim) {
  return h('details', { class: 'why' }, h('summary', {}, `Why this is read so: ${Math.round(claim.confidence * 100)} in 100 such claims are right`),
    h('dl', {}, reasons(claim).map(([name, words]) => [h('dt', {}, name), h('dd', {}, words)])));
}

/** A claim as an item of a list. */
function card(claim) {
  if (claim.document_title) known.titles.set(claim.document, claim.document_title);
  return h('article', { class: `claim ${side(claim.act)}`, 'data-claim': claim.id },
    statement(claim), quote(claim), provenance(claim), verdict(claim), disputed(claim));
}

/** The questions in which others say otherwise; not the one whose page this is. */
function disputed(claim) {
  const { view, id } = address();
  const others = claim.disputes.filter((one) => view !== 'dispute' || one !== id);
  if (!others.length) return undefined;
  const place = h('p', { class: 'disputed' });
  // A dispute of what has been rejected may be none any more.
  source.get('disputes', { ids: others.join(',') }).then(({ disputes }) => {
    replace(place, disputes.length > 0 && ['Disputed: ', disputes.map((it, n) => [n > 0 && ' · ', h('a', { href: at('dispute', it.id) }, it.label)])]);
  }, () => {});
  return place;
}

function cards(claims) {
  return claims.length ? h('div', { class: 'cards' }, claims.map(card)) : empty('No claim fits.');
}

function empty(words) {
  return h('p', { class: 'state' }, words);
}

/** What a thing is called: of an actor or matter that is not there, its id. */
async function label(kind, id) {
  try {
    return (await source.get(`${kind}/${encodeURIComponent(id)}`)).label;
  } catch {
    return id;
  }
}

/** Claims of these ids, asked for when they are opened. */
async function named(ids) {
  if (!ids.length) return [];
  const claims = [];
  for (let from = 0; from < ids.length; from += 100) {
    const some = ids.slice(from, from + 100).join(',');
    claims.push(...(await source.get('claims', { ids: some, limit: 100 })).claims);
  }
  return claims;
}

/** Evidence behind a line that opens. */
function evidence(words, ids, open) {
  const inside = h('div', { class: 'evidence' });
  const details = h('details', { open }, h('summary', {}, words), inside);
  const fill = async () => {
    if (inside.childNodes.length) return;
    replace(inside, empty('Loading…'));
    try {
      replace(inside, cards(await named(ids)));
    } catch (error) {
      replace(inside, empty(error.message));
    }
  };
  details.addEventListener('toggle', () => details.open && fill());
  if (open) fill();
  return details;
}

/** A list that is filled page by page. */
function pagedList(kind, parameters, word, list, row, { size = 50, tools } = {}) {
  const more = h('p', { class: 'more' });
  const total = h('p', { class: 'dim', 'aria-live': 'polite' }, 'Loading…');
  let offset = 0;
  const next = async () => {
    replace(more, offset > 0 && 'Loading…');
    try {
      const page = await source.get(kind, { ...parameters, limit: size, offset });
      offset += page[kind].length;
      append(list, page[kind].map(row));
      replace(total, page.total ? count(page.total, word) : `No ${word} fits.`);
      replace(more, offset < page.total
        && h('button', { type: 'button', onclick: next }, `Show more of ${page.total.toLocaleString('en')}`));
    } catch (error) {
      replace(total);
      replace(more, failed(error, next));
    }
  };
  next();
  return h('div', {}, tools ? h('div', { class: 'walk' }, total, tools) : total, list, more);
}

/** Claims by their filters. */
function paged(parameters, tools) {
  return pagedList('claims', parameters, 'claim', h('div', { class: 'cards' }), card, { tools });
}

/** The most claims that are saved as a table. */
const MOST_ROWS = 20000;

/** All claims that fit, one a row, for a spreadsheet. */
async function claimRows(parameters) {
  const rows = [['id', 'who', 'act', 'matter', 'to_whom', 'condition', 'status', 'according_to', 'time', 'confidence', 'quote', 'document', 'title', 'document_date']];
  const names = (list) => [...new Set(list.map((it) => it.label || line(it.text)))].join('; ');
  for (let total = 1; rows.length - 1 < Math.min(total, MOST_ROWS);) {
    const page = await source.get('claims', { ...parameters, limit: 500, offset: rows.length - 1 });
    if (!page.claims.length) break;
    ({ total } = page);
    rows.push(...page.claims.map((it) => [it.id, names(it.agent), it.act, it.matter && line(it.matter.label || it.matter.text), names(it.addressee),
      it.condition && line(it.condition.text), it.status, names([...it.source, ...it.via]), it.time, it.confidence.toFixed(2), line(it.quote), it.document, it.document_title, it.document_date]));
  }
  return rows;
}

/** A button that saves what a form's filters leave. */
function saveClaims(parameters) {
  const button = h('button', { type: 'button', class: 'chip save', onclick: async () => {
    button.disabled = true;
    replace(button, 'Collecting…');
    try {
      saveAs('claims.csv', csv(await claimRows(parameters)), 'text/csv');
      replace(button, 'save as CSV');
    } catch (error) {
      replace(button, error.message);
    }
    button.disabled = false;
  } }, 'save as CSV');
  return button;
}

/** What could not be had, and a way to try again. */
function failed(error, again) {
  return h('div', { class: 'state', role: 'alert' }, h('p', {}, error.message), h('button', { type: 'button', onclick: again }, 'Try again'));
}

/** A labelled choice of a form. */
function choice(label, name, options, value) {
  return h('label', {}, h('span', {}, label),
    h('select', { name }, options.map(([id, words]) => h('option', { value: id, selected: id === value }, words))));
}

function field(label, name, value, attributes) {
  return h('label', {}, h('span', {}, label), h('input', { name, value: value || '', ...attributes }));
}

/** Acts that are met, as options. */
function actOptions() {
  const acts = [...known.acts.values()].filter((it) => it.claims);
  acts.sort((a, b) => b.claims - a.claims);
  return [['', 'any act'], ...acts.map((it) => [it.id, `${it.label} (${it.claims})`])];
}

const STATUS_OPTIONS = [['', 'any'], ['actual', 'done'], ['negated', 'not done'], ['unrealised', 'not yet, possible']];
const SURE_OPTIONS = [['', 'any'], ['0.3', '30 % or more'], ['0.5', '50 % or more'], ['0.7', '70 % or more']];

/** A form whose fields are told as they change. Many fields are folded up where there is little room. */
function filters(fields, onchange) {
  const form = h('form', { class: 'filters', onsubmit: (event) => event.preventDefault() }, fields);
  const inputs = [...form.elements].filter((it) => it.name);
  // The first of the options is no filter.
  const isSet = (it) => form.contains(it) && (it.options ? it.selectedIndex > 0 : it.value !== '');
  const number = h('span', { class: 'dim' });
  const clear = h('button', { type: 'button', class: 'chip clear', onclick: () => {
    for (const it of inputs) {
      if (it.options) it.selectedIndex = 0;
      else if (it.type === 'hidden') it.closest('.fixed').remove();
      else it.value = '';
    }
    form.dispatchEvent(new Event('input'));
    inputs[0].focus();
  } }, 'clear filters');
  const count = () => {
    const set = inputs.filter(isSet).length;
    clear.hidden = !set;
    replace(number, set > 0 && ` (${set})`);
  };
  let waiting;
  form.addEventListener('input', () => {
    count();
    clearTimeout(waiting);
    waiting = setTimeout(() => onchange(Object.fromEntries(new FormData(form))), 180);
  });
  if (inputs.length < 4) return form;
  form.append(clear);
  count();
  const wide = matchMedia('(min-width: 861px)');
  const folded = h('details', { class: 'filtering', open: wide.matches }, h('summary', {}, 'Filters', number), form);
  wide.addEventListener('change', () => { folded.open = wide.matches; });
  return folded;
}

/** A filter that came with the address, and a button that takes it away. */
function fixed(name, value, words) {
  const it = h('span', { class: 'fixed' }, h('input', { type: 'hidden', name, value }),
    h('button', { type: 'button', class: 'chip', 'aria-label': `Do not filter by ${words}`, onclick: () => {
      const form = it.closest('form');
      it.remove();
      form.dispatchEvent(new Event('input'));
    } }, `${words} ×`));
  return it;
}

/** Whom claims may be filtered by: those who do most, and whoever is chosen. */
async function actorOptions(chosen) {
  const { actors } = await source.get('actors', { limit: 200 });
  const names = actors.filter((it) => it.claims || it.addressed).map((it) => [it.id, it.label]);
  if (chosen && !names.some(([id]) => id === chosen)) names.unshift([chosen, await label('actors', chosen)]);
  return [['', 'anybody'], ...names];
}

/** Hands words over as a file. */
function saveAs(name, words, media) {
  const url = URL.createObjectURL(new Blob([words], { type: media }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Rows as CSV (RFC 4180). */
function csv(rows) {
  const cell = (value) => (/[",\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value);
  // A spreadsheet would take words that begin so for a formula.
  const inert = (value) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);
  return rows.map((row) => `${row.map((it) => cell(inert(String(it ?? '')))).join(',')}\r\n`).join('');
}

/** A list of links with numbers beside them, that can be searched. */
function searchable(kind, row) {
  const place = h('div', {});
  const show = (text) => replace(place, pagedList(kind, { text }, kind.slice(0, -1), h('ul', { class: 'rows' }), row));
  show('');
  let waiting;
  const input = h('input', {
    type: 'search', placeholder: 'Search', 'aria-label': 'Search this list', oninput: (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => show(event.target.value.trim()), 180);
    },
  });
  return [h('p', {}, input), place];
}

/** Stances of an actor or on a matter, oldest first, each with its evidence. */
function positions(stances, other) {
  const sorted = [...stances].sort((a, b) => (a.dates[0] || '').localeCompare(b.dates[0] || ''));
  const link = (it) => h('a', { href: at(other, it[other]) }, it[`${other}_label`]);
  const words = (it) => (other === 'actor' ? [link(it), ' ', h('b', {}, it.stance)] : [h('b', {}, it.stance), ' ', link(it)]);
  const one = (it) => h('div', { class: 'position' }, h('span', { class: `sign ${it.leaning}`, 'aria-hidden': 'true' }, SIGNS[it.leaning]),
    h('div', { class: 'held' }, h('span', {}, words(it)), it.changed && h('span', { class: 'badge changed' }, 'changed'),
      evidence(h('span', { class: 'dim' }, [count(it.count, 'claim'), it.dates.map(day).join(', '),
        it.sources.length ? `according to ${it.sources.join(', ')}` : ''].filter(Boolean).join(' · ')), it.claims)));
  const list = h('div', { class: 'positions' }, sorted.slice(0, HELD).map(one));
  const rest = sorted.slice(HELD);
  if (rest.length) {
    list.append(h('p', { class: 'more' }, h('button', { type: 'button', onclick: (event) => event.currentTarget.parentElement.replaceWith(...rest.map(one)) }, `Show ${rest.length.toLocaleString('en')} more`)));
  }
  return list;
}

/** How many stances are shown at first. */
const HELD = 40;
