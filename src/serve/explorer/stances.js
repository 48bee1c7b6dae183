'use strict';
// Who stands where: a matrix whose cells open.

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
    actors.get(it.actor).claims += it.count;
    matters.get(it.matter).claims += it.count;
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
