'use strict';
// Where the data come from: the server that gave this page, or, in a report, the page itself.
// Both answer the same questions; see /api/openapi.json.

class Remote {
  constructor() {
    this.held = new Map();
    this.asks = true;
  }

  /** What stands at a path of the API; what was got once is kept while the page is open. */
  async get(path, parameters) {
    const query = search(parameters);
    const url = `api/${path}${query ? `?${query}` : ''}`;
    if (!this.held.has(url)) {
      const got = this.fetch(url);
      this.held.set(url, got);
      got.catch(() => this.held.delete(url));
    }
    return this.held.get(url);
  }

  /** Writes a decision down; gives all decisions. What was got before may not hold any more. */
  async decide(decision) {
    const all = await this.fetch('api/decisions', { method: 'POST', body: JSON.stringify(decision), headers: { 'Content-Type': 'application/json' } });
    this.held.clear();
    return all;
  }

  async fetch(url, options = { headers: { Accept: 'application/json' } }) {
    let response;
    try {
      response = await fetch(url, options);
    } catch {
      throw new Error('The server does not answer. Is `demarche serve` still running?');
    }
    if (!response.ok) {
      const words = await response.text();
      throw new Error(told(words) || `The server answers with ${response.status}.`);
    }
    return response.json();
  }
}

/** The `error` of a JSON answer, or the words themselves. */
function told(words) {
  try {
    return JSON.parse(words).error;
  } catch {
    return words.trim();
  }
}

function search(parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters || {})) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') query.append(name, one);
    }
  }
  return query.toString();
}

/** The data of a report. */
class Local {
  constructor(data) {
    this.data = data;
    this.asks = false;
    this.matters = new Map(data.matters.map((it) => [it.id, it]));
    this.claims = new Map(data.claims.map((claim) => [claim.id, claim]));
  }

  async get(path, parameters = {}) {
    const [kind, ...rest] = path.split('/');
    const id = rest.length ? decodeURIComponent(rest.join('/')) : undefined;
    const { data } = this;
    if (id !== undefined) {
      const found = kind === 'claims' ? this.claims.get(id) : data[kind].find((it) => it.id === id);
      if (!found) throw new Error(`There is no ${kind.slice(0, -1)} “${id}” here.`);
      if (kind !== 'documents') return found;
      const claims = data.claims.filter((claim) => claim.document === id);
      return { document: found, claims, total: claims.length };
    }
    const page = (list) => this.part(kind, list, parameters);
    switch (kind) {
      case 'overview': return data.overview;
      case 'acts': return { acts: data.acts };
      case 'claims': return this.part(kind, this.ordered(this.filtered(parameters), parameters), parameters);
      case 'graph': return this.network(parameters);
      case 'stances': return page(data.stances.filter((it) => ofThing(it, parameters) && (!parameters.changed || it.changed)));
      case 'matrix': return matrixOf(data.stances, parameters);
      case 'timeline': return timelineOf(data.events, parameters);
      case 'disputes': return page(data.disputes.filter((it) => this.isOf(it, parameters) && (!parameters.ids || parameters.ids.split(',').includes(it.id))));
      case 'events': return page(inTime(data.events, parameters));
      default: return page(this.listed(kind, parameters));
    }
  }

  /** Documents, actors or matters in their order. */
  listed(kind, { text, order }) {
    const fits = this.data[kind].filter((it) => !text
      || [it.label, it.title, it.id, it.publisher, ...(it.names || [])].some((name) => name && name.toLowerCase().includes(text.toLowerCase())));
    const rank = { actors: (it) => (order === 'reports' ? it.reports : it.claims + it.reports), matters: (it) => it.claims }[kind];
    return rank ? fits.sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1)) : fits;
  }

  part(kind, list, { limit = 100, offset = 0 }) {
    const [most, from] = [Number(limit), Number(offset)];
    return { total: list.length, offset: from, limit: most, [kind]: list.slice(from, from + most) };
  }

  isOf(dispute, { actor, matter }) {
    const claims = dispute.sides.flatMap((side) => side.claims).map((id) => this.claims.get(id));
    const has = (claim) => [...claim.agent, ...claim.source].some((it) => it.id === actor);
    return (!matter || dispute.matter === matter)
      && (!actor || claims.some((claim) => claim && has(claim)));
  }

  filtered(parameters) {
    const of = (name) => [parameters[name] ?? []].flat().filter((it) => it !== '');
    const named = parameters.ids && parameters.ids.split(',');
    const all = named ? named.map((id) => this.claims.get(id)).filter(Boolean) : this.data.claims;
    const among = (name, value) => !of(name).length || of(name).includes(value);
    const words = (parameters.text || '').toLowerCase().split(/\s+/).filter(Boolean);
    const roles = parameters.role ? [parameters.role] : ['agent', 'addressee', 'source', 'via'];
    const dates = new Map(this.data.documents.map((it) => [it.id, it.date]));
    return all.filter((claim) => {
      const reporters = [...claim.source, ...claim.via];
      const isVoice = (id) => (id === 'author' ? !reporters.length : reporters.some((it) => it.id === id));
      const parts = roles.flatMap((role) => claim[role]).map((it) => it.id);
      const time = (claim.time || dates.get(claim.document) || '').split('/');
      const text = [claim.quote, ...[...claim.agent, ...claim.source].map((it) => it.label || ''),
        claim.matter && claim.matter.label].join(' ').toLowerCase();
      return among('act', claim.act) && among('status', claim.status)
        && among('document', claim.document) && among('matter', claim.matter && claim.matter.id)
        && claim.confidence >= Number(parameters.confidence || 0)
        && (!of('actor').length || of('actor').some((id) => parts.includes(id)))
        && (!of('voice').length || of('voice').some(isVoice))
        && (!parameters.from || (time[0] && time[time.length - 1] >= parameters.from.slice(0, time[0].length)))
        && (!parameters.until || (time[0] && time[0] <= parameters.until))
        && (!of('weak').length || of('weak').some((kind) => this.isWeak(claim, kind)))
        && words.every((word) => text.includes(word));
    });
  }

  /** As `order` of /api/claims has it. */
  ordered(claims, { order }) {
    const dates = new Map(this.data.documents.map((it) => [it.id, it.date]));
    const keys = {
      time: (it) => firstDay(it.time || dates.get(it.document)) || '9',
      sure: (it) => -it.confidence,
      worth: (it) => [999 - it.disputes.length, Math.abs(it.confidence - 0.5).toFixed(6)].join(' '),
    };
    const key = keys[order];
    return key ? [...claims].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)) : claims;
  }

  /** As `weak` of /api/claims has it. */
  isWeak(claim, kind) {
    const matter = claim.matter && this.matters.get(claim.matter.id);
    return {
      agent: !claim.agent.length || claim.agent.some((it) => !it.id), source: claim.source.some((it) => !it.id),
      unsure: claim.confidence < 0.5, document: Boolean(matter) && matter.claims > 1 && matter.documents === 1,
    }[kind];
  }

  network(parameters) {
    const most = Number(parameters.edges || 300);
    const edges = new Map();
    for (const claim of this.filtered(parameters)) {
      const actors = (list) => list.filter((it) => it.id).map((it) => `actor/${it.id}`);
      const matter = claim.matter && claim.matter.id ? [`matter/${claim.matter.id}`] : [];
      for (const source of actors(claim.agent)) {
        for (const target of [...actors(claim.addressee), ...matter]) {
          if (source === target) continue;
          const key = [source, target, claim.act, claim.status].join('\n');
          if (!edges.has(key)) {
            edges.set(key, { source, target, act: claim.act, status: claim.status, claims: [] });
          }
          edges.get(key).claims.push(claim);
        }
      }
    }
    if (parameters.events === 'true') {
      const wanted = new Set(this.filtered(parameters).map((it) => it.id));
      for (const event of this.data.events) {
        const claims = event.claims.filter((it) => wanted.has(it)).map((it) => this.claims.get(it));
        for (const who of claims.length ? event.participants : []) {
          edges.set(`${who}\n${event.id}`, { source: `actor/${who}`, target: `event/${event.id}`, act: event.act, status: 'actual', claims });
        }
      }
    }
    const all = [...edges.values()].sort((a, b) => b.claims.length - a.claims.length);
    const kept = all.slice(0, most);
    const held = new Map();
    for (const edge of kept) {
      edge.reported = edge.claims.every((it) => it.source.length || it.via.length);
      edge.claims = [...new Set(edge.claims.map((it) => it.id))];
      edge.count = edge.claims.length;
      for (const end of [edge.source, edge.target]) {
        held.set(end, new Set([...(held.get(end) || []), ...edge.claims]));
      }
    }
    const nodes = [...held].map(([id, claims]) => {
      const [kind, name] = [id.slice(0, id.indexOf('/')), id.slice(id.indexOf('/') + 1)];
      const thing = this.data[`${kind}s`].find((it) => it.id === name);
      return { id, kind, label: thing ? thing.label : name, claims: claims.size };
    });
    return { nodes, edges: kept, left_out: all.length - kept.length };
  }
}

function ofThing(stance, { actor, matter }) {
  return (!actor || stance.actor === actor) && (!matter || stance.matter === matter);
}

/** The main matters and who stands where on them, as /api/matrix gives it. */
function matrixOf(stances, { text = '', size = 8 }) {
  const held = new Map();
  const [actors, matters] = [new Map(), new Map()];
  for (const it of stances) {
    const [who, what] = [it.actor_label.toLowerCase(), it.matter_label.toLowerCase()];
    if (text && !who.includes(text.toLowerCase()) && !what.includes(text.toLowerCase())) continue;
    const key = `${it.actor}\n${it.matter}`;
    const isNew = !held.has(key);
    held.set(key, [...(held.get(key) || []), it]);
    for (const [map, id, label] of [[actors, it.actor, it.actor_label], [matters, it.matter, it.matter_label]]) {
      const rank = map.get(id) || { id, label, cells: 0, claims: 0 };
      rank.cells += isNew ? 1 : 0;
      rank.claims += it.count;
      map.set(id, rank);
    }
  }
  const ranked = (map) => [...map.values()].sort((a, b) => b.cells - a.cells || b.claims - a.claims || (a.id < b.id ? -1 : 1));
  const columns = ranked(matters).slice(0, Number(size));
  const rows = ranked(actors).filter((actor) => columns.some((matter) => held.has(`${actor.id}\n${matter.id}`))).slice(0, 2 * Number(size));
  const shown = rows.flatMap((actor) => columns.flatMap((matter) => held.get(`${actor.id}\n${matter.id}`) || []));
  return { actors: rows, matters: columns, all_actors: actors.size, all_matters: matters.size, stances: shown };
}

/** The first day of a time; none of a day without a year. */
function firstDay(time) {
  if (!time || time.startsWith('--')) return undefined;
  const start = time.split('/')[0];
  return `${start}${'-01-01'.slice(start.length - 4)}`.slice(0, 10);
}

function inTime(events, { actor, from, until }) {
  const fits = events.filter((it) => (!actor || it.participants.includes(actor))
    && (!from || (firstDay(it.time) || '') >= from) && (!until || (firstDay(it.time) || '9') <= until));
  return fits.sort((a, b) => (firstDay(a.time) || '9').localeCompare(firstDay(b.time) || '9') || (a.id < b.id ? -1 : 1));
}

/** Events over time, as /api/timeline gives it. */
function timelineOf(all, { from, until, actor }) {
  const events = inTime(all, { actor });
  const dated = inTime(events.filter((it) => firstDay(it.time)), { from, until });
  const days = dated.map((it) => firstDay(it.time));
  const [first, last] = [days[0], days[days.length - 1]];
  const months = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  let length = 10;
  if (days.length && (Date.parse(last) - Date.parse(first)) / 864e5 >= 92) length = months(last) - months(first) < 92 ? 7 : 4;
  const steps = new Map();
  dated.forEach((it, n) => {
    const time = days[n].slice(0, length);
    const step = steps.get(time) || { time, events: 0, claims: 0 };
    step.events += 1;
    step.claims += it.claims.length;
    steps.set(time, step);
  });
  return { dated: dated.length, undated: events.filter((it) => !firstDay(it.time)).length, length, steps: [...steps.values()] };
}

const embedded = document.getElementById('data');
const source = embedded ? new Local(JSON.parse(embedded.textContent)) : new Remote();
