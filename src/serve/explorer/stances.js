'use strict';
// Who stands where: a matrix whose cells open.

pages.stances = async (id, parameters) => {
  const place = h('div', {});
  const draw = async ({ text = '', size = '8', cell }) => {
    try {
      replace(place, grid(await source.get('matrix', { text, size }), {
        more: 'search or choose more to see others', cell, onopen: (opened) => remember('stances', undefined, { text, size, cell: opened }),
      }));
    } catch (error) {
      replace(place, failed(error, () => draw({ text, size, cell })));
    }
  };
  await draw(parameters);
  arrived.push(() => { const open = place.querySelector('td.shown'); if (open) open.scrollIntoView({ block: 'nearest', inline: 'nearest' }); });
  return [
    heading('Who stands where', h('p', { class: 'legend' }, Object.entries({ for: 'for', conditional: 'under a condition', against: 'against', open: 'open' })
      .map(([leaning, words]) => h('span', {}, h('span', { class: `sign ${leaning}` }, SIGNS[leaning]), ` ${words}`)))),
    filters([field('Actor or matter', 'text', parameters.text, { type: 'search' }),
      choice('Matters', 'size', [['8', 'the main 8'], ['16', 'the main 16'], ['60', 'the main 60']], parameters.size)],
    (values) => { draw(values); remember('stances', undefined, values); }),
    place,
  ];
};

/** A matrix as /api/matrix gives it, with a place for what its cells hold, of which one may be open. */
function grid({ actors, matters, stances, all_actors: allActors, all_matters: allMatters }, { more, cell: chosen, onopen } = {}) {
  if (!stances.length) return empty('Nobody of whom it is told stands anywhere.');
  const opened = h('div', { class: 'opened', 'aria-live': 'polite' });
  const cells = new Map();
  for (const it of stances) {
    const key = `${it.actor}\n${it.matter}`;
    cells.set(key, [...(cells.get(key) || []), it]);
  }
  const cell = (actor, matter) => {
    const held = cells.get(`${actor.id}\n${matter.id}`);
    if (!held) return h('td', {});
    const sorted = [...held].sort((a, b) => (a.dates[0] || '').localeCompare(b.dates[0] || ''));
    const words = sorted.map((it) => it.stance).join(sorted[0].changed ? ' → ' : ' / ');
    const leanings = [...new Set(sorted.map((it) => it.leaning))];
    const key = `${actor.id} ${matter.id}`;
    const place = h('td', { class: `cell ${leanings.length > 1 ? 'mixed' : leanings[0]}` },
      h('button', { type: 'button', title: `${actor.label} ${words}: ${matter.label}`, onclick: () => {
        open();
        if (onopen) onopen(key);
        opened.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
      } },
      leanings.map((it) => h('span', { class: `sign ${it}`, 'aria-hidden': 'true' }, SIGNS[it])), h('span', {}, words)));
    const open = () => {
      for (const it of document.querySelectorAll('td.shown')) it.classList.remove('shown');
      place.classList.add('shown');
      replace(opened, h('h2', {}, h('a', { href: at('actor', actor.id) }, actor.label), ' on ', h('a', { href: at('matter', matter.id) }, matter.label)), positions(sorted, 'matter'));
      for (const it of opened.querySelectorAll('details')) it.open = true;
    };
    if (chosen === key) open();
    return place;
  };
  return h('div', {}, h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Matrix of actors and matters' },
    h('table', { class: 'matrix' },
      h('thead', {}, h('tr', {}, h('th', {}, h('span', { class: 'hidden' }, 'Actor')), matters.map((matter) => h('th', { scope: 'col' },
        h('a', { href: at('matter', matter.id) }, matter.label))))),
      h('tbody', {}, actors.map((actor) => h('tr', {}, h('th', { scope: 'row' }, h('a', { href: at('actor', actor.id) }, actor.label)),
        matters.map((matter) => cell(actor, matter))))))),
  (actors.length < allActors || matters.length < allMatters)
    && h('p', { class: 'dim' }, `${actors.length} of ${count(allActors, 'actor')} and ${matters.length} of ${count(allMatters, 'matter')}${more ? `; ${more}` : ''}.`), opened);
}
