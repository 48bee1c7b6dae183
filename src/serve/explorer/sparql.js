'use strict';
// Queries in SPARQL, and a claim by its id, to which their rows lead.

pages.sparql = async (id, parameters) => {
  const { queries, prefixes } = await source.get('queries');
  const place = h('div', { 'aria-live': 'polite' });
  const first = parameters.query || (queries[0] && queries[0].query) || '';
  const editor = h('textarea', { class: 'editor', rows: 14, spellcheck: 'false', autocapitalize: 'off', 'aria-label': 'SPARQL query', value: first });
  const run = async () => {
    if (coded) coded.save();
    remember('sparql', undefined, { query: editor.value });
    replace(place, empty('Running…'));
    const began = performance.now();
    mark(undefined);
    try {
      const response = await fetch('query', {
        method: 'POST', body: editor.value,
        headers: { 'Content-Type': 'application/sparql-query', Accept: 'application/sparql-results+json, text/turtle;q=0.9' },
      });
      const words = await response.text();
      if (!response.ok) throw new Error(words.trim());
      const seconds = `${((performance.now() - began) / 1000).toFixed(2)} s`;
      const warnings = [...(response.headers.get('Warning') || '').matchAll(/299 \S+ "([^"]*)"/g)].map((it) => h('p', { class: 'problem', role: 'alert' }, it[1]));
      replace(place, warnings, (response.headers.get('Content-Type') || '').includes('json')
        ? table(JSON.parse(words), prefixes, seconds) : h('pre', { class: 'turtle', tabindex: '0' }, words));
    } catch (error) {
      replace(place, h('pre', { class: 'problem', role: 'alert' }, error.message));
      mark(/in line (\d+)/.exec(error.message));
    }
  };
  let coded;
  let wrong;
  /** The line of which the server complains. */
  const mark = (found) => {
    if (!coded) return;
    if (wrong) coded.removeLineClass(wrong, 'background', 'wrong');
    wrong = found && coded.addLineClass(Number(found[1]) - 1, 'background', 'wrong');
  };
  const write = (query) => {
    editor.value = query;
    if (coded) coded.setValue(query);
  };
  // The plain field does where the editor is not there, as in old browsers.
  arrived.push(() => {
    if (typeof CodeMirror === 'undefined') return;
    coded = CodeMirror.fromTextArea(editor, {
      mode: 'application/sparql-query', lineNumbers: true, matchBrackets: true, autoCloseBrackets: true, viewportMargin: Infinity,
      screenReaderLabel: 'SPARQL query', inputStyle: 'contenteditable',
      // Tab goes on to the next field, as everywhere.
      extraKeys: { 'Ctrl-Enter': run, 'Cmd-Enter': run, Tab: false, 'Shift-Tab': false },
    });
    coded.on('change', () => coded.save());
    // It measures its lines once the page has its final width.
    setTimeout(() => coded.refresh(), 100);
  });
  editor.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  });
  return [
    heading('SPARQL', h('p', { class: 'dim' }, 'Prefixes need not be declared. Other programs ask ', h('code', {}, new URL('query', location.href).href), '.')),
    h('form', { class: 'filters', onsubmit: (event) => event.preventDefault() }, h('label', {}, h('span', {}, 'Example'), h('select', {
      onchange: (event) => { const it = queries[Number(event.target.value)]; if (it) { write(it.query); run(); } },
    }, [h('option', { value: '' }, 'choose a query'), ...queries.map((it, n) => h('option', { value: n }, it.title))]))),
    editor,
    h('p', { class: 'walk' }, h('button', { type: 'button', class: 'main', onclick: run }, 'Run'), h('span', { class: 'dim' }, 'Ctrl + Enter')),
    h('details', {}, h('summary', {}, 'Prefixes'), h('pre', { tabindex: '0' }, prefixes.map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join('\n'))),
    place,
  ];
};

function table(results, prefixes, seconds) {
  if (results.boolean !== undefined) return h('p', { class: 'answer' }, h('b', {}, results.boolean ? 'yes' : 'no'));
  const { vars } = results.head;
  const rows = results.results.bindings;
  const MOST = 500;
  const save = () => saveAs('rows.csv', csv([vars, ...rows.map((row) => vars.map((name) => row[name] && row[name].value))]), 'text/csv');
  return [
    h('p', { class: 'walk' }, h('span', {}, `${count(rows.length, 'row')} in ${seconds}`), rows.length > 0 && h('button', { type: 'button', onclick: save }, 'CSV')),
    rows.length > 0 && h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Rows' }, h('table', { class: 'rows-table' },
      h('thead', {}, h('tr', {}, vars.map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, rows.slice(0, MOST).map((row) => h('tr', {}, vars.map((name) => h('td', {}, row[name] && term(row[name], prefixes)))))))),
    rows.length > MOST && h('p', { class: 'dim' }, `The first ${MOST} are shown; the CSV has all.`),
  ];
}

const VIEWS_OF = { actor: 'actor', matter: 'matter', document: 'reader', dispute: 'dispute', claim: 'claim' };

/** A term as people read it: things of the graph lead to their pages. */
function term(it, prefixes) {
  if (it.type !== 'uri') return it.value;
  const known = prefixes.find(([, iri]) => it.value.startsWith(iri) && !it.value.slice(iri.length).includes('/'));
  if (!known) return /^https?:/.test(it.value) ? h('a', { href: it.value, rel: 'noreferrer' }, it.value) : it.value;
  const local = it.value.slice(known[1].length);
  const view = VIEWS_OF[known[0]];
  const words = `${known[0]}:${local}`;
  return view && !local.includes('#') ? h('a', { href: at(view, decodeURIComponent(local)) }, words) : words;
}

/** A claim by its id is shown in its document. */
pages.claim = async (id) => {
  const claim = await source.get(`claims/${encodeURIComponent(id)}`);
  return [heading('Claim'), card(claim), why(claim), h('p', { class: 'dim' }, h('code', {}, claim.id))];
};
