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
    : [claim.document_author || 'the document', ' itself'];
  return h('p', { class: 'provenance' },
    h('span', { class: chain.length ? 'voice reported' : 'voice' }, voice), ' · ',
    h('a', { href: at('reader', claim.document, { claim: claim.id }) },
      short ? claim.document : line(claim.document_title || claim.document)),
    ' · ', claim.time ? h('time', { datetime: claim.time }, day(claim.time))
      : [h('span', { class: 'dim' }, 'undated; text of '), day(claim.document_date) || 'no date'],
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
    statement(claim), quote(claim), provenance(claim), verdict(claim),
    claim.disputes.length > 0 && h('p', { class: 'disputed' }, 'Disputed: ',
      claim.disputes.map((id) => h('a', { href: at('dispute', id) }, 'see the other side'))));
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
function pagedList(kind, parameters, word, list, row, size = 50) {
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
  return h('div', {}, total, list, more);
}

/** Claims by their filters. */
function paged(parameters) {
  return pagedList('claims', parameters, 'claim', h('div', { class: 'cards' }), card);
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

/** A form whose fields are told as they change. */
function filters(fields, onchange) {
  const form = h('form', { class: 'filters', onsubmit: (event) => event.preventDefault() }, fields);
  let waiting;
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => onchange(Object.fromEntries(new FormData(form))), 180);
  });
  return form;
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
  const words = (it) => (other === 'actor' ? [it.actor_label, ' ', h('b', {}, it.stance)]
    : [h('b', {}, it.stance), ' ', it.matter_label]);
  return h('div', { class: 'positions' }, sorted.map((it) => h('div', { class: 'position' }, evidence(
    [h('span', { class: `sign ${it.leaning}`, 'aria-hidden': 'true' }, SIGNS[it.leaning]),
      h('span', {}, words(it)),
      it.changed && h('span', { class: 'badge changed' }, 'changed'),
      it.count > 1 && h('span', { class: 'dim' }, count(it.count, 'claim')),
      h('span', { class: 'dim' }, [it.dates.map(day).join(', '), it.sources.length ? `according to ${it.sources.join(', ')}` : '']
        .filter(Boolean).join(' · '))],
    it.claims,
  ), h('a', { href: at(other, it[other]), title: it[`${other}_label`] }, other, h('span', { class: 'hidden' }, ` ${it[`${other}_label`]}`)))));
}
