'use strict';
// Where the nodes of a drawing lie: they push each other away, edges pull. It is worked out in a
// thread of its own, so that the page goes on meanwhile.

/**
 * What the thread runs; nothing outside of it is there. Told are nodes (`x`, `y`, `fixed` where it
 * stays, and the room that each takes: `half` its width, and so much `up` and `down` of its middle), edges as pairs of places in the list, and the `wide` and `tall` that a whole drawing is
 * spread over; of the nodes that come without a place none is fixed.
 */
function forces() {
  const STEPS = 300;
  const LENGTH = 90;
  const CHARGE = -1100;
  const FAR = 0.81;
  // Who is further away than this is not pushed, so that what hangs together by itself stays near.
  const REACH = 420;
  // The room between the boxes of two nodes.
  const [BESIDE, BELOW] = [8, 8];

  /** A tree of squares, each with the middle of what lies in it (Barnes and Hut). */
  function tree(x, y) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let n = 0; n < x.length; n += 1) {
      [left, right] = [Math.min(left, x[n]), Math.max(right, x[n])];
      [top, bottom] = [Math.min(top, y[n]), Math.max(bottom, y[n])];
    }
    const side = Math.max(right - left, bottom - top, 1) * 1.01;
    const cell = (cx, cy, half) => ({ cx, cy, half, many: 0, x: 0, y: 0, parts: undefined, one: -1 });
    const root = cell(left + side / 2, top + side / 2, side / 2);
    const into = (it, n) => {
      const [east, south] = [x[n] > it.cx, y[n] > it.cy];
      const place = (east ? 1 : 0) + (south ? 2 : 0);
      const half = it.half / 2;
      if (!it.parts[place]) it.parts[place] = cell(it.cx + (east ? half : -half), it.cy + (south ? half : -half), half);
      return it.parts[place];
    };
    for (let n = 0; n < x.length; n += 1) {
      let it = root;
      for (;;) {
        it.x += x[n];
        it.y += y[n];
        it.many += 1;
        if (it.many === 1) { it.one = n; break; }
        if (it.half < 1e-3) break;
        if (!it.parts) {
          it.parts = [undefined, undefined, undefined, undefined];
          const other = it.one;
          const below = into(it, other);
          [below.x, below.y, below.many, below.one] = [x[other], y[other], 1, other];
          it.one = -1;
        }
        it = into(it, n);
      }
    }
    return root;
  }

  function push(root, n, x, y, alpha, speed) {
    const open = [root];
    while (open.length) {
      const it = open.pop();
      if (it.one === n) continue;
      const dx = it.x / it.many - x[n];
      const dy = it.y / it.many - y[n];
      const distance = Math.max(dx * dx + dy * dy, 100);
      if (Math.sqrt(distance) - 1.5 * it.half > REACH) continue;
      if (it.parts && (4 * it.half * it.half) / distance > FAR) {
        for (const part of it.parts) if (part) open.push(part);
        continue;
      }
      const force = (CHARGE * alpha * it.many) / distance;
      speed.x[n] += dx * force;
      speed.y[n] += dy * force;
    }
  }

  function settle({ nodes, edges, wide, tall }) {
    const [x, y] = [Float64Array.from(nodes, (it) => it.x), Float64Array.from(nodes, (it) => it.y)];
    const speed = { x: new Float64Array(nodes.length), y: new Float64Array(nodes.length) };
    const degree = new Float64Array(nodes.length);
    for (const [a, b] of edges) { degree[a] += 1; degree[b] += 1; }
    const flat = Math.min(1, tall / wide);
    for (let step = 0; step < STEPS; step += 1) {
      const alpha = 0.001 ** (step / STEPS);
      for (const [a, b] of edges) {
        const [dx, dy] = [x[b] + speed.x[b] - x[a] - speed.x[a], y[b] + speed.y[b] - y[a] - speed.y[a]];
        const distance = Math.sqrt(dx * dx + dy * dy) || 1;
        const pull = ((distance - LENGTH) / distance) * alpha / Math.min(degree[a], degree[b]);
        const share = degree[a] / (degree[a] + degree[b]);
        speed.x[b] -= dx * pull * share;
        speed.y[b] -= dy * pull * share;
        speed.x[a] += dx * pull * (1 - share);
        speed.y[a] += dy * pull * (1 - share);
      }
      const root = tree(x, y);
      for (let n = 0; n < nodes.length; n += 1) {
        if (nodes[n].fixed) continue;
        push(root, n, x, y, alpha, speed);
        speed.x[n] -= x[n] * 0.12 * flat * alpha;
        speed.y[n] -= y[n] * 0.12 * alpha;
        speed.x[n] *= 0.6;
        speed.y[n] *= 0.6;
        x[n] += speed.x[n];
        y[n] += speed.y[n];
      }
    }
    if (!nodes.some((it) => it.fixed)) spread(x, wide) && spread(y, tall);
    separate(nodes, x, y);
    return { x, y };
  }

  /** From nought to `over`. */
  function spread(all, over) {
    let [least, most] = [Infinity, -Infinity];
    for (const value of all) [least, most] = [Math.min(least, value), Math.max(most, value)];
    for (let n = 0; n < all.length; n += 1) all[n] = ((all[n] - least) / (most - least || 1)) * over;
    return true;
  }

  /** Names are wider than high; those that lie on each other are moved apart. */
  function separate(nodes, x, y) {
    let [wide, tall] = [1, 1];
    for (const it of nodes) [wide, tall] = [Math.max(wide, 2 * it.half + BESIDE), Math.max(tall, it.up + it.down + BELOW)];
    for (let round = 0; round < 60; round += 1) {
      const cells = new Map();
      for (let n = 0; n < nodes.length; n += 1) {
        const key = `${Math.floor(x[n] / wide)} ${Math.floor(y[n] / tall)}`;
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(n);
      }
      let moved = false;
      for (let n = 0; n < nodes.length; n += 1) {
        const [column, row] = [Math.floor(x[n] / wide), Math.floor(y[n] / tall)];
        for (let c = column - 1; c <= column + 1; c += 1) {
          for (let r = row - 1; r <= row + 1; r += 1) {
            for (const other of cells.get(`${c} ${r}`) || []) {
              if (other > n && apart(nodes, x, y, n, other)) moved = true;
            }
          }
        }
      }
      if (!moved) return;
    }
  }

  function apart(nodes, x, y, a, b) {
    const [dx, dy] = [x[b] - x[a], y[b] - y[a]];
    // A name stands below its node, so that the lower of two needs less room above.
    const [wide, tall] = [nodes[a].half + nodes[b].half + BESIDE, (dy < 0 ? nodes[b].down + nodes[a].up : nodes[a].down + nodes[b].up) + BELOW];
    const [across, down] = [wide - Math.abs(dx), tall - Math.abs(dy)];
    if (across <= 0 || down <= 0 || (nodes[a].fixed && nodes[b].fixed)) return false;
    const all = across / wide < down / tall ? x : y;
    const by = (all === x ? across * (dx < 0 ? -1 : 1) : down * (dy < 0 ? -1 : 1)) * 0.55;
    const both = !nodes[a].fixed && !nodes[b].fixed;
    if (!nodes[a].fixed) all[a] -= both ? by / 2 : by;
    if (!nodes[b].fixed) all[b] += both ? by / 2 : by;
    return true;
  }

  onmessage = ({ data }) => postMessage(settle(data));
}

/** Works out places, beside what goes on; ends where `signal` says so. */
function settled(task, signal) {
  return new Promise((resolve, reject) => {
    const url = URL.createObjectURL(new Blob([`'use strict';(${forces})();`], { type: 'text/javascript' }));
    const worker = new Worker(url);
    const end = () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    };
    worker.onmessage = ({ data }) => { end(); resolve(data); };
    worker.onerror = (event) => { end(); reject(new Error(`The drawing could not be laid out: ${event.message}`)); };
    signal.addEventListener('abort', end);
    worker.postMessage(task);
  });
}

/** Do so many come to those that have a place that all need more room? */
function hasMany(all, held) {
  return held > 0 && all >= 1.5 * held;
}

/**
 * Where these nodes lie, by id. Those that have a place in `known` keep it; where many come to them,
 * all of these move apart alike, so that each is seen where it was.
 */
async function placed(nodes, edges, known, size, signal) {
  const order = [...nodes].sort((a, b) => b.claims - a.claims || (a.id < b.id ? -1 : 1));
  const held = order.filter((it) => known.has(it.id));
  const larger = Math.max(1, Math.sqrt(order.length / 45), 560 / size.wide);
  const wider = hasMany(order.length, held.length) ? Math.max(1, larger / Math.max(1, Math.sqrt(held.length / 45), 560 / size.wide)) : 1;
  for (const place of known.values()) [place.x, place.y] = [place.x * wider, place.y * wider];
  const places = new Map(held.map((it) => [it.id, { ...known.get(it.id) }]));
  if (held.length === order.length) return places;
  const at = new Map(order.map((it, n) => [it.id, n]));
  const pairs = [...new Map(edges.map((it) => [[it.source, it.target].sort().join('\n'), [at.get(it.source), at.get(it.target)]])).values()];
  const near = new Map(order.map((it) => [it.id, []]));
  for (const it of edges) {
    if (places.has(it.source)) near.get(it.target).push(places.get(it.source));
    if (places.has(it.target)) near.get(it.source).push(places.get(it.target));
  }
  const middle = (all, axis) => all.reduce((sum, it) => sum + it[axis], 0) / (all.length || 1);
  const all = [...places.values()];
  // From the same places every time, so that the same graph looks the same.
  const first = order.map((it, n) => {
    const { half = 48, up = 12, down = 40 } = it;
    const own = places.get(it.id);
    if (own) return { ...own, half, up, down, fixed: true };
    const angle = n * 2.399963;
    const around = near.get(it.id).length ? near.get(it.id) : all;
    const radius = held.length ? 40 : 60 * Math.sqrt(n + 1);
    return { x: middle(around, 'x') + radius * Math.cos(angle), y: middle(around, 'y') + radius * Math.sin(angle), half, up, down };
  });
  // Forces draw towards nought, which is the middle of what is there.
  const [x, y] = [middle(all, 'x'), middle(all, 'y')];
  for (const it of first) [it.x, it.y] = [it.x - x, it.y - y];
  const found = await settled({ nodes: first, edges: pairs, wide: size.wide * larger - 130, tall: size.tall * larger - 90 }, signal);
  const shift = held.length ? { x, y } : { x: 65, y: 35 };
  order.forEach((it, n) => known.has(it.id) || places.set(it.id, { x: found.x[n] + shift.x, y: found.y[n] + shift.y }));
  return places;
}
