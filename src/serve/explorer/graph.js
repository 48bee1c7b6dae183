'use strict';
// Actors and matters, and what is done between them, as a drawing and as a list.

pages.graph = async (id, parameters) => {
  const view = new Drawing(parameters);
  return view.view();
};

/** Of more edges than these only what is quick is drawn. */
const MANY = 800;

/** The network as a drawing, and the same as a list. */
class Drawing {
  constructor(parameters) {
    this.parameters = parameters;
    this.place = h('div', { class: 'drawing', role: 'img', 'aria-label': 'Actors and matters, and what is done between them; the list below says the same' });
    this.panel = h('aside', { class: 'panel', 'aria-live': 'polite', 'aria-label': 'What is chosen' });
    this.list = h('div', {});
    this.note = h('span', { class: 'dim', role: 'status' });
    this.hidden = new Set();
    this.back = h('button', { type: 'button', class: 'back', hidden: true, onclick: () => { this.hidden.clear(); this.redraw(); } });
    this.names = h('datalist', { id: 'nodes-drawn' });
    /** Where nodes lie that have been seen, by id. */
    this.places = new Map();
    this.laying = new AbortController();
  }

  async view() {
    const { matter } = this.parameters;
    const form = filters([
      choice('Around', 'actor', await actorOptions(this.parameters.actor), this.parameters.actor),
      choice('Act', 'act', actOptions(), this.parameters.act),
      choice('Status', 'status', STATUS_OPTIONS, this.parameters.status),
      choice('Voice', 'voice', await voiceOptions(), this.parameters.voice),
      choice('Document', 'document', await documentOptions(this.parameters.document), this.parameters.document),
      field('From', 'from', this.parameters.from, { type: 'date' }), field('Until', 'until', this.parameters.until, { type: 'date' }),
      choice('Events', 'events', [['', 'hidden'], ['true', 'shown']], this.parameters.events),
      choice('Edges', 'edges', [['', `the main ${FEW()}`], ['150', 'the main 150'], ['500', 'the main 500'], ['2000', 'all, to 2,000']], this.parameters.edges),
      matter && fixed('matter', matter, await label('matters', matter)),
    ], (values) => {
      this.parameters = values;
      remember('graph', undefined, values);
      this.load();
    });
    const button = (words, onclick) => h('button', { type: 'button', onclick }, words);
    arrived.push(() => this.load());
    leaving.push(() => { this.laying.abort(); if (this.drawn) this.drawn.destroy(); });
    return [
      heading('Graph'), form,
      h('p', { class: 'walk' }, button('+', () => this.zoom(1.3)), button('−', () => this.zoom(1 / 1.3)),
        button('fit', () => this.drawn && this.show(new Map(this.drawn.nodes().map((it) => [it.id(), it.position()])))), button('lay out again', () => this.lay()),
        this.back, h('span', { class: 'dim' }, 'save as'), button('SVG', () => this.save('svg')), button('PNG', () => this.save('png')),
        button('GraphML', () => this.save('graphml')), this.finder()),
      h('p', { class: 'walk' }, this.note, this.legend()), h('div', { class: 'graph' }, this.place, this.panel),
      h('details', {}, h('summary', {}, 'The same as a list'), this.list),
    ];
  }

  /** Finds a node by its name. */
  finder() {
    return [this.names, h('input', { type: 'search', list: 'nodes-drawn', placeholder: 'Find in the drawing', 'aria-label': 'Find in the drawing', autocomplete: 'off', onchange: (event) => {
      const text = event.target.value.trim().toLowerCase();
      const all = this.drawn && text ? this.drawn.nodes().toArray() : [];
      const wanted = all.find((it) => it.data('whole').toLowerCase() === text) || all.find((it) => it.data('whole').toLowerCase().includes(text));
      if (!wanted) return;
      this.drawn.elements().unselect();
      wanted.select();
      this.drawn.zoom(Math.max(this.drawn.zoom(), 0.9));
      this.drawn.center(wanted);
      this.showNode(wanted);
    } })];
  }

  legend() {
    return h('span', { class: 'legend' }, h('span', { class: 'shape actor' }, 'actor'), h('span', { class: 'shape matter' }, 'matter'), h('span', { class: 'shape event' }, 'event'),
      h('span', { class: 'key for' }, 'for'), h('span', { class: 'key against' }, 'against'),
      h('span', { class: 'key other' }, 'other acts'), h('span', { class: 'dim' }, 'dashed: not done, or only possible'));
  }

  async load() {
    replace(this.note, 'Loading…');
    try {
      const { actor, ...others } = this.parameters;
      this.network = await source.get('graph', { ...others, edges: others.edges || FEW(), actor });
      await this.draw(this.network);
    } catch (error) {
      replace(this.note, error.message);
    }
  }

  /** Draws the network; what has been drawn before lies where it lay. */
  async draw(network) {
    const nodes = network.nodes.filter((it) => !this.hidden.has(it.id));
    const shown = new Set(nodes.map((it) => it.id));
    const edges = network.edges.filter((it) => shown.has(it.source) && shown.has(it.target));
    const left = network.left_out ? `; ${count(network.left_out, 'edge')} with fewer claims left out` : '';
    this.labels = new Map(nodes.map((it) => [it.id, it.label]));
    this.listEdges(edges);
    this.back.hidden = !this.hidden.size;
    replace(this.back, `show ${count(this.hidden.size, 'hidden node')}`);
    replace(this.names, nodes.map((it) => h('option', { value: it.label })));
    replace(this.panel, empty('Choose a line for its quotes, or a node.'));
    this.laying.abort();
    this.laying = new AbortController();
    const { signal } = this.laying;
    replace(this.note, edges.length ? `Laying out ${count(nodes.length, 'node')}…` : 'No claim fits.');
    const held = nodes.filter((it) => this.places.has(it.id)).length;
    const stays = this.drawn && held > 0 && !hasMany(nodes.length, held);
    const seen = stays && { zoom: this.drawn.zoom(), pan: { ...this.drawn.pan() } };
    const size = { wide: this.place.clientWidth, tall: this.place.clientHeight };
    const sized = nodes.map((it) => ({ ...it, size: 16 + 48 * Math.sqrt(it.claims / most(nodes, 'claims', 40)) }));
    const places = edges.length ? await placed(sized.map((it) => ({ ...it, ...boxOf(it) })), edges, this.places, size, signal) : new Map();
    if (signal.aborted) return;
    for (const [id, place] of places) this.places.set(id, place);
    if (this.drawn) this.drawn.destroy();
    this.drawn = undefined;
    this.place.replaceChildren();
    if (!edges.length) return;
    replace(this.note, `${count(nodes.length, 'node')}, ${count(edges.length, 'edge')}${left}`);
    this.drawn = cytoscape({
      container: this.place,
      elements: elements(sized, edges, places),
      style: drawingStyle(edges.length > MANY),
      minZoom: 0.05, maxZoom: 4,
      // Of thousands the lines are left out while they are moved.
      hideEdgesOnViewport: edges.length > MANY, textureOnViewport: edges.length > MANY,
      layout: { name: 'preset', fit: false },
    });
    if (seen) this.drawn.viewport(seen);
    else this.show(places, true);
    this.drawn.on('tap', 'edge', (event) => this.showEdge(event.target.data('edge')));
    this.drawn.on('tap', 'node', (event) => this.showNode(event.target));
    this.drawn.on('free', 'node', (event) => this.places.set(event.target.id(), { ...event.target.position() }));
    this.drawn.on('mouseover', 'node', (event) => { event.target.addClass('rested'); event.target.closedNeighborhood().addClass('near'); });
    this.drawn.on('mouseout', 'node', () => this.drawn.elements().removeClass('near rested'));
  }

  /** All of it; words keep a size in which they can be read as long as they can. */
  show(places, first = false) {
    // Of the places alone: to measure all words of thousands of nodes takes a second.
    const [wide, tall] = [this.place.clientWidth, this.place.clientHeight];
    const all = [...places.values()];
    const of = (axis) => all.reduce(([least, most], it) => [Math.min(least, it[axis]), Math.max(most, it[axis])], [Infinity, -Infinity]);
    const [[left, right], [top, bottom]] = [of('x'), of('y')];
    const zoom = Math.min(1, wide / (right - left + 130), tall / (bottom - top + 90));
    // Where little room is left to read, what is largest is shown first, and the rest beside it.
    if (first && wide < 600 && zoom < READABLE) {
      const [main] = this.network.nodes.filter((it) => places.has(it.id)).sort((a, b) => b.claims - a.claims);
      const { x, y } = places.get(main.id);
      this.drawn.viewport({ zoom: READABLE, pan: { x: wide / 2 - x * READABLE, y: tall / 2 - y * READABLE } });
      return;
    }
    this.drawn.viewport({ zoom, pan: { x: (wide - (left + right) * zoom) / 2, y: (tall - (top + bottom + 20) * zoom) / 2 } });
  }

  /** As if nothing had been drawn before. */
  lay() {
    this.places.clear();
    this.redraw();
  }

  redraw() {
    if (this.network) this.draw(this.network).catch((error) => replace(this.note, error.message));
  }

  zoom(by) {
    if (this.drawn) this.drawn.zoom({ level: this.drawn.zoom() * by, renderedPosition: { x: this.place.clientWidth / 2, y: this.place.clientHeight / 2 } });
  }

  /** What is seen, as a file. */
  save(kind) {
    if (!this.drawn) return;
    if (kind === 'png') {
      const paper = getComputedStyle(this.place).backgroundColor;
      h('a', { href: this.drawn.png({ full: true, scale: 2, bg: paper }), download: 'graph.png' }).click();
      return;
    }
    const [words, media] = kind === 'svg' ? [drawnAsSvg(this.drawn), 'image/svg+xml'] : [drawnAsGraphMl(this.drawn), 'application/graphml+xml'];
    saveAs(`graph.${kind}`, words, media);
  }

  /** More of what stands around a node; what is drawn stays where it is. */
  async expand(id) {
    const kind = id.startsWith('actor/') ? 'actor' : 'matter';
    const { actor, matter, ...others } = this.parameters;
    const more = await source.get('graph', { ...others, [kind]: id.slice(kind.length + 1), edges: 80 });
    const known = new Set(this.network.nodes.map((it) => it.id));
    const key = (it) => [it.source, it.target, it.act, it.status].join('\n');
    const drawn = new Set(this.network.edges.map(key));
    const nodes = more.nodes.filter((it) => !known.has(it.id));
    this.network = { nodes: [...this.network.nodes, ...nodes], edges: [...this.network.edges, ...more.edges.filter((it) => !drawn.has(key(it)))], left_out: this.network.left_out };
    for (const it of nodes) this.hidden.delete(it.id);
    await this.draw(this.network);
    if (!this.drawn) return;
    this.drawn.getElementById(id).select();
    this.showNode(this.drawn.getElementById(id));
  }

  address(id) {
    const place = id.indexOf('/');
    return at(id.slice(0, place), id.slice(place + 1));
  }

  async showEdge(edge) {
    const end = (id) => h('a', { href: this.address(id) }, this.labels.get(id));
    replace(this.panel, h('h2', {}, end(edge.source), ' ', h('b', { class: `act ${side(edge.act)}` }, past(edge.act)), ' ', end(edge.target)),
      edge.reported && h('p', { class: 'dim' }, 'Only others than the documents say so.'), empty('Loading…'));
    let claims;
    try {
      claims = await named(edge.claims);
    } catch (error) {
      this.panel.lastChild.replaceWith(failed(error, () => this.showEdge(edge)));
      return;
    }
    this.panel.lastChild.replaceWith(h('div', {}, cards(claims), edge.count > claims.length
      && h('p', { class: 'dim' }, `the first ${claims.length} of ${count(edge.count, 'claim')}`)));
    this.panel.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }

  showNode(node) {
    const id = node.id();
    const edges = node.connectedEdges().map((it) => it.data('edge'));
    edges.sort((a, b) => b.count - a.count);
    replace(this.panel, h('h2', {}, h('a', { href: this.address(id) }, this.labels.get(id))),
      h('p', {}, h('button', { type: 'button', onclick: () => { this.hidden.add(id); this.redraw(); } }, 'hide'), ' ', !id.startsWith('event/') && h('button', { type: 'button', onclick: () => this.expand(id).catch((error) => replace(this.note, error.message)) }, 'expand'), ' ',
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

/** How many edges are drawn at first. */
const FEW = () => (innerWidth < 600 ? 30 : 60);
/** Below this zoom words are too small to be read. */
const READABLE = 0.85;
/** How wide a name may be, and how wide a letter and high a line of it are about. */
const [NAME, LETTER, LINE] = [116, 6.6, 14];

/** The most that there is of something, or `least`: nodes and edges are as large as that allows. */
function most(all, name, least) {
  return all.reduce((found, it) => Math.max(found, it[name]), least);
}

/** A name as it is drawn: on lines of some words, cut where it is long. */
function linesOf(label) {
  const most = Math.floor(NAME / LETTER);
  const lines = [];
  for (const word of label.split(/\s+/)) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + word.length < most) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  if (lines.length <= 3) return lines;
  return [lines[0], lines[1], `${lines[2].slice(0, most - 1)}…`];
}

/** The room that a node takes with its name below: half its width, and what is above and below its middle. */
function boxOf(it) {
  const lines = linesOf(it.label);
  const { size = 24 } = it;
  return { half: Math.max(size, LETTER * Math.max(...lines.map((words) => words.length))) / 2, up: size / 2, down: size / 2 + 5 + LINE * lines.length };
}

function elements(nodes, edges, places) {
  const thickest = most(edges, 'count', 30);
  return [
    ...nodes.map((it) => ({ data: { id: it.id, label: linesOf(it.label).join('\n'), whole: it.label, kind: it.kind, size: it.size }, position: { ...places.get(it.id) } })),
    ...edges.map((edge, n) => ({
      data: { id: `edge-${n}`, source: edge.source, target: edge.target, edge, label: past(edge.act), width: 1 + 5 * Math.sqrt(edge.count / thickest) },
      classes: [side(edge.act), edge.status, edge.reported ? 'reported' : ''].join(' '),
    })),
  ];
}

/** Colours are those of the page, in light and dark. */
function drawingStyle(isLarge) {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const [ink, paper, dim] = ['--ink', '--sheet', '--dim'].map(colour);
  const byAct = ['for', 'against', 'other'].map((it) => ({
    selector: `edge.${it}`, style: { 'line-color': colour(`--${it}`), 'target-arrow-color': colour(`--${it}`) },
  }));
  return [
    { selector: 'node', style: {
      label: 'data(label)', width: 'data(size)', height: 'data(size)', 'font-size': 12, color: ink, 'font-family': 'system-ui, sans-serif',
      'text-valign': 'bottom', 'text-margin-y': 3, 'text-outline-color': paper, 'text-outline-width': 2, 'background-color': colour('--accent'), 'min-zoomed-font-size': 5,
      'text-wrap': 'wrap', 'text-max-width': 1000, 'text-background-color': paper, 'text-background-opacity': 0.75, 'text-background-padding': 1 } },
    { selector: 'node[kind="matter"]', style: { shape: 'round-rectangle', 'background-color': colour('--matter') } },
    { selector: 'node[kind="event"]', style: { shape: 'diamond', 'background-color': dim } },
    { selector: 'edge', style: {
      width: 'data(width)', 'curve-style': isLarge ? 'straight' : 'bezier', 'target-arrow-shape': 'triangle', 'arrow-scale': 0.8, opacity: 0.75,
      'font-size': 10, color: dim, 'text-rotation': 'autorotate', 'text-outline-color': paper, 'text-outline-width': 2, 'min-zoomed-font-size': 8 } },
    ...byAct,
    { selector: 'edge.negated, edge.unrealised', style: { 'line-style': 'dashed' } },
    // Each name takes its time to be measured; of many, those of the larger nodes are enough.
    ...(isLarge ? [{ selector: 'node[size < 34]', style: { label: '' } }, { selector: 'node.near, node.chosen, node:selected', style: { label: 'data(label)' } }] : []),
    { selector: 'node.rested, node:selected', style: { label: 'data(whole)', 'text-max-width': 200, 'z-index': 10, 'text-background-opacity': 1 } },
    { selector: '.near, .chosen, edge:selected', style: { opacity: 1, 'z-index': 9 } },
    { selector: 'edge.near, edge.chosen, edge:selected', style: { label: 'data(label)' } },
    { selector: 'node:selected', style: { 'border-width': 3, 'border-color': ink } },
  ];
}

/** Words as XML takes them. */
function xml(text) {
  const signs = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  // eslint-disable-next-line no-control-regex
  return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (sign) => signs[sign]);
}

/** The drawing as it lies there, in the colours of the page. */
function drawnAsSvg(drawn) {
  const box = drawn.elements().boundingBox();
  const paper = getComputedStyle(document.querySelector('.drawing')).backgroundColor;
  const number = (value) => value.toFixed(1);
  const edges = drawn.edges().map((edge) => {
    const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()];
    const middle = (edge.controlPoints() || [])[0];
    const path = `M${number(from.x)} ${number(from.y)} ${middle ? `Q${number(middle.x)} ${number(middle.y)}` : 'L'} ${number(to.x)} ${number(to.y)}`;
    const colour = edge.style('line-color');
    const start = middle || from;
    const angle = Math.atan2(to.y - start.y, to.x - start.x);
    const corner = (turn) => `${number(to.x - 9 * Math.cos(angle + turn))},${number(to.y - 9 * Math.sin(angle + turn))}`;
    const { edge: it } = edge.data();
    return `<g><title>${xml(`${drawn.getElementById(it.source).data('whole')} ${past(it.act)} ${drawn.getElementById(it.target).data('whole')} (${it.count})`)}</title>`
      + `<path d="${path}" fill="none" stroke="${xml(colour)}" stroke-width="${number(edge.numericStyle('width'))}"${it.status === 'actual' ? '' : ' stroke-dasharray="6 4"'} opacity="0.75"/>`
      + `<path d="M${number(to.x)},${number(to.y)} L${corner(0.4)} L${corner(-0.4)} Z" fill="${xml(colour)}"/></g>`;
  });
  const nodes = drawn.nodes().map((node) => {
    const { x, y } = node.position();
    const [wide, tall] = [node.width(), node.height()];
    const colour = xml(node.style('background-color'));
    const [kind, lines] = [node.data('kind'), node.data('label').split('\n')];
    const [middle, half] = [[x, y].map(number), wide / 2];
    const shape = kind === 'event' ? `<path d="M${number(x)},${number(y - half)} L${number(x + half)},${middle[1]} L${middle[0]},${number(y + half)} L${number(x - half)},${middle[1]} Z" fill="${colour}"/>` : kind === 'matter'
      ? `<rect x="${number(x - wide / 2)}" y="${number(y - tall / 2)}" width="${number(wide)}" height="${number(tall)}" rx="5" fill="${colour}"/>`
      : `<circle cx="${number(x)}" cy="${number(y)}" r="${number(wide / 2)}" fill="${colour}"/>`;
    const words = lines.map((it, n) => `<tspan x="${number(x)}" dy="${n ? LINE : 0}">${xml(it)}</tspan>`).join('');
    return `<g><title>${xml(node.data('whole'))}</title>${shape}<text x="${number(x)}" y="${number(y + tall / 2 + 15)}" font-size="12" text-anchor="middle" fill="${xml(node.style('color'))}" stroke="${xml(paper)}" stroke-width="3" paint-order="stroke">${words}</text></g>`;
  });
  const pad = 30;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="${number(box.x1 - pad)} ${number(box.y1 - pad)} ${number(box.w + 2 * pad)} ${number(box.h + 2 * pad)}" font-family="system-ui, sans-serif">`
    + `<rect x="${number(box.x1 - pad)}" y="${number(box.y1 - pad)}" width="100%" height="100%" fill="${xml(paper)}"/>\n${[...edges, ...nodes].join('\n')}\n</svg>\n`;
}

/** The nodes and edges that are seen, as `demarche export` names them. */
function drawnAsGraphMl(drawn) {
  const keys = [['node', 'label', 'string'], ['node', 'kind', 'string'], ['edge', 'act', 'string'], ['edge', 'status', 'string'], ['edge', 'reported', 'boolean'], ['edge', 'weight', 'int'], ['edge', 'claims', 'string']];
  const data = (where, values) => Object.entries(values).map(([name, value]) => `<data key="${where}-${name}">${xml(value)}</data>`).join('');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([where, name, type]) => `<key id="${where}-${name}" for="${where}" attr.name="${name}" attr.type="${type}"/>`),
    '<graph edgedefault="directed">',
    ...drawn.nodes().map((node) => `<node id="${xml(node.id())}">${data('node', { label: node.data('whole'), kind: node.data('kind') })}</node>`),
    ...drawn.edges().map((edge) => edge.data('edge')).map((it, n) => `<edge id="e${n}" source="${xml(it.source)}" target="${xml(it.target)}">${data('edge', {
      act: it.act, status: it.status, reported: it.reported, weight: it.count, claims: it.claims.join(' ') })}</edge>`),
    '</graph>', '</graphml>', '',
  ].join('\n');
}
