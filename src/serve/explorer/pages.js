'use strict';
// The overview, claims by filters, and what the lists of several views share.

const pages = {};

function heading(words, ...more) {
  return h('div', { class: 'heading' }, h('h1', {}, words), more);
}

function section(words, ...children) {
  return h('section', {}, h('h2', {}, words), children);
}

// --- Overview

pages.overview = async () => {
  const [{ actors }, { matters }, { disputes }, { stances: changed }, { documents }, matrix, chart] = await Promise.all([
    source.get('actors', { limit: 10 }), source.get('matters', { limit: 10 }), source.get('disputes', { limit: 6 }),
    source.get('stances', { changed: true, limit: 12 }), source.get('documents', { limit: 12 }), source.get('matrix', { size: 4 }), source.get('timeline'),
  ]);
  const it = known.overview;
  const figure = (number, words, href) => h('a', { class: 'figure', href },
    h('b', {}, number.toLocaleString('en')), ` ${words}`);
  const span = it.from && `${day(it.from)} – ${day(it.until)}`;
  return [
    heading('Who said what, according to whom', span && h('p', { class: 'dim' }, span)),
    h('div', { class: 'figures' },
      figure(it.documents, 'documents', at('reader')), figure(it.claims, 'claims', at('claims')),
      figure(it.actors, 'actors', at('actors')), figure(it.matters, 'matters', at('matters')),
      figure(it.disputes, 'disputes', at('disputes')), figure(it.events, 'events', at('timeline'))),
    h('div', { class: 'columns' },
      section('Who acts and who is heard', h('ul', { class: 'rows' }, actors.map(actorRow))),
      section('What it is about', h('ul', { class: 'rows' }, matters.map(matterRow))),
    ),
    disputes.length > 0 && section('What the voices disagree on', h('ul', { class: 'rows' }, disputes.map(disputeRow)),
      it.disputes > disputes.length && h('p', {}, h('a', { href: at('disputes') }, 'all disputes'))),
    changed.length > 0 && section('Who is said to have changed position', positions(changed, 'matter')),
    matrix.stances.length > 0 && section('Who stands where', grid(matrix), h('p', {}, h('a', { href: at('stances') }, 'all stances'))),
    chart.steps.length > 0 && section('When it happened', new Timeline(undefined, {}).bars(chart, (from, until) => { location.hash = at('timeline', undefined, { from, until }); }),
      h('p', {}, h('a', { href: at('timeline') }, 'the whole timeline'))),
    section('What to be careful with', h('ul', { class: 'plain' },
      weak('unsure', it.weak.unsure, (claims) => [claims, ' may well be misread: fewer than half of such claims are right. Every claim shows how sure it is.']),
      weak('agent', it.weak.unknown_agents, (claims) => ['In ', claims, ' it is not known who acts; the words of the text stand in quotation marks.']),
      weak('source', it.weak.unknown_sources, (claims) => [claims, ` ${it.weak.unknown_sources === 1 ? 'rests' : 'rest'} on a source that is not known by name.`]),
      it.weak.single_document > 0 && h('li', {}, h('a', { href: at('claims', undefined, { weak: 'document' }) }, count(it.weak.single_document, 'matter')), ` with several claims ${it.weak.single_document === 1 ? 'rests' : 'rest'} on one document.`))),
    section('Documents', h('ul', { class: 'rows' }, documents.map(documentRow)),
      it.documents > documents.length && h('p', {}, h('a', { href: at('reader') }, 'all documents'))),
  ];
};

/** What is weak in a way, with the claims that are. */
function weak(kind, many, words) {
  return many > 0 && h('li', {}, words(h('a', { href: at('claims', undefined, { weak: kind }) }, count(many, 'claim'))));
}

const WEAK_OPTIONS = [['', 'any'], ['agent', 'not known who acts'], ['source', 'source not known by name'],
  ['unsure', 'may well be misread'], ['document', 'matter of one document alone']];

function actorRow(it) {
  return h('li', {}, h('a', { href: at('actor', it.id) }, it.label),
    h('span', { class: 'dim' }, it.role || it.kind.toLowerCase()),
    h('span', { class: 'numbers' }, [count(it.claims, 'claim'), it.reports ? `source of ${it.reports}` : '']
      .filter(Boolean).join(' · ')));
}

function matterRow(it) {
  return h('li', {}, h('a', { href: at('matter', it.id) }, it.label),
    h('span', { class: 'dim' }, it.issues[0] ? it.issues[0].replace(/-/g, ' ') : ''),
    h('span', { class: 'numbers' }, `${count(it.claims, 'claim')} · ${count(it.actors, 'actor')}`));
}

function disputeRow(it) {
  return h('li', {}, h('a', { href: at('dispute', it.id) }, it.label),
    h('span', { class: 'dim' }, it.sides.map((one) => one.label).join(' / ')),
    h('span', { class: 'numbers' }, count(it.sides.reduce((sum, one) => sum + one.claims.length, 0), 'claim')));
}

function documentRow(it) {
  return h('li', {}, h('a', { href: at('reader', it.id) }, it.title || it.id),
    h('span', { class: 'dim' }, [it.publisher, day(it.date)].filter(Boolean).join(', ')),
    h('span', { class: 'numbers' }, count(it.claims, 'claim')));
}

// --- Claims by filters

pages.claims = async (id, parameters) => {
  const list = h('div', {});
  const show = (values) => replace(list, paged(values, saveClaims(values)));
  const hidden = await Promise.all(['matter', 'called'].filter((name) => parameters[name])
    .map(async (name) => fixed(name, parameters[name], name === 'matter' ? await label('matters', parameters[name]) : `“${parameters[name]}”`)));
  const form = filters([
    field('Words', 'text', parameters.text, { type: 'search' }),
    choice('Who', 'actor', await actorOptions(parameters.actor), parameters.actor),
    choice('Act', 'act', actOptions(), parameters.act),
    choice('Status', 'status', STATUS_OPTIONS, parameters.status),
    choice('Voice', 'voice', await voiceOptions(), parameters.voice),
    choice('Document', 'document', await documentOptions(parameters.document), parameters.document),
    choice('Sure', 'confidence', SURE_OPTIONS, parameters.confidence),
    choice('Doubtful', 'weak', WEAK_OPTIONS, parameters.weak),
    field('From', 'from', parameters.from, { type: 'date' }),
    field('Until', 'until', parameters.until, { type: 'date' }),
    choice('Order', 'order', [['', 'as in the texts'], ['time', 'by time'], ['sure', 'surest first'], ['worth', 'disputed, unsure first']], parameters.order),
    hidden,
  ], (values) => {
    show(values);
    remember('claims', undefined, values);
  });
  show(parameters);
  return [heading('Claims'), form, list];
};

async function voiceOptions() {
  const { actors } = await source.get('actors', { order: 'reports', limit: 60 });
  const voices = actors.filter((it) => it.reports);
  return [['', 'anybody'], ['author', 'the documents themselves'],
    ...voices.map((it) => [it.id, `${it.label} (${it.reports})`])];
}

/** The first documents, and the one that is chosen. */
async function documentOptions(chosen) {
  const { documents, total } = await source.get('documents', { limit: 200 });
  const options = documents.map((it) => [it.id, it.title || it.id]);
  if (chosen && !documents.some((it) => it.id === chosen)) options.unshift([chosen, title(chosen)]);
  return [['', total > documents.length ? `all ${total.toLocaleString('en')}` : 'all'], ...options];
}
