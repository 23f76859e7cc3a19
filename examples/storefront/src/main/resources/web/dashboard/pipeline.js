// What the pipeline says of itself, and its switches.
import {byId, cell, el, empty, fill, number, rowHead, text} from './elements.js';
import {bytes, count, plural, shardName, share, timeOfDay} from './format.js';

/** A shard stands below those whose keys it took over: in the first row where nothing overlaps it. */
function rows(shards) {
  const placed = [];
  for (const shard of shards) {
    let row = placed.findLastIndex((others) => others.some((other) => other.from < shard.to && shard.from < other.to)) + 1;
    (placed[row] ??= []).push(shard);
  }
  return placed;
}

function shardBar(shard) {
  const box = el('div', {class: shard.isOpen ? 'shard is-open' : 'shard'}, el('strong', {}, shardName(shard.id)),
    shard.isOpen ? (shard.waiting > 0 ? count(shard.waiting) + ' waiting' : 'lane empty') : 'closed');
  box.style.left = `calc(${100 * shard.from}% + 1px)`;
  box.style.width = `calc(${100 * (shard.to - shard.from)}% - 2px)`;
  return box;
}

export function showShards(shards) {
  fill('shards', shards, () => shards.length === 0 ? [empty('The stream has no shards yet.')]
    : rows(shards).map((row) => el('div', {class: 'row'}, ...row.map(shardBar))));
  fill('shard-rows', shards, () => shards.map((shard) => el('tr', {'data-shard': shard.id}, rowHead(shardName(shard.id)),
    cell(shard.isOpen ? 'open' : 'closed'), number(share(shard.to - shard.from, 1)), number(count(shard.waiting)))));
}

const RESULTS = [['ok', 'became clicks'], ['dropped', 'dropped'], ['failed', 'failed']];

export function showWorker({results, reasons, health, lake}) {
  fill('health', health, () => [el('div', {class: 'health'}, ...(health.length === 0
    ? [el('span', {class: 'badge good'}, 'Healthy')]
    : [el('span', {class: 'badge wait'}, 'Needs a look'), el('ul', {}, ...health.map((reason) => el('li', {}, reason)))]))]);
  fill('results', results, () => RESULTS.map(([name, words]) =>
    el('div', {}, el('dd', {'data-result': name}, count(results[name] ?? 0)), el('dt', {}, words))));
  const why = Object.entries(reasons).filter(([, records]) => records > 0).sort(([, a], [, b]) => b - a);
  fill('reasons', [why, lake.failures], () => why.length + lake.failures.length === 0 ? [empty('Nothing was dropped, nothing failed.')]
    : [reasonTable('Why records were dropped or failed', 'Reason', 'Records', why),
      ...(lake.failures.length === 0 ? [] : [reasonTable('What lies in the error output', 'In the error output, by SQL', 'Lines',
        lake.failures.map((failure) => [failure.name, failure.count]))])]);
}

function reasonTable(caption, what, unit, lines) {
  return el('table', {}, el('caption', {class: 'unseen'}, caption),
    el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, what), el('th', {scope: 'col', class: 'n'}, unit))),
    el('tbody', {}, ...lines.map(([name, lineCount]) => el('tr', {}, rowHead(name), number(count(lineCount))))));
}

export function showObjects(objects) {
  text('lake-text', objects.count === 0 ? 'No object yet.'
    : `${plural(objects.count, 'object', 'objects')}, ${bytes(objects.bytes)}, `
      + `${objects.errors === 0 ? 'none' : count(objects.errors)} of them in the error output. The newest:`);
  byId('lake-table').hidden = objects.count === 0;
  fill('objects', objects.newest, (newest) => newest.map((object) => el('tr', {}, cell(timeOfDay(object.written)),
    number(bytes(object.bytes)), cell(object.key, {class: 'key'}))));
}

/** Buttons stay the same elements, so that the focus stays where it is. */
export function showSwitches(switches, set) {
  const list = byId('switches');
  for (const one of switches) {
    let button = byId('switch-' + one.name);
    if (button === null) {
      button = el('button', {type: 'button', id: 'switch-' + one.name, 'aria-describedby': 'help-' + one.name},
        el('span', {}, one.label), el('span', {class: one.once ? 'once' : 'track', 'aria-hidden': 'true'}, one.once ? 'Do it' : ''));
      button.addEventListener('click', () => press(button, one, set));
      list.append(el('li', {}, button, el('p', {id: 'help-' + one.name}, one.help)));
    }
    if (button.dataset.busy !== 'yes') {
      state(button, one);
    }
  }
}

function state(button, {once, on}) {
  button.setAttribute('aria-busy', String(once && on));
  if (!once) {
    button.setAttribute('aria-pressed', String(on));
  }
}

async function press(button, {name, once}, set) {
  const on = once || button.getAttribute('aria-pressed') !== 'true';
  button.dataset.busy = 'yes';
  button.setAttribute('aria-busy', 'true');
  const now = await set(name, on);
  button.dataset.busy = '';
  button.setAttribute('aria-busy', 'false');
  if (now !== null) {
    showSwitches(now, set);
  }
}
