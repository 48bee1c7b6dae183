'use strict';
// The address says what is shown; back and forward go through it.

const VIEWS = [['overview', 'Overview', ''], ['reader', 'Reader', 'reader'], ['claims', 'Claims', 'claims'],
  ['actors', 'Actors', 'actors'], ['matters', 'Matters', 'matters'], ['disputes', 'Disputes', 'disputes'],
  ['stances', 'Stances', 'stances'], ['graph', 'Graph', 'graph'], ['timeline', 'Timeline', 'timeline'],
  ['ask', 'Ask', 'ask'], ['sparql', 'SPARQL', 'sparql'], ['review', 'Review', 'review']];
const ASKING = ['ask', 'sparql'];
const PARENTS = { actor: 'actors', matter: 'matters', dispute: 'disputes', claim: 'claims', event: 'timeline' };

/** What is done when a view has been put into the page, and before it goes. */
const arrived = [];
const leaving = [];
const page = document.getElementById('page');
let turn = 0;

/** `#/reader/001?claim=x` → view, id, parameters. */
function address() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, ...rest] = path.split('/');
  let id = rest.join('/');
  try {
    id = decodeURIComponent(id);
  } catch { /* an address that somebody typed */ }
  return { view: view || 'overview', id: id || undefined, parameters: Object.fromEntries(new URLSearchParams(query)) };
}

/** Writes what is shown into the address, without going there. */
function remember(view, id, parameters) {
  history.replaceState(null, '', at(view, id, parameters));
}

async function show(stay = false) {
  const mine = ++turn;
  for (const leave of leaving.splice(0)) leave();
  arrived.length = 0;
  const { view, id, parameters } = address();
  mark(view);
  const waiting = setTimeout(() => stay !== true && mine === turn && replace(page, empty('Loading…')), 150);
  try {
    if (!known.overview) {
      await look();
      mark(view);
    }
    const made = Object.hasOwn(pages, view) && isThere(view) ? pages[view] : undefined;
    const content = made ? await made(id, parameters) : lost(view);
    if (mine !== turn) return;
    replace(page, content);
    const name = page.querySelector('h1');
    document.title = name ? `${name.textContent} – demarche` : 'demarche';
    if (stay !== true) scrollTo(0, 0);
    for (const arrive of arrived.splice(0)) arrive();
  } catch (error) {
    if (mine !== turn) return;
    replace(page, failed(error, show));
  } finally {
    clearTimeout(waiting);
  }
}

/** Questions need a server, verdicts one that takes them. */
function isThere(view) {
  if (view === 'review') return Boolean(known.overview && known.overview.review);
  return source.asks || !ASKING.includes(view);
}

function lost(view) {
  return ASKING.includes(view)
    ? [heading('This is a report'), h('p', {}, 'Questions and SPARQL need the program and the graph: ', h('code', {}, 'demarche serve --open'), '.')]
    : [heading('There is no such view'), h('p', {}, h('a', { href: '#/' }, 'To the overview'))];
}

/** What every view looks up. */
async function look() {
  const [overview, { acts }] = await Promise.all(['overview', 'acts'].map((it) => source.get(it)));
  for (const it of acts) known.acts.set(it.id, it);
  known.overview = overview;
  if (overview.review) heed(await source.fetch('api/decisions'));
  const left = source.data && source.data.left_out;
  replace(document.getElementById('foot'), `demarche ${overview.program}`, left > 0 && ` · what is disputed and what is surest; ${count(left, 'claim')}${source.data.documents_left_out ? ` and ${count(source.data.documents_left_out, 'document')}` : ''} left out`,
    ' · every statement leads to its words; who is right is for you to judge');
}

function mark(view) {
  const now = PARENTS[view] || view;
  const links = VIEWS.filter(([id]) => isThere(id));
  replace(document.getElementById('views'), links.map(([id, words, path]) => h('a', {
    href: `#/${path}`, 'aria-current': id === now ? 'page' : undefined,
  }, words)));
  const current = document.querySelector('[aria-current]');
  if (current) current.scrollIntoView({ block: 'nearest', inline: 'center' });
}

document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  page.focus();
});
addEventListener('hashchange', () => show());
show();
