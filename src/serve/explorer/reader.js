'use strict';
// A document with its claims marked in the text.

pages.reader = async (id, parameters) => {
  if (id === undefined) {
    return [heading('Documents'), searchable('documents', documentRow)];
  }
  const { document: whole, claims: first, total } = await source.get(`documents/${encodeURIComponent(id)}`);
  let it = whole;
  const claims = [...first];
  while (claims.length < total) {
    const page = await source.get('claims', { document: id, offset: claims.length, limit: 500 });
    if (!page.claims.length) break;
    claims.push(...page.claims);
  }
  // A long text comes in parts.
  for (let text = Array.from(it.text).length; text < it.length;) {
    const { document: part } = await source.get(`documents/${encodeURIComponent(id)}`, { from: text });
    text += Array.from(part.text).length;
    it = { ...it, text: it.text + part.text, blocks: [...it.blocks, ...part.blocks] };
    if (!part.text) break;
  }
  if (it.title) known.titles.set(it.id, it.title);
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
    this.hint = h('div', { class: 'hint', 'aria-hidden': 'true' });
    this.tints = this.tinted();
    /** What is asked for by the filters, as the address has it. */
    this.wanted = Object.fromEntries(FILTERS.map((name) => [name, parameters[name]]));
  }

  view() {
    const it = this.document;
    const facts = [it.author, it.publisher, day(it.date), count(it.words, 'word'), count(it.claims, 'claim')];
    const options = { act: ['Act', this.acts()], actor: ['Who', this.actors()], status: ['Status', STATUS_OPTIONS], voice: ['Voice', this.voices()], confidence: ['Sure', SURE_OPTIONS] };
    const form = filters(FILTERS.map((name) => choice(options[name][0], name, options[name][1], this.wanted[name])), (values) => {
      this.filter(values);
      this.keep();
    });
    this.filter(this.wanted);
    this.keys = (event) => this.key(event);
    document.addEventListener('keydown', this.keys);
    leaving.push(() => document.removeEventListener('keydown', this.keys));
    if (known.overview.review) this.choose();
    const step = (by, words, key) => h('button', {
      type: 'button', title: `${words} (${key})`, 'aria-label': words, onclick: () => this.step(by),
    }, by < 0 ? '←' : '→');
    arrived.push(() => this.scroll('auto'));
    return [
      h('div', { class: 'heading' }, h('h1', { class: 'serif' }, it.title || it.id),
        h('p', { class: 'dim' }, facts.filter(Boolean).join(' · '), it.url && /^https?:/.test(it.url)
          && [' · ', h('a', { href: it.url, rel: 'noreferrer' }, 'source')],
        it.license && [' · licence: ', /^https?:/.test(it.license) ? h('a', { href: it.license, rel: 'noreferrer license' }, it.license) : it.license])),
      form,
      h('p', { class: 'walk' }, step(-1, 'Claim before', 'k'), step(1, 'Next claim', 'j'), this.number, this.adding,
        h('span', { class: 'legend' }, h('span', { class: 'dim' }, 'The deed is:'),
          ...Object.entries(STATUSES).map(([status, words]) => h('span', { class: `mark ${status}` }, words)))),
      this.tints.size > 0 && h('p', { class: 'legend voices' }, h('span', { class: 'dim' }, 'Who says so:'), h('span', { class: 'mark actual' }, 'the document itself'),
        [...this.tints.values()].filter((it) => it.name).map((it) => h('span', { class: `mark actual reported voice${it.tint}` }, it.name)),
        this.tints.size > TINTS && h('span', { class: 'mark actual reported' }, 'others')),
      h('div', { class: 'reading' }, this.text, this.panel), this.hint,
    ];
  }

  /** The voices that are heard most, each with a tint of its own; all others share one. */
  tinted() {
    const heard = new Map();
    for (const claim of this.claims) {
      const voice = voiceOf(claim);
      if (voice) heard.set(voice.key, { name: voice.name, claims: ((heard.get(voice.key) || {}).claims || 0) + 1 });
    }
    const all = [...heard].sort((a, b) => b[1].claims - a[1].claims || (a[0] < b[0] ? -1 : 1));
    return new Map(all.map(([key, it], n) => [key, n < TINTS ? { tint: n, name: it.name } : {}]));
  }

  /** Whoever has a part in a claim, by name. */
  actors() {
    const met = new Map();
    for (const it of this.claims.flatMap((claim) => [...claim.agent, ...claim.addressee])) {
      if (it.id) met.set(it.id, it.label);
    }
    return [['', 'anybody'], ...[...met].sort((a, b) => a[1].localeCompare(b[1]))];
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

  /** Keeps in the address what is open and what is filtered for. */
  keep() {
    remember('reader', this.document.id, { claim: this.open && this.open.id, ...this.wanted });
  }

  filter(wanted) {
    this.wanted = wanted;
    const { act, actor, status, voice, confidence: least } = wanted;
    this.shown = this.claims.filter((claim) => {
      const reporters = [...claim.source, ...claim.via];
      return (!act || claim.act === act) && (!status || claim.status === status)
        && claim.confidence >= Number(least || 0)
        && (!actor || [...claim.agent, ...claim.addressee].some((it) => it.id === actor))
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
    this.heard = undefined;
    const sorted = [...cuts].sort((a, b) => a - b);
    const within = (from, to) => {
      const edges = [from, ...sorted.filter((place) => place > from && place < to), to];
      return edges.slice(1).map((end, n) => this.piece(characters.slice(edges[n], end).join(''), edges[n], end));
    };
    replace(this.text, rowsOf(parted(characters, this.document.blocks || [])).map((row) => {
      if (row.length > 1) return h('p', { class: 'table-row' }, row.map((it) => h('span', { class: it.kind }, within(it.from, it.to))));
      const [{ kind, from, to }] = row;
      const attributes = { class: `${kind} ${isWrapped(characters.slice(from, to).join('')) ? 'wrapped' : 'lines'}` };
      if (kind === 'heading') Object.assign(attributes, { role: 'heading', 'aria-level': 2 });
      return h(kind === 'quotation' ? 'blockquote' : 'p', attributes, within(from, to));
    }));
  }

  piece(words, from, to) {
    const claims = this.shown.filter((claim) => claim.start <= from && to <= claim.end);
    if (!claims.length) return h('span', { 'data-from': from }, words);
    const shortest = claims.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
    const trigger = claims.some((claim) => claim.trigger_start <= from && to <= claim.trigger_end);
    const voice = voiceOf(shortest);
    const { tint } = (voice && this.tints.get(voice.key)) || {};
    // Whoever speaks is named where another has spoken before.
    const isNew = voice && this.heard !== voice.key && /\w/.test(words);
    if (/\w/.test(words)) this.heard = voice && voice.key;
    return h('mark', {
      class: `mark ${shortest.status} ${voice ? 'reported' : ''} ${tint === undefined ? '' : `voice${tint}`} ${trigger ? 'trigger' : ''} deep${Math.min(claims.length, 3)}`,
      'data-from': from, 'data-claims': claims.map((claim) => claim.id).join(' '), 'data-voice': isNew ? voice.name : undefined,
      onclick: () => this.cycle(claims), onmouseenter: (event) => this.rest(event.currentTarget, shortest), onmouseleave: () => this.rest(),
    }, words);
  }

  /** What the words mean on which the pointer rests. */
  rest(mark, claim) {
    clearTimeout(this.resting);
    this.hint.replaceChildren();
    if (!mark || claim === this.open) return;
    this.resting = setTimeout(() => {
      const box = mark.getClientRects()[0];
      if (!box) return;
      replace(this.hint, statement(claim), provenance(claim, true));
      this.hint.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 380))}px`;
      const below = box.bottom + 8 + this.hint.offsetHeight < innerHeight;
      this.hint.style.top = `${below ? box.bottom + 8 : box.top - 8 - this.hint.offsetHeight}px`;
    }, 300);
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
    this.rest();
    this.open = claim;
    for (const mark of this.text.querySelectorAll('mark')) {
      mark.classList.toggle('open', Boolean(claim) && mark.dataset.claims.split(' ').includes(claim.id));
    }
    const place = this.shown.indexOf(claim);
    replace(this.number, claim ? `claim ${place + 1} of ${this.shown.length}` : count(this.shown.length, 'claim'));
    replace(this.panel, claim ? [h('button', { type: 'button', class: 'close', title: 'Close (Esc)', 'aria-label': 'Close the claim', onclick: () => this.show(undefined, true) }, '×'), this.details(claim)]
      : empty(this.shown.length ? 'Choose marked words for what is read in them, or walk through the claims with the keys j and k.' : 'No claim fits.'));
    this.panel.classList.toggle('idle', !claim);
    if (note) this.keep();
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
        fact(claim.about.length ? 'about' : 'matter', claim.matter && [subject(claim),
          claim.about.length > 0 && h('span', { class: 'dim' }, ` “${line(claim.matter.text)}”`)]),
        fact('condition', claim.condition && `“${line(claim.condition.text)}”`),
        fact('status', STATUSES[claim.status]),
        fact('time', claim.time && day(claim.time)),
        fact('voice', claim.source.length || claim.via.length ? 'reported' : 'the document itself'),
        fact('sure', confidence(claim)),
        fact('id', h('a', { href: at('claim', claim.id) }, h('code', {}, claim.id)))),
      why(claim),
      verdict(claim), disputed(claim),
    ];
  }

  /** Words that are selected can be made a claim. */
  choose() {
    const add = h('button', { type: 'button', class: 'add', onclick: () => {
      const chosen = this.chosen() || { quote: '' };
      replace(this.panel, addForm(this.document, chosen, () => this.show(this.open, false)));
      this.panel.classList.remove('idle');
      this.panel.scrollIntoView({ block: 'nearest' });
      this.panel.querySelector('textarea, input').focus();
    } }, 'add a claim');
    this.adding = add;
  }

  /** The words that are selected in the text, and where they stand. */
  chosen() {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return undefined;
    const range = selection.getRangeAt(0);
    if (!this.text.contains(range.commonAncestorContainer)) return undefined;
    const place = (node, offset) => {
      const piece = node.nodeType === Node.TEXT_NODE && node.parentElement.closest('[data-from]');
      return piece ? Number(piece.dataset.from) + Array.from(node.data.slice(0, offset)).length : undefined;
    };
    const [from, to] = [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)];
    if (from === undefined || to === undefined || to <= from) return { quote: selection.toString().trim() };
    const words = Array.from(this.document.text).slice(from, to).join('');
    const lead = Array.from(words).length - Array.from(words.trimStart()).length;
    return { quote: words.trim(), at: from + lead };
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
    else if (event.key === 'Escape' && this.open) this.show(undefined, true);
    else if (!(known.overview.review && this.open && judgeByKey(this.open, event.key, this.panel))) return;
    event.preventDefault();
  }
}

/** By what the claims of a document may be filtered. */
const FILTERS = ['act', 'actor', 'status', 'voice', 'confidence'];

/** How many voices have a tint of their own. */
const TINTS = 5;

/** Who says so: the nearest to the words, by name. */
function voiceOf(claim) {
  const [it] = claim.source.length ? claim.source : claim.via;
  return it && { key: it.id || `"${it.text}`, name: it.label || `“${line(it.text)}”` };
}

/** The blocks of a text, with what stands between them; none is lost. */
function parted(characters, blocks) {
  const found = [];
  let from = 0;
  const between = (to) => {
    for (const [start, end] of paragraphs(characters, from, to)) found.push({ kind: 'paragraph', from: start, to: end });
  };
  for (const it of blocks) {
    if (it.start < from) continue;
    between(it.start);
    let to = it.end;
    while (to > it.start && /\s/.test(characters[to - 1])) to -= 1;
    if (to > it.start) found.push({ kind: it.kind, from: it.start, to });
    from = it.end;
  }
  between(characters.length);
  return found.map((it, n) => ({ ...it, isOnNewLine: n === 0 || characters.slice(found[n - 1].to, it.from).includes('\n') }));
}

/** Cells that stand on one line are a row; all else is one by itself. */
function rowsOf(parts) {
  const rows = [];
  for (const it of parts) {
    const last = rows[rows.length - 1];
    if (last && !it.isOnNewLine) last.push(it);
    else rows.push([it]);
  }
  return rows;
}

/** Were its lines wrapped by hand? */
function isWrapped(text) {
  const lines = text.split('\n');
  return lines.length > 2 && Math.max(...lines.slice(0, -1).map((it) => it.length)) > 55;
}

/** From where to where paragraphs go, apart by empty lines. */
function paragraphs(characters, from, to) {
  const text = characters.slice(from, to);
  const found = [];
  let start = 0;
  const close = (end) => {
    if (/\S/.test(text.slice(start, end).join(''))) found.push([from + start, from + end]);
  };
  for (let n = 0; n < text.length; n += 1) {
    if (text[n] !== '\n') continue;
    let end = n + 1;
    while (end < text.length && /\s/.test(text[end])) end += 1;
    if (text.slice(n + 1, end).includes('\n')) {
      close(n);
      start = end;
    }
    n = end - 1;
  }
  close(text.length);
  return found;
}
