// Clicks over time, as stacked bars by uPlot and as the table that says the same.
import {byId, cell, chip, el, fill, number, text} from './elements.js';
import {count, eventColour, eventName, minuteOfDay} from './format.js';

const HEIGHT = 240;
const FEWEST_STEPS = 20;
const INCREMENTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
const ORDER = ['purchase', 'begin_checkout', 'add_to_cart', 'view_item', 'search', 'page_view', 'login', 'sign_up'];

let chart = null;
let drawn = '';
let series = {start: 0, step: 60_000, counts: {}};

/** The names of a series, from the bottom of the stack to its top; names beyond the known ones are added up. */
function layers({counts}) {
  const known = ORDER.filter((name) => counts[name]).map((name) => [name, counts[name]]);
  const others = Object.keys(counts).filter((name) => !ORDER.includes(name)).map((name) => counts[name]);
  if (others.length > 0) {
    known.push(['other', others[0].map((_, at) => others.reduce((sum, values) => sum + values[at], 0))]);
  }
  return known;
}

function steps({start, step, counts}) {
  const length = Object.values(counts)[0]?.length ?? (step > 60_000 ? 24 : 60);
  return Array.from({length}, (_, at) => start + at * step);
}

/** Each layer stands on those below; the tallest is drawn first, the others over it. */
function stacked(times, stack) {
  const sums = new Array(times.length).fill(0);
  const data = stack.map(([, values]) => values.map((value, at) => (sums[at] += value)));
  return [times, ...data.reverse()];
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function axis(more) {
  return {
    stroke: colour('--quiet'), font: '12px system-ui, sans-serif', ticks: {show: false},
    grid: {stroke: colour('--line'), width: 1}, ...more,
  };
}

function options(stack, step, width) {
  const bars = uPlot.paths.bars({size: [0.72, 26]});
  return {
    width, height: HEIGHT, ms: 1, legend: {show: false}, padding: [12, 8, 0, 0],
    cursor: {y: false, points: {show: false}, drag: {x: false, y: false}},
    scales: {
      x: {time: true, range: (_, min, max) => [min - step / 2, max + step / 2]},
      y: {range: (_, min, max) => [0, Math.max(4, max * 1.08)]},
    },
    axes: [
      axis({grid: {show: false}, space: 64, size: 28, values: (_, splits) => splits.map(minuteOfDay)}),
      axis({incrs: INCREMENTS, size: 48, values: (_, splits) => splits.map(count)}),
    ],
    series: [{}, ...[...stack].reverse().map(([name]) => ({
      fill: colour(eventColour(name)), width: 0, paths: bars, points: {show: false},
    }))],
    hooks: {setCursor: [(self) => hover(self.cursor.idx)]},
  };
}

function hover(at) {
  if (at === null || at === undefined) {
    text('time-hover', '');
    return;
  }
  const parts = layers(series).filter(([, values]) => values[at] > 0)
    .map(([name, values]) => `${eventName(name)} ${count(values[at])}`);
  text('time-hover', `${minuteOfDay(steps(series)[at])}  ·  ${parts.join(', ') || 'nothing'}`);
}

function draw() {
  const target = byId('time-chart');
  const stack = layers(series);
  const data = stacked(steps(series), stack);
  const form = JSON.stringify([series.step, stack.map(([name]) => name), target.clientWidth, colour('--card')]);
  if (chart !== null && form === drawn) {
    chart.setData(data);
    return;
  }
  chart?.destroy();
  target.replaceChildren();
  chart = stack.length === 0 ? null : new uPlot(options(stack, series.step, target.clientWidth), data, target);
  if (chart === null) {
    target.replaceChildren(el('p', {class: 'empty'}, series.step > 60_000 ? 'No click in the last 24 hours.' : 'No click in the last hour.'));
  }
  drawn = form;
}

function table() {
  const names = Object.keys(series.counts).sort();
  const times = steps(series);
  fill('time-head', names, () => [
    el('tr', {}, el('th', {scope: 'col'}, 'From'), ...names.map((name) => el('th', {scope: 'col', class: 'n'}, eventName(name)))),
  ]);
  fill('time-rows', [times[0], series.counts], () => times
    .map((time, at) => [time, names.map((name) => series.counts[name][at])])
    .filter(([, counts]) => counts.some((one) => one > 0))
    .reverse()
    .map(([time, counts]) => el('tr', {}, el('th', {scope: 'row'}, minuteOfDay(time)),
      ...counts.map((one) => (one > 0 ? number(count(one)) : number('–', true))))));
  if (byId('time-rows').childElementCount === 0) {
    byId('time-rows').replaceChildren(el('tr', {}, cell('Nothing in this time.', {class: 'none'})));
  }
}

/** A shop that has just opened has an empty past: it is left out, but for a part that shows what is ahead of it. */
function sinceTheFirst({start, step, counts}) {
  const all = Object.values(counts);
  const length = all[0]?.length ?? 0;
  const first = Math.min(...all.map((values) => values.findIndex((value) => value > 0)), length);
  const from = Math.max(0, Math.min(first, length - FEWEST_STEPS));
  const kept = Object.entries(counts).map(([name, values]) => [name, values.slice(from)]);
  return {start: start + from * step, step, counts: Object.fromEntries(kept)};
}

export function showSeries(now) {
  series = sinceTheFirst(now);
  fill('time-legend', layers(series).map(([name]) => name), (names) => names.map((name) => el('li', {}, chip(name), eventName(name))));
  draw();
  table();
}

new ResizeObserver(() => draw()).observe(byId('time-chart'));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw());
