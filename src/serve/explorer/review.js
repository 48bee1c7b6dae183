'use strict';
// Verdicts on claims, where the server takes them.

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
