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

  /** Gives a verdict on a claim, or takes it back; gives all verdicts. */
  async judge(claim, verdict, by, why) {
    const body = JSON.stringify({ claim, verdict, by, why });
    return this.fetch('api/decisions', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
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
      return { document: found, claims: data.claims.filter((claim) => claim.document === id) };
    }
    switch (kind) {
      case 'overview': return data.overview;
      case 'claims': return this.page(parameters);
      case 'graph': return this.network(parameters);
      case 'stances': return { stances: data.stances.filter((it) => ofThing(it, parameters)) };
      case 'disputes': return { disputes: data.disputes.filter((it) => this.isOf(it, parameters)) };
      case 'events': {
        const { actor } = parameters;
        return { events: data.events.filter((it) => !actor || it.participants.includes(actor)) };
      }
      default: return { [kind]: data[kind] };
    }
  }

  isOf(dispute, { actor, matter }) {
    const claims = dispute.sides.flatMap((side) => side.claims).map((id) => this.claims.get(id));
    const has = (claim) => [...claim.agent, ...claim.source].some((it) => it.id === actor);
    return (!matter || dispute.matter === matter)
      && (!actor || claims.some((claim) => claim && has(claim)));
  }

  page(parameters) {
    const { limit = 100, offset = 0 } = parameters;
    const found = this.filtered(parameters);
    return {
      total: found.length, offset, limit, claims: found.slice(offset, Number(offset) + Number(limit)),
    };
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
        && words.every((word) => text.includes(word));
    });
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

const embedded = document.getElementById('data');
const source = embedded ? new Local(JSON.parse(embedded.textContent)) : new Remote();
