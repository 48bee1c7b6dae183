'use strict';
// Questions in English.

/** Questions about what is most in this graph. */
async function suggestions() {
  const [{ actors }, { matters }] = await Promise.all([source.get('actors', { limit: 20 }), source.get('matters', { limit: 1 })]);
  const [one, other] = actors.filter((it) => it.claims).map((it) => it.label);
  const matter = matters[0] && matters[0].label;
  return [one && `What did ${one} demand?`, matter && `Who proposed the ${matter}?`, other && `What does ${other} say?`,
    matter && `Who stands where on the ${matter}?`, one && other && `How are ${one} and ${other} connected?`,
    'What do the sources disagree about?'].filter(Boolean);
}

pages.ask = async (id, parameters) => {
  const asked = parameters.q || '';
  const questions = await suggestions();
  const place = h('div', { 'aria-live': 'polite' });
  const input = h('input', { name: 'q', type: 'search', value: asked, 'aria-label': 'Question', placeholder: 'Who rejected the offer?', maxlength: 2000, autocomplete: 'off' });
  const run = async (question) => {
    if (!question.trim()) return;
    input.value = question;
    remember('ask', undefined, { q: question });
    replace(place, empty('Looking…'));
    try {
      replace(place, await answered(await source.get('ask', { question }), run));
    } catch (error) {
      replace(place, empty(error.message));
    }
  };
  arrived.push(() => (asked ? run(asked) : input.focus()));
  return [
    heading('Ask', h('p', { class: 'dim' }, 'In English. Where the texts do not say, there is no answer, never a guess.')),
    h('form', { class: 'ask', onsubmit: (event) => { event.preventDefault(); run(input.value); } }, input, h('button', { type: 'submit' }, 'Ask')),
    h('p', { class: 'suggestions' }, questions.map((it) => h('button', { type: 'button', class: 'chip', onclick: () => run(it) }, it))),
    place,
  ];
};

const LINKED = { actor: 'actor', matter: 'matter', document: 'reader' };

async function answered(answer, again) {
  const notes = (answer.understood.notes || []).map((it) => h('p', { class: 'dim' }, it));
  const found = await Promise.all(answer.answers.map(async (it) => {
    const claims = await named(it.claims.slice(0, 20));
    // somebody taken out of a sentence may have no page
    const linked = LINKED[it.kind] && (it.claims.length > 0 || it.kind === 'document');
    const heading = it.kind === 'sentence' ? 'A text says' : it.label;
    const label = linked ? h('a', { href: at(LINKED[it.kind], it.id) }, heading) : heading;
    const words = it.evidence.map((one) => h('blockquote', {}, h('span', { class: 'core' }, line(one.quote)), ' ',
      h('a', { href: at('reader', one.document) }, title(one.document))));
    return h('section', { class: 'answer' }, h('h2', {}, label,
      it.kind !== 'yes-no' && it.status !== 'actual' && h('span', { class: `badge ${it.status}` }, STATUSES[it.status])),
    h('p', { class: 'dim' }, [it.according_to.length && `according to ${it.according_to.join(', ')}`,
      it.kind !== 'time' && day(it.date)].filter(Boolean).join(' · ')),
    claims.length ? cards(claims) : words);
  }));
  const disputes = answer.disputes.length > 0 && section('The voices disagree', answer.disputes.map((it) => h('div', {}, h('h3', {}, it.label),
    h('ul', { class: 'plain' }, it.sides.map((one) => h('li', {}, evidence([one.label, ' ', h('span', { class: 'dim' }, `according to ${one.according_to.join(', ') || 'the documents'}`)], one.claims)))))));
  if (found.length) return [notes, found, disputes];
  const meant = answer.understood.did_you_mean;
  return [notes, empty('Nothing found.'),
    meant && h('p', {}, 'Did you mean ', h('button', { type: 'button', class: 'chip', onclick: () => again(meant) }, meant), '?'),
    (answer.nearest || []).length > 0 && section('Nearest sentences, which are no answer', answer.nearest.map((it) => h('blockquote', {},
      h('span', { class: 'core' }, line(it.sentence)), ' ', h('a', { href: at('reader', it.document, { claim: it.claim }) }, title(it.document)))))];
}
