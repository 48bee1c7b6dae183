'use strict';
// Events over time: a chart that zooms, and what happened when.

pages.timeline = async (id, parameters) => {
  const place = h('div', {});
  const view = new Timeline(place, parameters);
  await view.load();
  return [heading('Timeline', h('p', { class: 'dim' }, view.note)), place];
};

const DAY = 864e5;

/** From which day to which day is shown; nothing is all of it. */
class Timeline {
  constructor(place, { from, until }) {
    this.place = place;
    [this.from, this.until] = [from, until];
    this.note = h('span', {});
  }

  async load() {
    try {
      const parameters = { from: this.from, until: this.until };
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
    remember('timeline', undefined, { from, until });
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
    const { steps, length } = this.chart;
    const button = (words, name, does, onclick) => h('button', { type: 'button', 'aria-label': name, title: name, 'data-does': does, onclick }, words);
    const tools = h('p', { class: 'walk' }, button('−', 'Wider', 'wider', () => this.zoom(2)), button('+', 'Closer', 'closer', () => this.zoom(0.5)),
      button('←', 'Earlier', 'earlier', () => this.move(-0.5)), button('→', 'Later', 'later', () => this.move(0.5)),
      this.from && h('button', { type: 'button', 'data-does': 'all', onclick: () => this.go() }, 'all dates'));
    if (!steps.length) return h('figure', { class: 'timeline' }, tools, empty('Nothing is dated then.'));
    const [from, until] = this.range();
    const all = range(iso(from).slice(0, length), iso(until).slice(0, length));
    const sums = new Map(steps.map((step) => [step.time, step.claims]));
    const most = Math.max(...sums.values());
    const [width, height] = [1000, 110];
    const wide = width / all.length;
    const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', class: 'bars', role: 'group', 'aria-label': 'Claims over time',
      onwheel: (event) => {
        if (!event.ctrlKey && !event.shiftKey) return;
        event.preventDefault();
        const box = drawing.getBoundingClientRect();
        this.zoom(event.deltaY > 0 ? 1.5 : 1 / 1.5, (event.clientX - box.left) / box.width);
      } },
    all.map((step, n) => {
      const sum = sums.get(step);
      if (!sum) return undefined;
      const tall = Math.max(3, (sum / most) * height);
      const choose = () => this.go(lastDay(step, true), lastDay(step));
      return svg('rect', {
        x: n * wide + Math.max(0, (wide - 60) / 2), y: height - tall, width: Math.max(1, Math.min(wide - 2, 60)), height: tall, tabindex: 0, role: 'button', 'aria-label': `${day(step)}: ${count(sum, 'claim')}`,
        onclick: choose, onkeydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(); } },
      }, svg('title', {}, `${day(step)}: ${count(sum, 'claim')}`));
    }));
    return h('figure', { class: 'timeline' }, tools, drawing,
      h('figcaption', { class: 'dim' }, h('span', {}, day(all[0])), h('span', {}, all.length > 1 && day(all[all.length - 1]))));
  }

  list(parameters) {
    let last;
    return pagedList('events', parameters, 'event', h('div', {}), (it) => {
      const isNew = it.time !== last;
      last = it.time;
      return h('div', { class: 'day' }, isNew && h('h2', {}, day(it.time) || 'without a date'), h('p', { class: 'told-of' }, h('a', { href: at('event', it.id) }, it.label)), evidence([it.place && h('span', { class: 'dim' }, `in ${it.place}`),
        h('span', { class: 'dim' }, count(it.claims.length, 'claim'))], it.claims.slice(0, 100)));
    });
  }
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
