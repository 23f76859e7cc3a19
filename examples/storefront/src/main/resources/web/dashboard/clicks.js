// What the clicks say: the check, totals, funnel, products, newest.
import {bar, byId, cell, chip, el, empty, eventLabel, fill, number, rowHead, text} from './elements.js';
import {ago, count, duration, eventColour, eventName, money, plural, seconds, share, timeOfDay} from './format.js';

const SHOWN_PRODUCTS = 8;
const SHOWN_ROWS = 10;
const SHOWN_OVERLOOKED = 3;
const SILENCE_MILLIS = 10_000;

const VERDICTS = {
  NOTHING_SENT: () => ['No clicks yet', 'Open the shop and click, or let visitors in: about two seconds later the first click is here.'],
  EXACT: (check) => ['Counts are exact', 'Every event that edge and backend sent lies in the lake, and counts once.' + copies(check)],
  ON_THE_WAY: (check, silence) => [`${count(check.missing)} still on ${check.missing === 1 ? 'its' : 'their'} way`, silence > SILENCE_MILLIS
    ? `No object has come for ${seconds(silence)}: what is missing waits in a lane, in the stream or in the worker.`
    : 'Everything else is in the lake, and counts once.' + copies(check)],
  SURPLUS: (check) => [`${count(check.surplus)} more than were sent`, 'The lake holds events that neither edge nor backend knows of.'],
};

function copies({copies: more}) {
  return more === 0 ? '' : ` ${plural(more, 'copy', 'copies')} after a lost answer ${more === 1 ? 'is' : 'are'} not counted.`;
}

let announced = '';
let before = '';

/** A screen reader hears a verdict when it has come to stay, not each number on the way. */
function announce(check, verdict) {
  const kind = check.verdict;
  if (kind === before && kind !== announced) {
    announced = kind;
    text('announce', kind === 'ON_THE_WAY' ? 'Some events are still on their way' : verdict);
  }
  before = kind;
}

export function showCheck(check, {newestObject}) {
  const silence = newestObject === null ? 0 : Date.now() - newestObject;
  const [verdict, words] = VERDICTS[check.verdict](check, silence);
  byId('check').dataset.verdict = check.verdict;
  text('verdict', verdict);
  text('check-text', words);
  text('check-sent', count(check.expected));
  text('check-delivered', count(check.delivered));
  byId('check-bar').style.width = (check.expected > 0 ? Math.min(100, (100 * check.delivered) / check.expected) : 0) + '%';
  fill('check-lines', check.lines, (lines) => lines.length === 0
    ? [el('tr', {}, cell('Nothing yet.', {class: 'none'}))]
    : lines.map((line) => el('tr', {'data-event': line.event}, rowHead(eventLabel(line.event)),
      el('td', {class: 'n', 'data-column': 'sent'}, count(line.expected)),
      el('td', {class: 'n', 'data-column': 'delivered'}, count(line.delivered)))));
  announce(check, verdict);
}

export function showTotals({totals, funnel, products, freshness}) {
  text('total-clicks', count(totals.clicks));
  text('total-clicks-note', totals.isSampled ? 'scaled up from a sampled log' : 'distinct events');
  text('total-sessions', count(totals.sessions));
  text('total-visitors', 'of ' + plural(totals.visitors, 'visitor', 'visitors'));
  text('total-conversion', share(totals.buyingSessions, totals.sessions));
  text('total-purchases', plural(funnel.purchased, 'purchase', 'purchases'));
  text('total-revenue', revenue(products));
  text('fresh-median', freshness.events > 0 ? duration(freshness.median) : '–');
  text('fresh-95', freshness.events > 0 ? duration(freshness.percentile95) : '–');
  text('fresh-events', freshness.events > 0 ? `of ${plural(freshness.events, 'click', 'clicks')} in five minutes` : 'no click yet');
  text('fresh-newest', freshness.newestObject === null ? 'no object yet' : 'last object ' + ago(Date.now() - freshness.newestObject));
}

/** Currencies do not add up. */
function revenue(products) {
  const sums = new Map();
  for (const {revenue: amount, currency} of products) {
    if (amount !== null && currency !== null) {
      sums.set(currency, (sums.get(currency) ?? 0) + amount);
    }
  }
  return [...sums].map(([currency, amount]) => money(amount, currency)).join(' + ') || '–';
}

export function showFunnel(funnel) {
  const steps = [
    ['view_item', 'Viewed', funnel.viewed], ['add_to_cart', 'Into the basket', funnel.addedToCart],
    ['begin_checkout', 'Checkout begun', funnel.checkoutBegun], ['purchase', 'Bought', funnel.purchased],
  ];
  const most = Math.max(...steps.map(([, , events]) => events));
  fill('funnel', steps, () => steps.map(([event, words, events]) => el('li', {'data-step': event},
    el('div', {class: 'line'}, el('span', {}, words),
      el('span', {}, count(events), el('span', {class: 'share'}, event === 'view_item' ? '' : share(events, funnel.viewed)))),
    bar(events, most, eventColour(event)))));
}

function barItem(label, events, most, colour) {
  return el('li', {}, el('div', {class: 'line'}, label, el('span', {}, count(events))), bar(events, most, colour));
}

export function showBars({events, products}) {
  fill('events', events, () => events.length === 0 ? [el('li', {}, empty('No event yet.'))]
    : events.map((one) => barItem(el('span', {}, eventName(one.name)), one.count, events[0].count, eventColour(one.name))));
  const top = products.filter((product) => product.clicks > 0).slice(0, SHOWN_PRODUCTS).map(({name, clicks}) => ({name, clicks}));
  fill('top-products', top, () => top.length === 0 ? [el('li', {}, empty('No product was clicked yet.'))]
    : top.map((one) => barItem(el('span', {title: one.name}, one.name), one.clicks, top[0].clicks)));
}

function quantity(column, events) {
  return el('td', {class: events > 0 ? 'n' : 'n none', 'data-column': column}, count(events));
}

function stock(left) {
  if (left === null) {
    return number('–', true);
  }
  return left > 0 ? number(count(left)) : el('td', {class: 'n'}, el('span', {class: 'badge bad'}, 'sold out'));
}

function productRow(product) {
  const none = '–';
  return el('tr', {'data-product': product.id, ...(product.isOverlooked ? {class: 'is-overlooked'} : {})},
    rowHead(el('span', {class: 'name', title: product.name}, product.name),
      ...(product.isOverlooked ? [el('span', {class: 'badge wait'}, 'viewed, not bought')] : [])),
    cell(product.category ?? 'not in the catalog', {class: product.category === null ? 'none' : ''}),
    number(money(product.price, product.currency), product.price === null),
    stock(product.stock),
    quantity('viewed', product.viewed), quantity('basket', product.addedToCart),
    quantity('checkout', product.checkoutBegun), quantity('bought', product.purchased),
    number(product.purchased > 0 ? share(product.purchased, product.viewed) : none, !(product.purchased > 0)),
    number(product.revenue > 0 ? money(product.revenue, product.currency) : none, !(product.revenue > 0)));
}

let isWhole = false;

export function showProducts(products) {
  const rows = isWhole ? products : products.slice(0, SHOWN_ROWS);
  fill('products', rows, () => rows.map(productRow));
  const button = byId('all-products');
  button.hidden = products.length <= SHOWN_ROWS;
  button.setAttribute('aria-expanded', String(isWhole));
  text('all-products', isWhole ? 'Show fewer' : `Show all ${count(products.length)} products`);
  button.onclick = () => {
    isWhole = !isWhole;
    showProducts(products);
  };
  const overlooked = products.filter((product) => product.isOverlooked).slice(0, SHOWN_OVERLOOKED);
  fill('overlooked', overlooked, () => overlooked.map((product) => el('p', {class: 'callout'}, el('strong', {}, product.name),
    ` costs ${money(product.price, product.currency)} and was viewed ${plural(product.viewed, 'time', 'times')}, but nobody buys it.`)));
}

export function showNewest(clicks) {
  fill('newest', clicks, () => clicks.length === 0 ? [el('li', {}, empty('No click yet.'))]
    : clicks.map((click) => el('li', {},
      el('time', {datetime: new Date(click.time).toISOString()}, timeOfDay(click.time)),
      el('span', {class: 'what', title: click.product ?? ''}, chip(click.event), ' ', eventName(click.event),
        click.product === null ? '' : el('span', {class: 'product'}, '  ' + click.product)),
      el('span', {class: 'badge', title: click.source === 'log' ? 'from the edge’s log' : 'from the shop’s backend'}, click.source))));
}
