'use strict';
// Events over time.

pages.timeline = async (id, parameters) => {
  const { events } = await source.get('events');
  const dated = events.filter((it) => it.time && !it.time.startsWith('--'))
    .sort((a, b) => first(a, 10).localeCompare(first(b, 10)) || a.time.localeCompare(b.time));
  if (!dated.length) return [heading('Timeline'), empty('No event has a date.')];
  const place = h('div', {});
  const draw = (from, until) => {
    const shown = dated.filter((it) => (!from || first(it, from.length) >= from) && (!until || first(it, until.length) <= until));
    replace(place, bars(shown, from ? () => { draw(); remember('timeline'); } : undefined, (one, two) => {
      draw(one, two);
      remember('timeline', undefined, { from: one, until: two });
    }), byDay(shown));
  };
  draw(parameters.from, parameters.until);
  const undated = events.length - dated.length;
  return [heading('Timeline', h('p', { class: 'dim' }, `${count(dated.length, 'event')} with a date`, undated > 0 && `, ${undated} without`)), place];
};

/** How many claims tell of each day, month or year; what is chosen is drawn larger. */
function bars(events, back, onchoose) {
  if (!events.length) return empty('Nothing then.');
  const length = [10, 7, 4].find((it) => spread(events, it) <= 92) || 4;
  const steps = spanned(events, length);
  const sums = new Map(steps.map((step) => [step, 0]));
  for (const it of events) {
    const step = first(it, length);
    sums.set(step, (sums.get(step) || 0) + it.claims.length);
  }
  const most = Math.max(...sums.values());
  const [width, height] = [1000, 110];
  const wide = width / steps.length;
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', class: 'bars', role: 'group', 'aria-label': 'Claims over time' },
    steps.map((step, n) => {
      const sum = sums.get(step);
      if (!sum) return undefined;
      const tall = Math.max(3, (sum / most) * height);
      const choose = () => onchoose(step, step);
      return svg('rect', {
        x: n * wide + Math.max(0, (wide - 60) / 2), y: height - tall, width: Math.max(1, Math.min(wide - 2, 60)), height: tall, tabindex: 0, role: 'button', 'aria-label': `${day(step)}: ${count(sum, 'claim')}`,
        onclick: choose, onkeydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(); } },
      }, svg('title', {}, `${day(step)}: ${count(sum, 'claim')}`));
    }));
  return h('figure', { class: 'timeline' }, drawing,
    h('figcaption', { class: 'dim' }, h('span', {}, day(steps[0])), back && h('button', { type: 'button', onclick: back }, 'all dates'),
      h('span', {}, steps.length > 1 && day(steps[steps.length - 1]))));
}

/** The day, month or year (10, 7 or 4 characters) in which an event begins. */
function first(event, length) {
  const start = event.time.split('/')[0];
  return `${start}${'-01-01'.slice(start.length - 4)}`.slice(0, length);
}

function spanned(events, length, most) {
  return range(first(events[0], length), first(events[events.length - 1], length), most);
}

function spread(events, length) {
  return spanned(events, length, 100).length;
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

function byDay(events) {
  const days = new Map();
  for (const it of events) days.set(it.time, [...(days.get(it.time) || []), it]);
  return [...days].map(([time, list]) => h('section', { class: 'day' }, h('h2', {}, day(time)),
    list.map((it) => evidence([it.label, it.place && h('span', { class: 'dim' }, `in ${it.place}`),
      h('span', { class: 'dim' }, count(it.claims.length, 'claim'))], it.claims))));
}
