'use strict';
// Actors and matters, and what is done between them, as a drawing and as a list.

pages.graph = async (id, parameters) => {
  const view = new Drawing(parameters);
  return view.view();
};

/** The network as a drawing, and the same as a list. */
class Drawing {
  constructor(parameters) {
    this.parameters = parameters;
    this.place = h('div', { class: 'drawing', role: 'img', 'aria-label': 'Actors and matters, and what is done between them; the list below says the same' });
    this.panel = h('aside', { class: 'panel', 'aria-live': 'polite', 'aria-label': 'What is chosen' });
    this.list = h('div', {});
    this.note = h('p', { class: 'dim' });
    this.hidden = new Set();
  }

  async view() {
    const { actors } = await source.get('actors');
    const names = actors.filter((it) => it.claims || it.addressed).slice(0, 200);
    const form = filters([
      choice('Around', 'actor', [['', 'everybody'], ...names.map((it) => [it.id, it.label])], this.parameters.actor),
      choice('Act', 'act', actOptions(), this.parameters.act),
      choice('Status', 'status', STATUS_OPTIONS, this.parameters.status),
      choice('Voice', 'voice', await voiceOptions(), this.parameters.voice),
      choice('Document', 'document', documentOptions(), this.parameters.document),
      choice('Edges', 'edges', [['60', 'the main 60'], ['150', 'the main 150'], ['500', 'the main 500'], ['2000', 'all, to 2,000']], this.parameters.edges || '60'),
    ], (values) => {
      this.parameters = values;
      remember('graph', undefined, values);
      this.load();
    });
    const button = (words, onclick) => h('button', { type: 'button', onclick }, words);
    arrived.push(() => this.load());
    leaving.push(() => this.drawn && this.drawn.destroy());
    return [
      heading('Graph'), form,
      h('p', { class: 'walk' }, button('+', () => this.zoom(1.3)), button('−', () => this.zoom(1 / 1.3)),
        button('fit', () => this.drawn && this.drawn.fit(undefined, 24)), button('lay out again', () => this.lay()),
        button('show hidden', () => { this.hidden.clear(); this.load(); }),
        button('PNG', () => this.save()), this.legend()),
      this.note, h('div', { class: 'graph' }, this.place, this.panel),
      h('details', {}, h('summary', {}, 'The same as a list'), this.list),
    ];
  }

  legend() {
    return h('span', { class: 'legend' }, h('span', { class: 'key for' }, 'for'), h('span', { class: 'key against' }, 'against'),
      h('span', { class: 'key other' }, 'other acts'), h('span', { class: 'dim' }, 'dashed: not done, or only possible'));
  }

  async load() {
    replace(this.note, 'Loading…');
    try {
      const { actor, ...others } = this.parameters;
      const network = await source.get('graph', { edges: 60, ...others, actor });
      this.draw(network);
    } catch (error) {
      replace(this.note, error.message);
    }
  }

  draw(network) {
    const nodes = network.nodes.filter((it) => !this.hidden.has(it.id));
    const shown = new Set(nodes.map((it) => it.id));
    const edges = network.edges.filter((it) => shown.has(it.source) && shown.has(it.target));
    const left = network.left_out ? `; ${count(network.left_out, 'edge')} with fewer claims left out` : '';
    replace(this.note, edges.length
      ? `${count(nodes.length, 'node')}, ${count(edges.length, 'edge')}${left}` : 'No claim fits.');
    this.labels = new Map(nodes.map((it) => [it.id, it.label]));
    this.listEdges(edges);
    replace(this.panel, empty('Choose a line for its quotes, or a node.'));
    if (this.drawn) this.drawn.destroy();
    this.place.replaceChildren();
    if (!edges.length) return;
    this.drawn = cytoscape({
      container: this.place,
      elements: elements(nodes, edges),
      style: drawingStyle(),
      minZoom: 0.05, maxZoom: 4,
      layout: { name: 'preset' },
    });
    this.lay();
    this.drawn.on('tap', 'edge', (event) => this.showEdge(event.target.data('edge')));
    this.drawn.on('tap', 'node', (event) => this.showNode(event.target));
    this.drawn.on('mouseover', 'node', (event) => event.target.closedNeighborhood().addClass('near'));
    this.drawn.on('mouseout', 'node', () => this.drawn.elements().removeClass('near'));
  }

  /** From the same places every time, so that the same graph looks the same. */
  lay() {
    if (!this.drawn) return;
    const nodes = this.drawn.nodes().sort((a, b) => b.degree() - a.degree() || a.id().localeCompare(b.id()));
    nodes.forEach((node, n) => {
      const angle = n * 2.399963;
      const radius = 60 * Math.sqrt(n + 1);
      node.position({ x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
    });
    this.drawn.layout({
      name: 'cose', randomize: false, animate: false, fit: false, nodeOverlap: 24, numIter: nodes.length > 250 ? 250 : 900,
      idealEdgeLength: () => 70, nodeRepulsion: () => 16000, edgeElasticity: () => 100, gravity: 1.2, componentSpacing: 40,
    }).run();
    this.spread(nodes);
  }

  /** Over the whole drawing, and a larger one where there are many, so that words keep their size. */
  spread(nodes) {
    const [wide, tall] = [this.place.clientWidth, this.place.clientHeight];
    const larger = Math.max(1, Math.sqrt(nodes.length / 45), 560 / wide);
    const box = nodes.boundingBox({ includeLabels: false });
    const [across, down] = [(wide * larger - 130) / (box.w || 1), (tall * larger - 90) / (box.h || 1)];
    this.drawn.batch(() => nodes.forEach((node) => {
      const { x, y } = node.position();
      node.position({ x: 65 + (x - box.x1) * across, y: 35 + (y - box.y1) * down });
    }));
    this.drawn.zoom(1 / larger);
    this.drawn.pan({ x: 0, y: 0 });
  }

  zoom(by) {
    if (this.drawn) this.drawn.zoom({ level: this.drawn.zoom() * by, renderedPosition: { x: this.place.clientWidth / 2, y: this.place.clientHeight / 2 } });
  }

  save() {
    if (!this.drawn) return;
    const paper = getComputedStyle(document.body).backgroundColor;
    h('a', { href: this.drawn.png({ full: true, scale: 2, bg: paper }), download: 'graph.png' }).click();
  }

  address(id) {
    const place = id.indexOf('/');
    return at(id.slice(0, place), id.slice(place + 1));
  }

  async showEdge(edge) {
    const end = (id) => h('a', { href: this.address(id) }, this.labels.get(id));
    replace(this.panel, h('h2', {}, end(edge.source), ' ', h('b', { class: `act ${side(edge.act)}` }, past(edge.act)), ' ', end(edge.target)),
      edge.reported && h('p', { class: 'dim' }, 'Only others than the documents say so.'), empty('Loading…'));
    const claims = await named(edge.claims);
    this.panel.lastChild.replaceWith(h('div', {}, cards(claims), edge.count > claims.length
      && h('p', { class: 'dim' }, `the first ${claims.length} of ${count(edge.count, 'claim')}`)));
    this.panel.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }

  showNode(node) {
    const id = node.id();
    const edges = node.connectedEdges().map((it) => it.data('edge'));
    edges.sort((a, b) => b.count - a.count);
    replace(this.panel, h('h2', {}, h('a', { href: this.address(id) }, this.labels.get(id))),
      h('p', {}, h('button', { type: 'button', onclick: () => { this.hidden.add(id); node.remove(); } }, 'hide'), ' ',
        id.startsWith('actor/') && h('a', { href: at('graph', undefined, { ...this.parameters, actor: id.slice(6) }) }, 'only around it')),
      h('ul', { class: 'rows' }, edges.map((edge) => this.row(edge))));
    this.drawn.elements().removeClass('chosen');
    node.closedNeighborhood().addClass('chosen');
  }

  row(edge) {
    return h('li', {}, h('button', { type: 'button', class: 'plain', onclick: () => this.showEdge(edge) },
      this.labels.get(edge.source), ' ', h('b', { class: `act ${side(edge.act)}` }, past(edge.act)), ' ', this.labels.get(edge.target)),
    edge.status !== 'actual' && h('span', { class: `badge ${edge.status}` }, STATUSES[edge.status]),
    h('span', { class: 'numbers' }, count(edge.count, 'claim')));
  }

  listEdges(edges) {
    const MOST = 300;
    replace(this.list, h('ul', { class: 'rows' }, edges.slice(0, MOST).map((edge) => this.row(edge))),
      edges.length > MOST && h('p', { class: 'dim' }, `and ${edges.length - MOST} more`));
  }
}

function elements(nodes, edges) {
  const size = (claims) => Math.min(16 + 7 * Math.sqrt(claims), 64);
  const short = (label) => (label.length > 34 ? `${label.slice(0, 32)}…` : label);
  return [
    ...nodes.map((it) => ({ data: { id: it.id, label: short(it.label), kind: it.kind, size: size(it.claims) } })),
    ...edges.map((edge, n) => ({
      data: { id: `edge-${n}`, source: edge.source, target: edge.target, edge, label: past(edge.act), width: Math.min(1 + Math.sqrt(edge.count), 7) },
      classes: [side(edge.act), edge.status, edge.reported ? 'reported' : ''].join(' '),
    })),
  ];
}

/** Colours are those of the page, in light and dark. */
function drawingStyle() {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const [ink, paper, dim] = ['--ink', '--paper', '--dim'].map(colour);
  const byAct = ['for', 'against', 'other'].map((it) => ({
    selector: `edge.${it}`, style: { 'line-color': colour(`--${it}`), 'target-arrow-color': colour(`--${it}`) },
  }));
  return [
    { selector: 'node', style: {
      label: 'data(label)', width: 'data(size)', height: 'data(size)', 'font-size': 12, color: ink, 'font-family': 'system-ui, sans-serif',
      'text-valign': 'bottom', 'text-margin-y': 3, 'text-outline-color': paper, 'text-outline-width': 2, 'background-color': colour('--accent'), 'min-zoomed-font-size': 5 } },
    { selector: 'node[kind="matter"]', style: { shape: 'round-rectangle', 'background-color': colour('--matter'), 'text-wrap': 'wrap', 'text-max-width': 120 } },
    { selector: 'edge', style: {
      width: 'data(width)', 'curve-style': 'bezier', 'target-arrow-shape': 'triangle', 'arrow-scale': 0.8, opacity: 0.75,
      'font-size': 10, color: dim, 'text-rotation': 'autorotate', 'text-outline-color': paper, 'text-outline-width': 2, 'min-zoomed-font-size': 8 } },
    ...byAct,
    { selector: 'edge.negated, edge.unrealised', style: { 'line-style': 'dashed' } },
    { selector: '.near, .chosen, edge:selected', style: { opacity: 1, 'z-index': 9 } },
    { selector: 'edge.near, edge.chosen, edge:selected', style: { label: 'data(label)' } },
    { selector: 'node:selected', style: { 'border-width': 3, 'border-color': ink } },
  ];
}
