// Asks for the state once a second while somebody looks, and shows it.
import {byId, text} from './elements.js';
import {timeOfDay} from './format.js';
import {showSeries} from './charts.js';
import {showBars, showCheck, showFunnel, showNewest, showProducts, showTotals} from './clicks.js';
import {showObjects, showShards, showSwitches, showWorker} from './pipeline.js';

const PAUSE_MILLIS = 1000;
const REFUSAL_MILLIS = 8000;

let state = null;
let step = 'minutes';
let timer = 0;
let asked = 0;
let refused = {words: '', until: 0};

function live(kind, words) {
  byId('live').dataset.state = kind;
  text('live-text', words);
}

function problem(words) {
  byId('problem').hidden = words === '';
  text('problem', words);
}

function showShop({shop}) {
  const link = byId('shop');
  link.hidden = shop === null;
  if (shop !== null && link.getAttribute('href') !== shop) {
    link.setAttribute('href', shop);
  }
}

function show() {
  const {check, lake, shards, switches} = state;
  showShop(state);
  showCheck(check, lake.freshness);
  showTotals(lake);
  showSeries(lake[step]);
  showFunnel(lake.funnel);
  showBars(lake);
  showProducts(lake.products);
  showNewest(lake.newest);
  showShards(shards);
  showWorker(state);
  showObjects(lake.objects);
  showSwitches(switches, set);
  document.body.classList.remove('is-loading');
}

/** The state, or a text that says why there is none. */
async function ask() {
  try {
    const answer = await fetch('api/state', {cache: 'no-store'});
    const body = await answer.json();
    return answer.ok ? body : `The dashboard is behind: ${body.problem}.`;
  } catch {
    return 'The storefront does not answer. Is it still running?';
  }
}

async function refresh() {
  clearTimeout(timer);
  if (document.hidden) {
    live('paused', 'Paused');
    return;
  }
  const mine = ++asked;
  const answer = await ask();
  if (mine !== asked) {
    return; // a later question is under way
  }
  timer = setTimeout(refresh, PAUSE_MILLIS);
  if (typeof answer === 'string') {
    live('lost', 'Trying again');
    problem(answer);
    return;
  }
  state = answer;
  problem(Date.now() < refused.until ? refused.words : '');
  live('live', 'Live, ' + timeOfDay(Date.now()));
  show();
}

/** Sets a switch; gives all of them as they are then, or null if it was refused. */
async function set(name, on) {
  try {
    const answer = await fetch('api/switches/' + encodeURIComponent(name), {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({on}),
    });
    const body = await answer.json();
    if (!answer.ok) {
      throw new Error(body.problem);
    }
    return body;
  } catch (e) {
    refused = {words: `The switch was not set: ${e.message}.`, until: Date.now() + REFUSAL_MILLIS};
    problem(refused.words);
    return null;
  }
}

function choose(chosen) {
  step = chosen;
  byId('by-minute').setAttribute('aria-pressed', String(step === 'minutes'));
  byId('by-hour').setAttribute('aria-pressed', String(step === 'hours'));
  if (state !== null) {
    showSeries(state.lake[step]);
  }
}

byId('by-minute').addEventListener('click', () => choose('minutes'));
byId('by-hour').addEventListener('click', () => choose('hours'));
document.addEventListener('visibilitychange', refresh);
refresh();
