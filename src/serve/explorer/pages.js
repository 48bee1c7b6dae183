'use strict';
// The views that are read: overview, reader, actors, matters, disputes, stances, timeline.

const pages = {};

function heading(words, ...more) {
  return h('div', { class: 'heading' }, h('h1', {}, words), more);
}

function section(words, ...children) {
  return h('section', {}, h('h2', {}, words), children);
}

// --- Overview

pages.overview = async () => {
  const [{ actors }, { matters }, { disputes }, { stances }] = await Promise.all(
    ['actors', 'matters', 'disputes', 'stances'].map((kind) => source.get(kind)),
  );
  const it = known.overview;
  const changed = stances.filter((one) => one.changed);
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
      section('Who acts and who is heard', h('ul', { class: 'rows' }, actors.slice(0, 10).map(actorRow))),
      section('What it is about', h('ul', { class: 'rows' }, matters.slice(0, 10).map(matterRow))),
    ),
    disputes.length > 0 && section('What the voices disagree on', h('ul', { class: 'rows' }, disputes.slice(0, 6).map(disputeRow))),
    changed.length > 0 && section('Who is said to have changed position', positions(changed.slice(0, 12), 'matter')),
    section('What to be careful with', h('ul', { class: 'plain' },
      h('li', {}, `${count(it.weak.unsure, 'claim')} would be right in less than half of the cases; every claim shows its share.`),
      h('li', {}, `Of ${count(it.weak.unknown_agents, 'claim')} nobody knows who acts; the words stand in quotation marks.`),
      it.weak.unknown_sources > 0 && h('li', {}, `${count(it.weak.unknown_sources, 'claim')} have a source that is known by its words alone.`),
      h('li', {}, `${count(it.weak.single_document, 'matter')} with several claims rest on one document.`))),
    section('Documents', h('ul', { class: 'rows' }, [...known.documents.values()].slice(0, 12).map(documentRow)),
      known.documents.size > 12 && h('p', {}, h('a', { href: at('reader') }, 'all documents'))),
  ];
};

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
  const show = (values) => replace(list, paged(values));
  const form = filters([
    field('Words', 'text', parameters.text, { type: 'search' }),
    choice('Act', 'act', actOptions(), parameters.act),
    choice('Status', 'status', STATUS_OPTIONS, parameters.status),
    choice('Voice', 'voice', await voiceOptions(), parameters.voice),
    choice('Document', 'document', documentOptions(), parameters.document),
    choice('Sure', 'confidence', SURE_OPTIONS, parameters.confidence),
    field('From', 'from', parameters.from, { type: 'date' }),
    field('Until', 'until', parameters.until, { type: 'date' }),
    parameters.actor && h('input', { type: 'hidden', name: 'actor', value: parameters.actor }),
  ], (values) => {
    show(values);
    remember('claims', undefined, values);
  });
  show(parameters);
  return [heading('Claims'), form, list];
};

async function voiceOptions() {
  const { actors } = await source.get('actors');
  const voices = actors.filter((it) => it.reports).sort((a, b) => b.reports - a.reports).slice(0, 60);
  return [['', 'anybody'], ['author', 'the documents themselves'],
    ...voices.map((it) => [it.id, `${it.label} (${it.reports})`])];
}

function documentOptions() {
  return [['', 'all'], ...[...known.documents.values()].map((it) => [it.id, it.title || it.id])];
}

// --- Reader

pages.reader = async (id, parameters) => {
  if (id === undefined) {
    const all = [...known.documents.values()];
    return [heading('Documents'), searchable(all, (it) => `${it.title || ''} ${it.id} ${it.publisher || ''}`, documentRow)];
  }
  const { document: it, claims } = await source.get(`documents/${encodeURIComponent(id)}`);
  return new Reading(it, claims, parameters).view();
};

/** A document with its claims marked, of which one is open. */
class Reading {
  constructor(it, claims, parameters) {
    this.document = it;
    this.claims = claims;
    this.shown = claims;
    this.open = claims.find((claim) => claim.id === parameters.claim);
    this.text = h('article', { class: 'text', lang: 'en' });
    this.panel = h('aside', { class: 'panel', 'aria-label': 'The claim', 'aria-live': 'polite' });
    this.number = h('span', { class: 'dim' });
  }

  view() {
    const it = this.document;
    const facts = [it.author, it.publisher, day(it.date), count(it.words, 'word'), count(it.claims, 'claim')];
    const form = filters([
      choice('Act', 'act', this.acts()), choice('Status', 'status', STATUS_OPTIONS),
      choice('Voice', 'voice', this.voices()), choice('Sure', 'confidence', SURE_OPTIONS),
    ], (values) => this.filter(values));
    this.draw();
    this.show(this.open, false);
    this.keys = (event) => this.key(event);
    document.addEventListener('keydown', this.keys);
    leaving.push(() => document.removeEventListener('keydown', this.keys));
    const step = (by, words, key) => h('button', {
      type: 'button', title: `${words} (${key})`, 'aria-label': words, onclick: () => this.step(by),
    }, by < 0 ? '←' : '→');
    arrived.push(() => this.scroll('auto'));
    return [
      h('div', { class: 'heading' }, h('h1', { class: 'serif' }, it.title || it.id),
        h('p', { class: 'dim' }, facts.filter(Boolean).join(' · '), it.url && /^https?:/.test(it.url)
          && [' · ', h('a', { href: it.url, rel: 'noreferrer' }, 'source')])),
      form,
      h('p', { class: 'walk' }, step(-1, 'Claim before', 'k'), step(1, 'Next claim', 'j'), this.number,
        h('span', { class: 'legend' },
          h('span', { class: 'mark actual' }, 'done'), h('span', { class: 'mark negated' }, 'not done'),
          h('span', { class: 'mark unrealised' }, 'possible'), h('span', { class: 'mark actual reported' }, 'reported'))),
      h('div', { class: 'reading' }, this.text, this.panel),
    ];
  }

  acts() {
    const met = new Set(this.claims.map((claim) => claim.act));
    return [['', 'any act'], ...[...met].sort().map((act) => [act, act])];
  }

  voices() {
    const met = new Map();
    for (const it of this.claims.flatMap((claim) => [...claim.source, ...claim.via])) {
      if (it.id) met.set(it.id, it.label);
    }
    return [['', 'anybody'], ['author', 'the document itself'],
      ...[...met].sort((a, b) => a[1].localeCompare(b[1]))];
  }

  filter({ act, status, voice, confidence: least }) {
    this.shown = this.claims.filter((claim) => {
      const reporters = [...claim.source, ...claim.via];
      return (!act || claim.act === act) && (!status || claim.status === status)
        && claim.confidence >= Number(least || 0)
        && (!voice || (voice === 'author' ? !reporters.length : reporters.some((it) => it.id === voice)));
    });
    if (!this.shown.includes(this.open)) this.open = undefined;
    this.draw();
    this.show(this.open, false);
  }

  /** The text in pieces, each within the same claims. */
  draw() {
    const characters = Array.from(this.document.text);
    const cuts = new Set([0, characters.length]);
    for (const claim of this.shown) cuts.add(claim.start).add(claim.end);
    const pieces = paragraphs(characters);
    replace(this.text, pieces.map(([from, to, wrapped]) => {
      const places = [...cuts].filter((place) => place > from && place < to).sort((a, b) => a - b);
      const edges = [from, ...places, to];
      const inner = [];
      for (let n = 0; n + 1 < edges.length; n += 1) {
        inner.push(this.piece(characters.slice(edges[n], edges[n + 1]).join(''), edges[n], edges[n + 1]));
      }
      return h('p', { class: wrapped ? 'wrapped' : 'lines' }, inner);
    }));
  }

  piece(words, from, to) {
    const claims = this.shown.filter((claim) => claim.start <= from && to <= claim.end);
    if (!claims.length) return words;
    const shortest = claims.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
    const trigger = claims.some((claim) => claim.trigger_start <= from && to <= claim.trigger_end);
    const reported = shortest.source.length > 0 || shortest.via.length > 0;
    return h('mark', {
      class: `mark ${shortest.status} ${reported ? 'reported' : ''} ${trigger ? 'trigger' : ''} deep${Math.min(claims.length, 3)}`,
      'data-claims': claims.map((claim) => claim.id).join(' '),
      onclick: () => this.cycle(claims),
    }, words);
  }

  /** Opens the shortest of the claims here, or the one after that which is open. */
  cycle(claims) {
    const sorted = [...claims].sort((a, b) => (a.end - a.start) - (b.end - b.start));
    const now = sorted.indexOf(this.open);
    this.show(sorted[(now + 1) % sorted.length], true);
  }

  step(by) {
    if (!this.shown.length) return;
    const now = this.shown.indexOf(this.open);
    const next = now < 0 ? (by > 0 ? 0 : this.shown.length - 1)
      : (now + by + this.shown.length) % this.shown.length;
    this.show(this.shown[next], true);
    this.scroll('smooth');
  }

  show(claim, note) {
    this.open = claim;
    for (const mark of this.text.querySelectorAll('mark')) {
      mark.classList.toggle('open', Boolean(claim) && mark.dataset.claims.split(' ').includes(claim.id));
    }
    const place = this.shown.indexOf(claim);
    replace(this.number, claim ? `claim ${place + 1} of ${this.shown.length}` : count(this.shown.length, 'claim'));
    replace(this.panel, claim ? this.details(claim)
      : empty(this.shown.length ? 'Choose marked words, or walk through the claims with j and k.' : 'No claim fits.'));
    if (note) remember('reader', this.document.id, { claim: claim.id });
  }

  details(claim) {
    const fact = (name, value) => value && [h('dt', {}, name), h('dd', {}, value)];
    const roles = ['agent', 'addressee', 'source', 'via'];
    return [
      statement(claim),
      h('blockquote', {}, h('span', { class: 'core' }, line(claim.quote))),
      h('dl', {},
        roles.map((role) => claim[role].length > 0 && fact(role, [people(claim[role]),
          claim[role].some((it) => it.label && it.label !== it.text)
            && h('span', { class: 'dim' }, ` “${[...new Set(claim[role].map((it) => line(it.text)))].join('”, “')}”`)])),
        fact('matter', claim.matter && (claim.matter.id
          ? h('a', { href: at('matter', claim.matter.id) }, line(claim.matter.label)) : line(claim.matter.text))),
        fact('status', STATUSES[claim.status]),
        fact('time', claim.time && day(claim.time)),
        fact('voice', claim.source.length || claim.via.length ? 'reported' : 'the document itself'),
        fact('sure', confidence(claim)),
        fact('read by', claim.extractor),
        fact('id', h('code', {}, claim.id))),
      verdict(claim),
      claim.disputes.length > 0 && h('p', { class: 'disputed' }, 'Disputed: ',
        claim.disputes.map((it) => h('a', { href: at('dispute', it) }, 'see the other side'))),
    ];
  }

  scroll(behavior) {
    const mark = this.text.querySelector('mark.open');
    if (mark) mark.scrollIntoView({ block: 'center', behavior });
  }

  key(event) {
    const inField = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
    if (['j', 'n', 'ArrowRight'].includes(event.key)) this.step(1);
    else if (['k', 'p', 'ArrowLeft'].includes(event.key)) this.step(-1);
    else if (known.overview.review && this.open && 'axu'.includes(event.key)) {
      decide(this.open, { a: 'accept', x: 'reject', u: null }[event.key]);
    } else return;
    event.preventDefault();
  }
}

/** From where to where paragraphs go, and whether their lines were wrapped by hand. */
function paragraphs(characters) {
  const found = [];
  let from = 0;
  const close = (to) => {
    const lines = characters.slice(from, to).join('').split('\n');
    const length = Math.max(...lines.slice(0, -1).map((it) => it.length), 0);
    if (to > from) found.push([from, to, lines.length > 2 && length > 55]);
  };
  for (let n = 0; n < characters.length; n += 1) {
    if (characters[n] !== '\n') continue;
    let end = n + 1;
    while (end < characters.length && /\s/.test(characters[end])) end += 1;
    if (characters.slice(n + 1, end).includes('\n')) {
      close(n);
      from = end;
    }
    n = end - 1;
  }
  close(characters.length);
  return found;
}

// --- Actors, matters, disputes

pages.actors = async () => {
  const { actors } = await source.get('actors');
  return [heading('Actors'), searchable(actors, (it) => [it.label, ...it.names].join(' '), actorRow)];
};

pages.actor = async (id) => {
  const it = await source.get(`actors/${encodeURIComponent(id)}`);
  const [whom, { stances }, { disputes }, { events }] = await Promise.all([
    it.acts_for && label('actors', it.acts_for), source.get('stances', { actor: id }),
    source.get('disputes', { actor: id }), source.get('events', { actor: id }),
  ]);
  const names = it.names.filter((name) => name !== it.label);
  const tabs = [['agent', `does (${it.claims})`], ['source', `reports (${it.reports})`], ['addressee', `is addressed (${it.addressed})`]];
  const list = h('div', {});
  const show = ({ role, act, status }) => replace(list, paged({ actor: id, role, act, status }));
  show({ role: it.claims ? 'agent' : 'source' });
  return [
    heading(it.label,
      h('p', { class: 'dim' }, [it.role, it.kind.toLowerCase()].filter(Boolean).join(' · '),
        it.acts_for && [' · acts for ', h('a', { href: at('actor', it.acts_for) }, whom)],
        it.wikidata && [' · ', h('a', { href: `https://www.wikidata.org/wiki/${it.wikidata}`, rel: 'noreferrer' }, 'Wikidata')],
        ' · ', h('a', { href: at('graph', undefined, { actor: id }) }, 'in the graph')),
      names.length > 0 && h('p', { class: 'dim' }, `in the texts: “${names.map(line).join('”, “')}”`)),
    stances.length > 0 && section('Where it stands', positions(stances, 'matter')),
    disputes.length > 0 && section('In dispute', h('ul', { class: 'rows' }, disputes.map(disputeRow))),
    events.some((one) => one.time) && section('When', h('ul', { class: 'rows' }, events.filter((one) => one.time)
      .sort((a, b) => a.time.localeCompare(b.time)).slice(0, 40).map(eventRow))),
    section('In their words', filters([
      choice('It', 'role', tabs, it.claims ? 'agent' : 'source'), choice('Act', 'act', actOptions()),
      choice('Status', 'status', STATUS_OPTIONS)], show), list),
  ];
};

function eventRow(it) {
  return h('li', { class: 'event' }, h('time', { datetime: it.time }, day(it.time)), evidence(it.label, it.claims));
}

pages.matters = async () => {
  const { matters } = await source.get('matters');
  return [heading('Matters'), searchable(matters, (it) => [it.label, ...it.names].join(' '), matterRow)];
};

pages.matter = async (id) => {
  const it = await source.get(`matters/${encodeURIComponent(id)}`);
  const [{ stances }, { disputes }, wider] = await Promise.all([
    source.get('stances', { matter: id }), source.get('disputes', { matter: id }),
    Promise.all(it.broader.map((one) => label('matters', one))),
  ]);
  const names = it.names.filter((name) => name !== it.label);
  const column = (leaning, words) => {
    const held = stances.filter((one) => one.leaning === leaning);
    return held.length > 0 && h('div', {}, h('h3', {},
      h('span', { class: `sign ${leaning}`, 'aria-hidden': 'true' }, SIGNS[leaning]), ` ${words}`), positions(held, 'actor'));
  };
  const sides = [column('for', 'for it'), column('conditional', 'under a condition'), column('against', 'against it'), column('open', 'open')];
  return [
    heading(it.label,
      h('p', { class: 'dim' }, [...it.attributes.map(([name, value]) => `${name}: ${value}`),
        ...it.issues.slice(0, 3).map((issue) => issue.replace(/-/g, ' '))].join(' · '),
      it.broader.map((one, n) => [' · part of ', h('a', { href: at('matter', one) }, wider[n])])),
      names.length > 0 && h('p', { class: 'dim' }, `in the texts: “${names.map(line).join('”, “')}”`)),
    sides.some(Boolean) && section('Who stands where', h('div', { class: 'columns' }, sides)),
    disputes.length > 0 && section('In dispute', h('ul', { class: 'rows' }, disputes.map(disputeRow))),
    section('All that is said of it', paged({ matter: id })),
  ];
};

pages.disputes = async () => {
  const { disputes } = await source.get('disputes');
  return [heading('Disputes', h('p', { class: 'dim' }, 'What the voices disagree on, the most telling first. Both sides stay.')),
    disputes.length ? h('ul', { class: 'rows' }, disputes.map(disputeRow)) : empty('The voices do not contradict each other.')];
};

const KINDS = { agent: 'who did it', status: 'whether it is so', matter: 'what exactly it was', quantity: 'how many or how long' };

pages.dispute = async (id) => {
  const it = await source.get(`disputes/${encodeURIComponent(id)}`);
  const [about, ...sides] = await Promise.all([it.matter && label('matters', it.matter),
    ...it.sides.map((one) => named(one.claims))]);
  return [
    heading(it.label, h('p', { class: 'dim' }, `In question: ${KINDS[it.kind] || it.kind}`,
      it.matter && [' · ', h('a', { href: at('matter', it.matter) }, about)])),
    h('div', { class: 'sides' }, it.sides.map((one, n) => {
      const voices = one.voices.map((voice) => voice || 'the author').join(', ');
      return h('section', { class: 'side' }, h('h2', {}, one.label),
        h('p', { class: 'dim' }, `according to ${voices || 'the documents'}`), cards(sides[n]));
    })),
  ];
};

// --- Review

/** Claims to judge, those first that are most worth it, and what has been decided. */
pages.review = async () => {
  const all = await source.get('claims', { limit: 1000 });
  known.verdicts = (await source.fetch('api/decisions')).verdicts;
  const decided = Object.keys(known.verdicts);
  const open = all.claims.filter((claim) => !known.verdicts[claim.id]);
  // What is disputed counts most, then what is as likely right as wrong.
  const worth = (claim) => claim.disputes.length * 2 + 1 - Math.abs(claim.confidence - 0.5) * 2;
  open.sort((a, b) => worth(b) - worth(a) || a.id.localeCompare(b.id));
  const name = h('input', { value: reviewer() || '', 'aria-label': 'Your name', placeholder: 'Your name', oninput: (event) => reviewer(event.target.value) });
  return [
    heading('Review', h('p', { class: 'dim' }, `${count(decided.length, 'claim')} of ${known.overview.claims} decided. `,
      'A verdict is in the file at once, and in the graph when it is built again with ', h('code', {}, 'demarche build --decisions FILE'), '.'),
    h('p', {}, h('label', {}, 'Verdicts are given by ', name))),
    section('To decide', h('p', { class: 'dim' }, 'Disputed claims first, then those that are as likely wrong as right.'), cards(open.slice(0, 30))),
    decided.length > 0 && section('Decided', cards(await named(decided))),
  ];
};

// --- Stances

pages.stances = async (id, parameters) => {
  const { stances } = await source.get('stances');
  if (!stances.length) return [heading('Who stands where'), empty('No claim says who stands where.')];
  const place = h('div', {});
  const opened = h('div', { class: 'opened', 'aria-live': 'polite' });
  const draw = ({ text = '', size = '8' }) => replace(place, matrix(stances, text.toLowerCase(), Number(size), opened));
  draw(parameters);
  return [
    heading('Who stands where', h('p', { class: 'legend' }, Object.entries({ for: 'for', conditional: 'under a condition', against: 'against', open: 'open' })
      .map(([leaning, words]) => h('span', {}, h('span', { class: `sign ${leaning}` }, SIGNS[leaning]), ` ${words}`)))),
    filters([field('Actor or matter', 'text', parameters.text, { type: 'search' }),
      choice('Matters', 'size', [['8', 'the main 8'], ['16', 'the main 16'], ['60', 'the main 60']], parameters.size)],
    (values) => { draw(values); remember('stances', undefined, values); }),
    place, opened,
  ];
};

function matrix(stances, text, size, opened) {
  const cells = new Map();
  const [actors, matters] = [new Map(), new Map()];
  const fits = stances.filter((it) => !text || `${it.actor_label} ${it.matter_label}`.toLowerCase().includes(text));
  for (const it of fits) {
    const key = `${it.actor}\n${it.matter}`;
    if (!cells.has(key)) {
      cells.set(key, []);
      for (const [map, id, label] of [[actors, it.actor, it.actor_label], [matters, it.matter, it.matter_label]]) {
        if (!map.has(id)) map.set(id, { id, label, cells: 0, claims: 0 });
        map.get(id).cells += 1;
      }
    }
    cells.get(key).push(it);
    actors.get(it.actor).claims += it.claims.length;
    matters.get(it.matter).claims += it.claims.length;
  }
  const ranked = (map) => [...map.values()].sort((a, b) => b.cells - a.cells || b.claims - a.claims || a.id.localeCompare(b.id));
  const columns = ranked(matters).slice(0, size);
  const has = (actor) => columns.some((matter) => cells.has(`${actor.id}\n${matter.id}`));
  const rows = ranked(actors).filter(has).slice(0, 2 * size);
  if (!rows.length) return empty('Nobody of this name stands anywhere.');
  const cell = (actor, matter) => {
    const held = cells.get(`${actor.id}\n${matter.id}`);
    if (!held) return h('td', {});
    const sorted = [...held].sort((a, b) => (a.dates[0] || '').localeCompare(b.dates[0] || ''));
    const words = sorted.map((it) => it.stance).join(sorted[0].changed ? ' → ' : ' / ');
    const open = async (event) => {
      for (const it of document.querySelectorAll('td.shown')) it.classList.remove('shown');
      event.currentTarget.closest('td').classList.add('shown');
      replace(opened, h('h2', {}, `${actor.label} on ${matter.label}`), positions(sorted, 'matter'));
      for (const it of opened.querySelectorAll('details')) it.open = true;
      opened.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    };
    const leanings = [...new Set(sorted.map((it) => it.leaning))];
    return h('td', { class: `cell ${leanings.length > 1 ? 'mixed' : leanings[0]}` },
      h('button', { type: 'button', title: `${actor.label} ${words}: ${matter.label}`, onclick: open },
        leanings.map((it) => h('span', { class: `sign ${it}`, 'aria-hidden': 'true' }, SIGNS[it])), h('span', {}, words)));
  };
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Matrix of actors and matters' },
    h('table', { class: 'matrix' },
      h('thead', {}, h('tr', {}, h('th', {}, h('span', { class: 'hidden' }, 'Actor')), columns.map((matter) => h('th', { scope: 'col' },
        h('a', { href: at('matter', matter.id) }, matter.label))))),
      h('tbody', {}, rows.map((actor) => h('tr', {}, h('th', { scope: 'row' }, h('a', { href: at('actor', actor.id) }, actor.label)),
        columns.map((matter) => cell(actor, matter)))))),
    (rows.length < actors.size || columns.length < matters.size)
      && h('p', { class: 'dim' }, `${rows.length} of ${actors.size} actors and ${columns.length} of ${matters.size} matters; search or choose more to see others.`));
}

// --- Timeline

pages.timeline = async (id, parameters) => {
  const { events } = await source.get('events');
  const dated = events.filter((it) => it.time && !it.time.startsWith('--'))
    .sort((a, b) => first(a, 10).localeCompare(first(b, 10)) || a.time.localeCompare(b.time));
  if (!dated.length) return [heading('Timeline'), empty('No event has a date.')];
  const place = h('div', {});
  const draw = (from, until) => {
    const shown = dated.filter((it) => (!from || first(it, from.length) >= from) && (!until || first(it, until.length) <= until));
    replace(place, bars(shown, from ? () => { draw(); remember('timeline'); } : undefined, (one, two) => {
      draw(one, two);
      remember('timeline', undefined, { from: one, until: two });
    }), byDay(shown));
  };
  draw(parameters.from, parameters.until);
  const undated = events.length - dated.length;
  return [heading('Timeline', h('p', { class: 'dim' }, `${count(dated.length, 'event')} with a date`, undated > 0 && `, ${undated} without`)), place];
};

/** How many claims tell of each day, month or year; what is chosen is drawn larger. */
function bars(events, back, onchoose) {
  if (!events.length) return empty('Nothing then.');
  const length = [10, 7, 4].find((it) => spread(events, it) <= 92) || 4;
  const steps = spanned(events, length);
  const sums = new Map(steps.map((step) => [step, 0]));
  for (const it of events) {
    const step = first(it, length);
    sums.set(step, (sums.get(step) || 0) + it.claims.length);
  }
  const most = Math.max(...sums.values());
  const [width, height] = [1000, 110];
  const wide = width / steps.length;
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', class: 'bars', role: 'group', 'aria-label': 'Claims over time' },
    steps.map((step, n) => {
      const sum = sums.get(step);
      if (!sum) return undefined;
      const tall = Math.max(3, (sum / most) * height);
      const choose = () => onchoose(step, step);
      return svg('rect', {
        x: n * wide + Math.max(0, (wide - 60) / 2), y: height - tall, width: Math.max(1, Math.min(wide - 2, 60)), height: tall, tabindex: 0, role: 'button', 'aria-label': `${day(step)}: ${count(sum, 'claim')}`,
        onclick: choose, onkeydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(); } },
      }, svg('title', {}, `${day(step)}: ${count(sum, 'claim')}`));
    }));
  return h('figure', { class: 'timeline' }, drawing,
    h('figcaption', { class: 'dim' }, h('span', {}, day(steps[0])), back && h('button', { type: 'button', onclick: back }, 'all dates'),
      h('span', {}, steps.length > 1 && day(steps[steps.length - 1]))));
}

/** The day, month or year (10, 7 or 4 characters) in which an event begins. */
function first(event, length) {
  const start = event.time.split('/')[0];
  return `${start}${'-01-01'.slice(start.length - 4)}`.slice(0, length);
}

function spanned(events, length, most) {
  return range(first(events[0], length), first(events[events.length - 1], length), most);
}

function spread(events, length) {
  return spanned(events, length, 100).length;
}

/** All days, months or years from one to another. */
function range(from, until, most = 2000) {
  const found = [];
  let now = from;
  while (now <= until && found.length < most) {
    found.push(now);
    const [year, month, date] = now.split('-').map(Number);
    const next = now.length === 4 ? new Date(Date.UTC(year + 1, 0)) : now.length === 7
      ? new Date(Date.UTC(year, month)) : new Date(Date.UTC(year, month - 1, date + 1));
    now = next.toISOString().slice(0, now.length);
  }
  return found;
}

function byDay(events) {
  const days = new Map();
  for (const it of events) days.set(it.time, [...(days.get(it.time) || []), it]);
  return [...days].map(([time, list]) => h('section', { class: 'day' }, h('h2', {}, day(time)),
    list.map((it) => evidence([it.label, it.place && h('span', { class: 'dim' }, `in ${it.place}`),
      h('span', { class: 'dim' }, count(it.claims.length, 'claim'))], it.claims))));
}
