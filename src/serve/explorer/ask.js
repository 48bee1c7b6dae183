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

/** Questions that may follow from an answer: about who or what answers it. */
function further(answer) {
  const [found] = answer.answers;
  if (!found) return [];
  const named = found.kind === 'actor' ? [`What did ${found.label} say?`, `What does ${found.label} want?`] : [];
  return [...(found.kind === 'yes-no' ? [] : ['Why?', 'When?']), ...named];
}

/** A conversation: each question may follow from the one before ("And who rejected it?"). */
pages.ask = async (id, parameters) => {
  const asked = [new URLSearchParams(location.hash.split('?')[1]).getAll('q')].flat().filter(Boolean);
  const questions = await suggestions();
  const place = h('div', { class: 'conversation', 'aria-live': 'polite' });
  const chips = h('p', { class: 'suggestions' });
  const input = h('input', { name: 'q', type: 'search', 'aria-label': 'Question', maxlength: 2000, autocomplete: 'off' });
  const fresh = h('button', { type: 'button', class: 'plain', onclick: () => { talk.length = 0; replace(place); said(); input.focus(); } }, 'ask something else');
  /** What was asked, with the whole question as it was understood. */
  const talk = [];
  const said = (answer) => {
    input.value = '';
    input.placeholder = talk.length ? 'Go on: “And who rejected it?”' : 'Who rejected the offer?';
    const next = talk.length ? further(answer || { answers: [] }) : questions;
    replace(chips, next.map((it) => h('button', { type: 'button', class: 'chip', onclick: () => run(it) }, it)), talk.length > 0 && fresh);
    const query = new URLSearchParams(talk.map((it) => ['q', it.question]));
    history.replaceState(null, '', talk.length ? `#/ask?${query}` : '#/ask');
  };
  const run = async (question) => {
    if (!question.trim()) return;
    const before = talk[talk.length - 1];
    const turn = h('section', { class: 'turn' }, h('h2', { class: 'asked' }, question), empty('Looking…'));
    place.append(turn);
    talk.push({ question, whole: question });
    said();
    turn.scrollIntoView({ block: 'nearest' });
    try {
      const answer = await source.get('ask', { question, after: before && before.whole });
      talk[talk.length - 1].whole = answer.question;
      turn.lastChild.replaceWith(h('div', {}, answer.question !== question && h('p', { class: 'dim' }, `understood as “${answer.question}”`), await answered(answer, run)));
      said(answer);
    } catch (error) {
      talk.pop();
      turn.lastChild.replaceWith(failed(error, () => { turn.remove(); run(question); }));
    }
  };
  said();
  arrived.push(async () => {
    for (const question of asked) await run(question);
    input.focus({ preventScroll: true });
  });
  return [
    heading('Ask', h('p', { class: 'dim' }, 'In English, also one question after another. Where the texts do not say, there is no answer, never a guess.')),
    place,
    h('form', { class: 'ask', onsubmit: (event) => { event.preventDefault(); run(input.value); } }, input, h('button', { type: 'submit' }, 'Ask')),
    chips,
  ];
};

const LINKED = { actor: 'actor', matter: 'matter', document: 'reader' };

async function answered(answer, again) {
  const notes = (answer.understood.notes || []).map((it) => h('p', { class: 'dim' }, it));
  // A dispute that answers is told by its sides.
  const isAnswer = (dispute) => answer.answers.some((it) => it.label === dispute.label);
  const plain = answer.answers.filter((it) => !answer.disputes.some((one) => one.label === it.label));
  const found = await Promise.all(plain.map(async (it) => {
    const claims = await named(it.claims.slice(0, 20));
    // somebody taken out of a sentence may have no page
    const linked = LINKED[it.kind] && (it.claims.length > 0 || it.kind === 'document');
    const heading = it.kind === 'sentence' ? 'A text says' : it.label;
    const label = linked ? h('a', { href: at(LINKED[it.kind], it.id) }, heading) : heading;
    const words = it.evidence.map((one) => h('blockquote', {}, h('span', { class: 'core' }, line(one.quote)), ' ',
      h('a', { href: at('reader', one.document) }, title(one.document))));
    return h('section', { class: 'answer' }, h('h3', {}, label,
      it.kind !== 'yes-no' && it.status !== 'actual' && h('span', { class: `badge ${it.status}` }, STATUSES[it.status])),
    h('p', { class: 'dim' }, [it.according_to.length && `according to ${it.according_to.join(', ')}`,
      it.kind !== 'time' && day(it.date)].filter(Boolean).join(' · ')),
    claims.length ? cards(claims) : words);
  }));
  const disputes = answer.disputes.length > 0 && section('The voices disagree', answer.disputes.map((it) => h('div', {}, h('h3', {}, it.label),
    h('div', { class: 'sides' }, it.sides.map((one) => h('div', { class: 'side' }, evidence([h('b', {}, one.label), ' ', h('span', { class: 'dim' }, `according to ${one.according_to.join(', ') || 'the documents'}`)], one.claims, isAnswer(it))))))));
  if (answer.answers.length) return [notes, found, disputes];
  const meant = answer.understood.did_you_mean;
  return [notes, empty('Nothing found.'),
    meant && h('p', {}, 'Did you mean ', h('button', { type: 'button', class: 'chip', onclick: () => again(meant) }, meant), '?'),
    (answer.nearest || []).length > 0 && section('Nearest sentences, which are no answer', answer.nearest.map((it) => h('blockquote', {},
      h('span', { class: 'core' }, line(it.sentence)), ' ', h('a', { href: at('reader', it.document, { claim: it.claim }) }, title(it.document)))))];
}
