'use strict';
// Events over time: a chart that zooms, and what happened when.

pages.timeline = async (id, parameters) => {
  const place = h('div', {});
  const view = new Timeline(place, parameters);
  await view.load();
  const form = filters([choice('Who takes part', 'actor', await actorOptions(parameters.actor), parameters.actor)], ({ actor }) => {
    view.actor = actor;
    view.go(view.from, view.until);
  });
  return [heading('Timeline', h('p', { class: 'dim' }, view.note)), form, place];
};

const DAY = 864e5;

/** From which day to which day is shown; nothing is all of it. */
class Timeline {
  constructor(place, { from, until, actor }) {
    this.place = place;
    [this.from, this.until, this.actor] = [from, until, actor];
    this.note = h('span', {});
  }

  async load() {
    try {
      const parameters = { from: this.from, until: this.until, actor: this.actor };
      this.chart = await source.get('timeline', parameters);
      const { dated, undated } = this.chart;
      replace(this.note, `${count(dated, 'event')} with a date${this.from ? ' then' : ''}`, undated > 0 && `, ${undated.toLocaleString('en')} without`);
      replace(this.place, this.figure(), dated > 0 && this.list(parameters));
    } catch (error) {
      replace(this.place, failed(error, () => this.load()));
    }
  }

  /** Shows other days. */
  async go(from, until) {
    [this.from, this.until] = [from, until];
    remember('timeline', undefined, { from, until, actor: this.actor });
    const focused = document.activeElement && document.activeElement.dataset.does;
    await this.load();
    const again = focused && this.place.querySelector(`[data-does="${focused}"]`);
    if (again) again.focus();
  }

  /** The first and the last day that are shown, in milliseconds. */
  range() {
    const { steps } = this.chart;
    const last = steps.length ? steps[steps.length - 1].time : undefined;
    return [Date.parse(this.from || lastDay(steps.length ? steps[0].time : '2000', true)), Date.parse(this.until || lastDay(last || '2000'))];
  }

  /** Half as long or twice as long, around `middle` (a share of the range), or moved by a share. */
  zoom(by, middle = 0.5) {
    const [from, until] = this.range();
    const length = Math.max(until - from, DAY);
    const place = from + middle * length;
    this.go(iso(place - middle * length * by), iso(place + (1 - middle) * length * by));
  }

  move(by) {
    const [from, until] = this.range();
    const length = Math.max(until - from, DAY);
    this.go(iso(from + by * length), iso(until + by * length));
  }

  figure() {
    const { steps } = this.chart;
    const button = (words, name, does, onclick) => h('button', { type: 'button', 'aria-label': name, title: name, 'data-does': does, onclick }, words);
    const tools = h('p', { class: 'walk' }, button('−', 'Wider', 'wider', () => this.zoom(2)), button('+', 'Closer', 'closer', () => this.zoom(0.5)),
      button('←', 'Earlier', 'earlier', () => this.move(-0.5)), button('→', 'Later', 'later', () => this.move(0.5)),
      this.from && h('button', { type: 'button', 'data-does': 'all', onclick: () => this.go() }, 'all dates'));
    if (!steps.length) return h('figure', { class: 'timeline' }, tools, empty('Nothing is dated then.'));
    return h('figure', { class: 'timeline' }, tools, this.bars(this.chart, (from, until) => this.go(from, until), true));
  }

  /** The chart: a bar for each step of which something is told, and what days they are. */
  bars(chart, choose, zooms) {
    this.chart = chart;
    const { steps, length } = chart;
    const [from, until] = this.range();
    const all = range(iso(from).slice(0, length), iso(until).slice(0, length));
    const sums = new Map(steps.map((step) => [step.time, step.claims]));
    const most = Math.max(...sums.values());
    const [width, height] = [1000, 110];
    const wide = width / all.length;
    const [first, last] = [Date.parse(lastDay(all[0], true)), Date.parse(lastDay(all[all.length - 1])) + DAY];
    const share = (event) => {
      const box = drawing.getBoundingClientRect();
      return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    };
    let began;
    const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', class: 'bars', role: 'group', 'aria-label': 'Claims over time',
      onpointerdown: (event) => { began = zooms ? event : undefined; },
      onpointerup: (event) => {
        // What is drawn over with the pointer is shown alone.
        if (!began || Math.abs(event.clientX - began.clientX) < 8) return;
        const [left, right] = [share(began), share(event)].sort((a, b) => a - b).map((it) => first + it * (last - first));
        choose(iso(left), iso(Math.max(left, right - 1)));
      },
      onwheel: (event) => {
        if (!zooms || (!event.ctrlKey && !event.shiftKey)) return;
        event.preventDefault();
        this.zoom(event.deltaY > 0 ? 1.5 : 1 / 1.5, share(event));
      } },
    all.map((step, n) => {
      const sum = sums.get(step);
      if (!sum) return undefined;
      const tall = Math.max(3, (sum / most) * height);
      const open = () => choose(lastDay(step, true), lastDay(step));
      return svg('rect', {
        x: n * wide + Math.max(0, (wide - 60) / 2), y: height - tall, width: Math.max(1, Math.min(wide - 2, 60)), height: tall, tabindex: 0, role: 'button', 'aria-label': `${day(step)}: ${count(sum, 'claim')}`,
        onclick: open, onkeydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); open(); } },
      }, svg('title', {}, `${day(step)}: ${count(sum, 'claim')}`));
    }));
    return [h('p', { class: 'dim scale' }, `Claims of events by ${{ 10: 'day', 7: 'month', 4: 'year' }[length]}; the highest bar: ${most.toLocaleString('en')}${zooms ? '. Draw over some days, or turn the wheel with Ctrl, to see them closer' : ''}`), drawing, h('div', { class: 'ticks dim', 'aria-hidden': 'true' }, ticks(all).map(([place, words]) => h('span', { style: `left: ${(place * 100).toFixed(2)}%` }, words)))];
  }

  list(parameters) {
    let last;
    return pagedList('events', parameters, 'event', h('div', {}), (it) => {
      const isNew = it.time !== last;
      last = it.time;
      return h('div', { class: 'day' }, isNew && h('h2', {}, day(it.time) || 'Without a date'),
        h('div', { class: 'told-of' }, h('a', { href: at('event', it.id) }, timeless(it)),
          evidence(h('span', { class: 'dim' }, [it.place && `in ${line(it.place)}`, count(it.claims.length, 'claim')].filter(Boolean).join(' · ')), it.claims.slice(0, 100))));
    });
  }
}

/** Where on the axis which words stand: the ends, and some between. */
function ticks(all) {
  const many = Math.min(all.length, innerWidth < 600 ? 3 : 6);
  const places = [...new Set([...Array(many).keys()].map((n) => (many > 1 ? Math.round(n * (all.length - 1) / (many - 1)) : 0)))];
  return places.map((n) => [(n + 0.5) / all.length, short(all[n])]);
}

/** "18 Mar 2025" */
function short(step) {
  return day(step).replace(/[A-Za-z]+/, (month) => month.slice(0, 3));
}

function iso(time) {
  return new Date(time).toISOString().slice(0, 10);
}

/** The last day of a day, month or year; or the first. */
function lastDay(step, first) {
  const [year, month] = step.split('-').map(Number);
  if (step.length === 10) return step;
  if (first) return `${step}${'-01-01'.slice(step.length - 4)}`.slice(0, 10);
  return iso(step.length === 7 ? Date.UTC(year, month, 0) : Date.UTC(year, 11, 31));
}

/** All days, months or years from one to another. */
function range(from, until, most = 2000) {
  const found = [];
  let now = from;
  while (now <= until && found.length < most) {
    found.push(now);
    const [year, month, date] = now.split('-').map(Number);
    const next = now.length === 4 ? new Date(Date.UTC(year + 1, 0)) : now.length === 7
      ? new Date(Date.UTC(year, month)) : new Date(Date.UTC(year, month - 1, date + 1));
    now = next.toISOString().slice(0, now.length);
  }
  return found;
}
