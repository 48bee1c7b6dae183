'use strict';
// Decisions of a person, where the server takes them: on claims, actors and matters.

const PARTS = ['agent', 'addressee', 'source', 'via'];

/** Heeds what is decided, from an answer of the server; says whether it is news. */
function heed(all) {
  const stamp = `${all.revision} ${all.total}`;
  const isNew = known.stamp !== undefined && known.stamp !== stamp;
  [known.stamp, known.verdicts, known.entries, known.total] = [stamp, all.verdicts, all.entries, all.total];
  return isNew;
}

/** Writes a decision down; what is shown follows. A form stays open where it could not be taken. */
async function decide(decision, words, stay) {
  const all = await source.decide({ ...decision, by: reviewer() });
  heed(all);
  const id = !decision.undo && !decision.withdraw && all.entries[0] && all.entries[0].id;
  const lost = all.entries[0] && !decision.undo && all.entries[0].lost;
  tell(lost ? `Written down, but it changes nothing: ${lost}` : all.pending ? `${words} The views follow in a moment.` : words, id && !stay && (() => undo(id)));
  known.overview = await source.get('overview');
  if (!stay) await show(true);
}

async function undo(id) {
  try {
    await decide({ undo: id }, 'Undone.');
  } catch (error) {
    tell(error.message);
  }
}

/** Words at the foot of the page, with a way back. */
function tell(words, back) {
  const place = document.getElementById('told');
  clearTimeout(tell.waiting);
  replace(place, h('span', {}, words), back && h('button', { type: 'button', class: 'undo', onclick: back }, 'Undo'),
    h('button', { type: 'button', 'aria-label': 'Close', onclick: () => replace(place) }, '×'));
  tell.waiting = setTimeout(() => { if (!place.contains(document.activeElement)) replace(place); }, 15000);
}

/** What another window, or somebody else, has decided is shown here, too. */
async function watch() {
  if (document.hidden || !known.overview || !known.overview.review) return;
  let all;
  try {
    all = await source.fetch('api/decisions');
  } catch {
    return;
  }
  if (!heed(all)) return;
  source.held.clear();
  known.overview = await source.get('overview');
  if (document.querySelector('form.decide')) tell('Something was decided elsewhere.', undefined);
  else show(true);
}
if (source.asks) {
  setInterval(watch, 4000);
  addEventListener('focus', watch);
}

/** The name under which decisions are made, kept by the browser. */
function reviewer(name) {
  try {
    if (name !== undefined) localStorage.setItem('demarche-reviewer', name);
    return localStorage.getItem('demarche-reviewer') || undefined;
  } catch {
    return undefined;
  }
}

// --- Claims

/** Buttons that accept, reject or correct a claim, where decisions are taken. */
function verdict(claim) {
  if (!known.overview.review) return undefined;
  return fillVerdict(h('div', { class: 'verdict', 'data-verdict-of': claim.id }), claim);
}

function fillVerdict(place, claim) {
  const given = known.verdicts[claim.id];
  const button = (kind, words, key) => {
    const pressed = Boolean(given) && given.verdict === kind;
    return h('button', {
      type: 'button', class: `chip ${kind}`, 'aria-pressed': String(pressed), title: `${words} (${key})`,
      onclick: () => judge(claim, pressed ? null : kind),
    }, pressed ? `${words}ed` : words);
  };
  place.className = `verdict ${given ? given.verdict : ''}`;
  const form = h('div', {});
  return replace(place, button('accept', 'accept', 'a'), button('reject', 'reject', 'x'),
    h('button', { type: 'button', class: 'chip edit', title: 'correct (e)', 'aria-expanded': 'false', onclick: (event) => {
      const isOpen = form.childNodes.length > 0;
      event.currentTarget.setAttribute('aria-expanded', String(!isOpen));
      replace(form, !isOpen && correctForm(claim, () => { replace(form); place.querySelector('.edit').focus(); }));
      if (!isOpen) form.querySelector('select, input').focus();
    } }, 'correct'),
    given && h('span', { class: 'dim' }, [given.by, day(given.when), given.why].filter(Boolean).join(', ')),
    h('span', { class: 'problem', role: 'alert' }), form);
}

/** Accepts or rejects; every place that shows the claim shows it at once. */
async function judge(claim, kind) {
  const places = () => document.querySelectorAll(`[data-verdict-of="${CSS.escape(claim.id)}"]`);
  try {
    await decide(kind ? { [kind]: claim.id } : { withdraw: claim.id }, kind ? `The claim is ${kind}ed.` : 'Taken back.', true);
    for (const place of places()) {
      const had = place.contains(document.activeElement) && document.activeElement.classList[1];
      fillVerdict(place, claim);
      const again = had && place.querySelector(`.${had}`);
      if (again) again.focus();
    }
  } catch (error) {
    for (const place of places()) replace(place.querySelector('.problem'), error.message);
  }
}

/** a, x, u and e on a claim; was it one of them? */
function judgeByKey(claim, key, place) {
  if (key === 'e') place.querySelector('.verdict .edit').click();
  else if ('axu'.includes(key)) judge(claim, { a: 'accept', x: 'reject', u: null }[key]);
  else return false;
  return true;
}

/** A form that sends a decision. */
function decideForm(title, fields, words, make, close) {
  const problem = h('p', { class: 'problem', role: 'alert' });
  const send = h('button', { type: 'submit', class: 'main' }, words);
  return h('form', { class: 'decide', 'aria-label': title, onsubmit: async (event) => {
    event.preventDefault();
    replace(problem);
    send.disabled = true;
    try {
      const decision = make(Object.fromEntries(new FormData(event.currentTarget)));
      const all = [decision].flat().filter(Boolean);
      for (const one of all.slice(0, -1)) await decide(one, 'Written down.', true);
      if (all.length) await decide(all[all.length - 1], 'Written down.');
      else close();
    } catch (error) {
      replace(problem, error.message);
    }
    send.disabled = false;
  }, onkeydown: (event) => { if (event.key === 'Escape') { event.stopPropagation(); close(); } } },
  h('h3', {}, title), h('div', { class: 'fields' }, fields, field('Why', 'why', '', { placeholder: 'optional' })), problem,
  h('p', { class: 'walk' }, send, h('button', { type: 'button', onclick: close }, 'Cancel')));
}

const several = (text) => text.split(';').map((it) => it.trim()).filter(Boolean);

/** Fields of a claim. */
function claimFields(now) {
  const acts = [...known.acts.values()].map((it) => [it.id, it.label]).sort((a, b) => a[1].localeCompare(b[1]));
  return [
    choice('Act', 'act', now.act ? acts : [['', 'choose'], ...acts], now.act),
    choice('Status', 'status', STATUS_OPTIONS.slice(1), now.status || 'actual'),
    PARTS.map((part) => field({ agent: 'Who', addressee: 'To whom', source: 'According to', via: 'As reported by' }[part], part, now[part], { list: 'actors-known', placeholder: 'names, apart by ;', autocomplete: 'off' })),
    field('About (words of the text)', 'matter', now.matter), field('Time', 'time', now.time, { placeholder: '2025-03-18', pattern: '\\d{4}(-\\d\\d){0,2}(/\\d{4}(-\\d\\d){0,2})?' }),
    actorList(),
  ];
}

/** The actors that are met most, to choose from. */
function actorList() {
  const list = h('datalist', { id: 'actors-known' });
  source.get('actors', { limit: 300 }).then(({ actors }) => replace(list, actors.map((it) => h('option', { value: it.label }))), () => {});
  return list;
}

function correctForm(claim, close) {
  const names = (part) => claim[part].map((it) => it.label || it.text).join('; ');
  const now = { act: claim.act, status: claim.status, matter: claim.matter ? line(claim.matter.text) : '', time: claim.time || '' };
  for (const part of PARTS) now[part] = line(names(part));
  const words = chooser(claim.quote, claim.trigger);
  return decideForm('Correct the claim', [claimFields(now), h('details', { class: 'wide' }, h('summary', {}, 'Its words'), words.fields)], 'Correct', (values) => {
    const isMoved = values.quote !== claim.quote || words.trigger() !== claim.trigger;
    if (isMoved) return otherWords(claim, values, words.trigger());
    const decision = {};
    for (const [name, old] of Object.entries(now)) {
      if (values[name].trim() !== old) decision[name] = PARTS.includes(name) ? several(values[name]) : values[name].trim();
    }
    return Object.keys(decision).length ? { edit: claim.id, ...decision, why: values.why } : undefined;
  }, close);
}

/** The claim in other words of its document; that it is replaced is a decision of its own. */
function otherWords(claim, values, trigger) {
  const quote = values.quote.trim();
  const near = claim.before + claim.quote + claim.after;
  const found = near.indexOf(quote);
  if (!quote || found < 0) throw new Error('Those words do not stand around the claim; add another claim in the reader.');
  if (!trigger) throw new Error('Choose the words that name the act.');
  const place = claim.start - Array.from(claim.before).length + Array.from(near.slice(0, found)).length;
  const added = addition(claim.document, { ...values, quote }, trigger, place);
  // With the same act at the same words it takes the place of the old one.
  const isSame = trigger === claim.trigger && values.act === claim.act;
  return [added, !isSame && { reject: claim.id, why: values.why || 'its words were corrected' }];
}

/** A field for words of a document, of which those are chosen that name the act. */
function chooser(words, trigger) {
  const text = h('textarea', { name: 'quote', rows: 3, required: true, value: words, 'aria-label': 'Words of the document' });
  const place = h('div', { class: 'words', role: 'group', 'aria-label': 'Words that name the act' });
  const pieces = () => text.value.split(/(\s+)/);
  const bare = (word) => word.replace(/^[“"'(]+|[.,;:!?”"')]+$/g, '');
  let [from, to] = [-1, -1];
  if (trigger) {
    const wanted = trigger.split(/\s+/);
    const all = pieces().map((word, n) => [bare(word), n]).filter(([word]) => word);
    const at = all.findIndex((it, n) => wanted.every((word, m) => all[n + m] && all[n + m][0] === word));
    if (at >= 0) [from, to] = [all[at][1], all[at + wanted.length - 1][1]];
  }
  const draw = () => replace(place, pieces().map((word, n) => (/\S/.test(word) ? h('button', {
    type: 'button', class: 'word', 'aria-pressed': String(n >= from && n <= to), onclick: () => {
      if (from < 0 || n < from || from !== to) [from, to] = [n, n];
      else to = n;
      draw();
      place.querySelectorAll('button')[pieces().slice(0, n).filter((it) => /\S/.test(it)).length].focus();
    } }, word) : ' ')));
  text.addEventListener('input', () => { [from, to] = [-1, -1]; draw(); });
  draw();
  return {
    fields: [h('label', { class: 'wide' }, h('span', {}, 'Words of the document'), text),
      h('div', { class: 'wide' }, h('p', { class: 'dim' }, 'Which of them name the act? Choose the first and the last.'), place)],
    trigger: () => (from < 0 ? '' : bare(pieces().slice(from, to + 1).join(''))),
  };
}

/** The decision that adds a claim. */
function addition(document, values, trigger, place) {
  const decision = { add: document, quote: values.quote.trim(), trigger, act: values.act, status: values.status, at: place, why: values.why };
  for (const part of PARTS) if (values[part].trim()) decision[part] = several(values[part]);
  for (const name of ['matter', 'time']) if (values[name].trim()) decision[name] = values[name].trim();
  return decision;
}

/** A claim that was not found, of words that were selected or are typed. */
function addForm(it, { quote: words, at: place }, close) {
  const chosen = chooser(words);
  return decideForm('Add a claim', [chosen.fields, claimFields({})], 'Add', (values) => {
    if (!chosen.trigger()) throw new Error('Choose the words that name the act.');
    if (!values.act) throw new Error('Choose an act.');
    return addition(it.id, values, chosen.trigger(), values.quote.trim() === words ? place : undefined);
  }, close);
}

// --- Actors and matters

/** Renames, merges and splits a thing. */
function decideOn(kind, it) {
  if (!known.overview.review) return undefined;
  const place = h('div', {});
  const close = () => replace(place);
  const open = (make) => async () => {
    replace(place, empty('Loading…'));
    try {
      replace(place, await make());
      const first = place.querySelector('input, button');
      if (first) first.focus();
    } catch (error) {
      replace(place, failed(error, open(make)));
    }
  };
  return h('div', { class: 'deciding' }, h('p', { class: 'walk' },
    h('button', { type: 'button', class: 'chip rename', onclick: open(() => renameForm(kind, it, close)) }, 'rename'),
    h('button', { type: 'button', class: 'chip merge', onclick: open(() => mergeForm(kind, it, close)) }, 'merge'),
    h('button', { type: 'button', class: 'chip split', onclick: open(() => splitForm(kind, it, close)) }, 'split')), place);
}

function renameForm(kind, it, close) {
  return decideForm(`Rename ${it.label}`, [field('Called', 'label', it.label, { required: true })], 'Rename',
    ({ label: name, why }) => (name.trim() === it.label ? undefined : { [`rename-${kind}`]: it.id, label: name.trim(), why }), close);
}

/** Candidates and a search; each opens beside what it may be the same as. */
async function mergeForm(kind, it, close) {
  const { candidates } = await source.get('candidates', { [kind]: it.id, limit: 20 });
  const beside = h('div', {});
  const list = h('ul', { class: 'rows' });
  const row = (one, why) => h('li', {}, h('button', { type: 'button', class: 'plain', onclick: async () => replace(beside, await sideBySide(kind, it, one)) }, one.label),
    h('span', { class: 'dim' }, why), h('span', { class: 'numbers' }, one.claims !== undefined && count(one.claims, 'claim')));
  const offered = () => replace(list, candidates.map((one) => row(one, one.why)), !candidates.length && h('li', { class: 'state' }, 'Nothing looks the same; search for it.'));
  offered();
  const search = async (event) => {
    const text = event.target.value.trim();
    if (!text) { offered(); return; }
    const found = (await source.get(`${kind}s`, { text, limit: 20 }))[`${kind}s`];
    replace(list, found.filter((one) => one.id !== it.id).map((one) => row(one, (one.names || []).slice(0, 3).join(', '))));
  };
  return h('div', { class: 'decide-merge' }, h('h3', {}, `What is the same as ${it.label}?`),
    h('p', { class: 'walk' }, h('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search what is the same', oninput: search }),
      h('button', { type: 'button', onclick: close }, 'Cancel')), list, beside);
}

/** What is said of two things, side by side, and whether they are one. */
async function sideBySide(kind, one, other) {
  const said = await Promise.all([one, other].map((it) => source.get('claims', { [kind]: it.id, limit: 4 })));
  const whole = await Promise.all([one, other].map((it) => source.get(`${kind}s/${encodeURIComponent(it.id)}`)));
  const problem = h('p', { class: 'problem', role: 'alert' });
  const give = (decision, words) => async () => {
    try {
      await decide(decision, words);
    } catch (error) {
      replace(problem, error.message);
    }
  };
  return h('div', { class: 'beside' }, h('p', { class: 'walk' },
    h('button', { type: 'button', class: 'main', onclick: give({ [`merge-${kind}s`]: [one.id, other.id] }, `“${whole[1].label}” is ${whole[0].label}.`) }, `They are one: ${whole[0].label}`),
    h('button', { type: 'button', onclick: give({ [`merge-${kind}s`]: [other.id, one.id] }, `“${whole[0].label}” is ${whole[1].label}.`) }, `They are one: ${whole[1].label}`),
    h('button', { type: 'button', onclick: give({ [`keep-apart-${kind}s`]: [one.id, other.id] }, 'They are kept apart.') }, 'They are two')), problem,
  h('div', { class: 'sides' }, whole.map((it, n) => h('section', { class: 'side' },
    h('h3', {}, h('a', { href: at(kind, it.id) }, it.label)),
    h('p', { class: 'dim' }, `in the texts: “${it.names.slice(0, 6).map(line).join('”, “')}” · ${count(said[n].total, 'claim')}`),
    h('div', { class: 'cards' }, said[n].claims.map((claim) => h('article', { class: 'claim' }, quote(claim), provenance(claim, true))))))));
}

/** Names that are somebody, or something, else, each beside the words in which it stands. */
async function splitForm(kind, it, close) {
  const names = kind === 'actor' ? it.merged.map(([name, why]) => [name, why]) : it.names.map((name) => [name, '']);
  const others = [...new Map(names.filter(([name]) => name && name !== it.label)).entries()].slice(0, 24);
  if (!others.length) {
    return h('div', {}, h('p', {}, `No name was put together with ${it.label}; where a claim means somebody else, correct the claim.`), h('button', { type: 'button', onclick: close }, 'Close'));
  }
  const said = await Promise.all([it.label, ...others.map(([name]) => name)].map((name) => source.get('claims', { [kind]: it.id, called: name, limit: 3 })));
  const words = (found) => [h('p', { class: 'dim' }, found.total ? count(found.total, 'claim') : 'in no claim by itself'),
    found.claims.map((claim) => h('article', { class: 'claim' }, quote(claim), provenance(claim, true)))];
  return decideForm(`What is not ${it.label}?`, [h('fieldset', { class: 'wide' }, h('legend', {}, 'Choose the names that mean another'),
    h('div', { class: 'sides split' }, h('section', { class: 'side' }, h('h4', {}, it.label), words(said[0])),
      others.map(([name, why], n) => h('section', { class: 'side' },
        h('label', { class: 'check' }, h('input', { type: 'checkbox', name: `name-${name}`, value: name }), ` “${line(name)}” `, h('span', { class: 'dim' }, why)),
        words(said[n + 1])))))],
  'Split', ({ why, ...chosen }) => {
    const apart = Object.values(chosen);
    if (!apart.length) throw new Error('Choose the names that mean another.');
    return { [`keep-apart-${kind}s`]: [it.id, ...apart], why };
  }, close);
}

// --- The view

const KINDS_OF = {
  accept: 'accepted', reject: 'rejected', edit: 'corrected', add: 'added', 'merge-actors': 'are one', 'keep-apart-actors': 'are several',
  'merge-matters': 'are one', 'keep-apart-matters': 'are several', 'rename-actor': 'is called', 'rename-matter': 'is called',
};

/** How many claims and pairs are shown at first, and how many more at a time. */
const STEP = 30;

pages.review = async (id, { tab = 'claims', shown = String(STEP) }) => {
  const many = Math.max(Number(shown) || 0, STEP);
  const [open, actors, matters, all] = await Promise.all([undecided(many),
    source.get('candidates', { kind: 'actors', limit: many }), source.get('candidates', { kind: 'matters', limit: many }), source.fetch('api/decisions')]);
  heed(all);
  const waiting = open.claims.filter((claim) => !known.verdicts[claim.id]);
  const name = h('input', { value: reviewer() || '', 'aria-label': 'Your name', placeholder: 'Your name', autocomplete: 'name', oninput: (event) => reviewer(event.target.value) });
  const tabs = [['claims', `Claims (${open.total.toLocaleString('en')})`], ['actors', `Actors (${actors.total})`], ['matters', `Matters (${matters.total})`], ['decided', `Decided (${all.total})`]];
  const cardsOf = h('div', { class: 'cards' }, waiting.map(card));
  const parts = {
    claims: () => [h('p', { class: 'dim' }, 'Disputed claims first, then those that are as likely wrong as right. Keys: j and k walk, a accepts, x rejects, u takes back, e corrects.'),
      waiting.length ? cardsOf : empty('Nothing is left to decide.'), moreOf(tab, many, open.total, async (next) => {
        const met = new Set(waiting.map((claim) => claim.id));
        const more = (await undecided(next)).claims.filter((claim) => !met.has(claim.id) && !known.verdicts[claim.id]);
        waiting.push(...more);
        append(cardsOf, more.map(card));
      })],
    actors: () => pairs('actor', actors, many), matters: () => pairs('matter', matters, many),
    decided: () => [h('ul', { class: 'rows decisions' }, all.entries.map(decisionRow)), !all.total && empty('Nothing is decided yet.'),
      all.total > all.entries.length && h('p', { class: 'dim' }, `the last ${all.entries.length} of ${all.total}`)],
  };
  const keys = (event) => walkCards(event, waiting);
  document.addEventListener('keydown', keys);
  leaving.push(() => document.removeEventListener('keydown', keys));
  return [
    heading('Review', h('p', { class: 'dim' }, 'What you decide is in the file and in the views at once, and in the graph for good when it is built with ', h('code', {}, 'demarche build --decisions FILE'), '.'),
      h('p', {}, h('label', {}, 'Decisions are made by ', name))),
    h('nav', { class: 'tabs', 'aria-label': 'What to review' }, tabs.map(([key, words]) => h('a', { href: at('review', undefined, { tab: key }), 'aria-current': key === tab ? 'true' : undefined }, words))),
    (parts[tab] || parts.claims)(),
  ];
};

/** The first claims of which nothing has been decided. */
async function undecided(many) {
  const claims = [];
  let page;
  do {
    page = await source.get('claims', { open: true, order: 'worth', limit: Math.min(many - claims.length, 200), offset: claims.length || undefined });
    claims.push(...page.claims);
  } while (page.claims.length && claims.length < Math.min(many, page.total));
  return { claims, total: page.total };
}

/** A button that shows more of a list; the address keeps how much is shown. */
function moreOf(tab, many, total, add) {
  const place = h('p', { class: 'more' });
  let shown = many;
  const draw = () => replace(place, shown < total && h('button', { type: 'button', onclick: async () => {
    try {
      await add(shown + STEP);
      shown += STEP;
      remember('review', undefined, { tab, shown });
      draw();
    } catch (error) {
      replace(place, failed(error, draw));
    }
  } }, `Show more of ${total.toLocaleString('en')}`));
  draw();
  return place;
}

/** Pairs that may be one, each of which opens. */
function pairs(kind, { candidates, total }, many) {
  if (!candidates.length) return empty('Nothing looks the same.');
  const list = h('div', { class: 'positions' }, candidates.map((it) => pair(kind, it)));
  return [list, moreOf(`${kind}s`, many, total, async (next) => {
    const offset = list.childNodes.length;
    const more = await source.get('candidates', { kind: `${kind}s`, limit: next - offset, offset });
    append(list, more.candidates.map((it) => pair(kind, it)));
  })];
}

function pair(kind, it) {
  const inside = h('div', { class: 'evidence' });
  const details = h('details', {}, h('summary', {}, h('b', {}, it.of_label), ' and ', h('b', {}, it.label), h('span', { class: 'dim' }, it.why)), inside);
  details.addEventListener('toggle', async () => {
    if (!details.open || inside.childNodes.length) return;
    try {
      replace(inside, await sideBySide(kind, { id: it.of, label: it.of_label }, it));
    } catch (error) {
      replace(inside, empty(error.message));
    }
  });
  return details;
}

function decisionRow(it) {
  const isClaim = ['accept', 'reject', 'edit'].includes(it.kind);
  const about = isClaim ? h('a', { href: at('claim', it.about[0]) }, `“${line(it.words)}”`) : it.kind === 'add' ? h('a', { href: at('reader', it.about[0]) }, `“${line(it.words)}”`)
    : it.about.join(' · ');
  return h('li', {}, h('span', {}, about, ' ', h('b', {}, KINDS_OF[it.kind]), it.kind.startsWith('rename') && ` ${it.words}`,
    it.changes.length > 0 && h('span', { class: 'dim' }, ` ${it.changes.map(([name, value]) => `${name}: ${value || 'none'}`).join(', ')}`),
    it.lost && h('span', { class: 'badge negated' }, `changes nothing: ${it.lost}`)),
  h('span', { class: 'dim' }, [it.by, day(it.when), it.why].filter(Boolean).join(', ')),
  h('span', { class: 'numbers' }, it.id ? h('button', { type: 'button', class: 'chip undo', onclick: () => undo(it.id) }, 'undo') : 'by hand'));
}

/** Walks through the claims that are shown, and judges the one that has the focus. */
function walkCards(event, claims) {
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = [...document.querySelectorAll('#page > .cards > .claim')];
  const now = all.indexOf(event.target.closest('.claim'));
  const step = { j: 1, k: -1 }[event.key];
  if (step && all.length) {
    const next = all[Math.max(0, Math.min(all.length - 1, now + step))];
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  } else if (now >= 0 && claims[now] && judgeByKey(claims[now], event.key, all[now])) {
    // It is done.
  } else return;
  event.preventDefault();
}
