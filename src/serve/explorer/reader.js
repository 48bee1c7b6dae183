'use strict';
// A document with its claims marked in the text.

pages.reader = async (id, parameters) => {
  if (id === undefined) {
    return [heading('Documents'), searchable('documents', documentRow)];
  }
  const { document: it, claims: first, total } = await source.get(`documents/${encodeURIComponent(id)}`);
  const claims = [...first];
  while (claims.length < total) {
    const page = await source.get('claims', { document: id, offset: claims.length, limit: 500 });
    if (!page.claims.length) break;
    claims.push(...page.claims);
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
    if (known.overview.review) this.choose();
    const step = (by, words, key) => h('button', {
      type: 'button', title: `${words} (${key})`, 'aria-label': words, onclick: () => this.step(by),
    }, by < 0 ? '←' : '→');
    arrived.push(() => this.scroll('auto'));
    return [
      h('div', { class: 'heading' }, h('h1', { class: 'serif' }, it.title || it.id),
        h('p', { class: 'dim' }, facts.filter(Boolean).join(' · '), it.url && /^https?:/.test(it.url)
          && [' · ', h('a', { href: it.url, rel: 'noreferrer' }, 'source')])),
      form,
      h('p', { class: 'walk' }, step(-1, 'Claim before', 'k'), step(1, 'Next claim', 'j'), this.number, this.adding,
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
    if (!claims.length) return h('span', { 'data-from': from }, words);
    const shortest = claims.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
    const trigger = claims.some((claim) => claim.trigger_start <= from && to <= claim.trigger_end);
    const reported = shortest.source.length > 0 || shortest.via.length > 0;
    return h('mark', {
      class: `mark ${shortest.status} ${reported ? 'reported' : ''} ${trigger ? 'trigger' : ''} deep${Math.min(claims.length, 3)}`,
      'data-from': from, 'data-claims': claims.map((claim) => claim.id).join(' '),
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

  /** Words that are selected can be made a claim. */
  choose() {
    const add = h('button', { type: 'button', class: 'add', onclick: () => {
      const chosen = this.chosen() || { quote: '' };
      replace(this.panel, addForm(this.document, chosen, () => this.show(this.open, false)));
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
    else if (!(known.overview.review && this.open && judgeByKey(this.open, event.key, this.panel))) return;
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
