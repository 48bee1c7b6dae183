'use strict';
// Actors, events, matters and disputes, each with its words.

pages.actors = async () => {
  return [heading('Actors'), searchable('actors', actorRow)];
};

pages.actor = async (id) => {
  const it = await source.get(`actors/${encodeURIComponent(id)}`);
  const [whom, { stances }, { disputes }, { events }] = await Promise.all([
    it.acts_for && label('actors', it.acts_for), source.get('stances', { actor: id, limit: 200 }),
    source.get('disputes', { actor: id, limit: 40 }), source.get('events', { actor: id, limit: 40 }),
  ]);
  const names = it.names.filter((name) => name !== it.label);
  const tabs = [['agent', `it acts (${it.claims})`], ['source', `it is the source (${it.reports})`], ['addressee', `it is addressed (${it.addressed})`]];
  const list = h('div', {});
  const show = ({ role, act, status }) => replace(list, paged({ actor: id, role, act, status }));
  show({ role: it.claims ? 'agent' : 'source' });
  return [
    heading(it.label,
      h('p', { class: 'dim' }, [it.role, it.kind.toLowerCase()].filter(Boolean).join(' · '),
        it.acts_for && [' · acts for ', h('a', { href: at('actor', it.acts_for) }, whom)],
        it.wikidata && [' · ', h('a', { href: `https://www.wikidata.org/wiki/${it.wikidata}`, rel: 'noreferrer' }, 'Wikidata')],
        ' · ', h('a', { href: at('graph', undefined, { actor: id }) }, 'in the graph'),
        events.some((one) => one.time) && [' · ', h('a', { href: at('timeline', undefined, { actor: id }) }, 'in the timeline')]),
      names.length > 0 && h('p', { class: 'dim' }, `in the texts: “${names.map(line).join('”, “')}”`)),
    decideOn('actor', it),
    stances.length > 0 && section('Where it stands', positions(stances, 'matter')),
    disputes.length > 0 && section('In dispute', h('ul', { class: 'rows' }, disputes.map(disputeRow))),
    events.some((one) => one.time) && section('When', h('ul', { class: 'rows' }, events.filter((one) => one.time)
      .map(eventRow))),
    section('In their words', filters([
      choice('Claims in which', 'role', tabs, it.claims ? 'agent' : 'source'), choice('Act', 'act', actOptions()),
      choice('Status', 'status', STATUS_OPTIONS)], show), list),
  ];
};

function eventRow(it) {
  return h('li', { class: 'event' }, h('time', { datetime: it.time }, day(it.time)),
    h('div', {}, h('a', { href: at('event', it.id) }, timeless(it)), evidence(count(it.claims.length, 'claim'), it.claims)));
}

/** What an event is called, without the time that stands beside it. */
function timeless({ label: words, time }) {
  // Of several with one name, each has a number behind it.
  const [, name, number] = /^(.*?)( \(\d+\))?$/.exec(words);
  const end = time && [time, day(time)].map((it) => `, ${it}`).find((it) => name.endsWith(it));
  return end ? name.slice(0, -end.length) + (number || '') : words;
}

/** Something that happened, or is to happen: when, who took part, who tells of it. */
pages.event = async (id) => {
  const it = await source.get(`events/${encodeURIComponent(id)}`);
  const [whole, claims, ...who] = await Promise.all([it.part_of && label('events', it.part_of), named(it.claims.slice(0, 200)),
    ...it.participants.map((one) => label('actors', one))]);
  const documents = new Set(claims.map((claim) => claim.document));
  const disputes = [...new Set(claims.flatMap((claim) => claim.disputes))];
  return [
    heading(timeless(it), h('p', { class: 'dim' }, [past(it.act), day(it.time), it.place && line(it.place)].filter(Boolean).join(' · '),
      it.part_of && [' · part of ', h('a', { href: at('event', it.part_of) }, whole)],
      it.time && [' · ', h('a', { href: at('timeline', undefined, { from: firstDay(it.time), until: firstDay(it.time) }) }, 'in the timeline')])),
    it.participants.length > 0 && section('Who takes part', h('ul', { class: 'rows' }, it.participants.map((one, n) => h('li', {}, h('a', { href: at('actor', one) }, who[n]))))),
    disputes.length > 0 && h('p', { class: 'disputed' }, 'Disputed: ', disputes.map((one) => h('a', { href: at('dispute', one) }, 'see the sides'))),
    section(`Told by ${count(documents.size, 'document')}`, cards(claims),
      it.claims.length > claims.length && h('p', { class: 'dim' }, `the first ${claims.length} of ${count(it.claims.length, 'claim')}`)),
  ];
};

pages.matters = async () => {
  return [heading('Matters'), searchable('matters', matterRow)];
};

/** "duration: 30 days", "territory: Norvik, Sund": some values of each. */
function attributes(it) {
  const SOME = 6;
  const all = new Map();
  for (const [name, value] of it.attributes) all.set(name, [...(all.get(name) || []), span(value)]);
  return [...all].map(([name, values]) => `${name}: ${values.slice(0, SOME).join(', ')}${values.length > SOME ? ` and ${values.length - SOME} more` : ''}`);
}

pages.matter = async (id) => {
  const it = await source.get(`matters/${encodeURIComponent(id)}`);
  const [{ stances }, { disputes }, wider] = await Promise.all([
    source.get('stances', { matter: id, limit: 200 }), source.get('disputes', { matter: id, limit: 40 }),
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
      h('p', { class: 'dim' }, [...attributes(it),
        ...it.issues.slice(0, 3).map((issue) => issue.replace(/-/g, ' '))].join(' · '),
      it.broader.map((one, n) => [' · part of ', h('a', { href: at('matter', one) }, wider[n])])),
      names.length > 0 && h('p', { class: 'dim' }, `in the texts: “${names.map(line).join('”, “')}”`)),
    h('p', {}, h('a', { href: at('graph', undefined, { matter: id }) }, 'in the graph'), ' · ', h('a', { href: at('claims', undefined, { matter: id }) }, 'claims to filter')),
    decideOn('matter', it),
    sides.some(Boolean) && section('Who stands where', h('div', { class: 'columns' }, sides)),
    disputes.length > 0 && section('In dispute', h('ul', { class: 'rows' }, disputes.map(disputeRow))),
    section('All that is said of it', paged({ matter: id })),
  ];
};

pages.disputes = async () => {
  return [heading('Disputes', h('p', { class: 'dim' }, 'What the voices disagree on, the most telling first. Both sides stay.')),
    known.overview.disputes ? pagedList('disputes', {}, 'dispute', h('ul', { class: 'rows' }), disputeRow)
      : empty('The voices do not contradict each other.')];
};

const KINDS = { agent: 'who did it', answer: 'how it is answered', status: 'whether it is so', matter: 'what exactly it was', quantity: 'how many or how long' };

pages.dispute = async (id) => {
  const it = await source.get(`disputes/${encodeURIComponent(id)}`);
  const [about, ...sides] = await Promise.all([it.matter && label('matters', it.matter),
    ...it.sides.map((one) => named(one.claims.slice(0, 100)))]);
  return [
    heading(it.label, h('p', { class: 'dim' }, `In question: ${KINDS[it.kind] || it.kind}`,
      it.matter && [' · ', h('a', { href: at('matter', it.matter) }, about)])),
    h('div', { class: 'sides' }, it.sides.map((one, n) => {
      const voices = one.voices.map((voice) => voice || 'the author').join(', ');
      return h('section', { class: 'side' }, h('h2', {}, one.label),
        h('p', { class: 'dim' }, `according to ${voices || 'the documents'}`), cards(sides[n]),
        one.claims.length > sides[n].length && h('p', { class: 'dim' }, `the first ${sides[n].length} of ${count(one.claims.length, 'claim')}`));
    })),
  ];
};
