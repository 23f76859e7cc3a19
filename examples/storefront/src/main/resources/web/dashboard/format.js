// How numbers, times and names read.
const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const tenth = new Intl.NumberFormat('en', {minimumFractionDigits: 1, maximumFractionDigits: 1});
const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const minute = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});

export const count = (number) => whole.format(number);
export const timeOfDay = (millis) => clock.format(millis);
export const minuteOfDay = (millis) => minute.format(millis);

/** A part of a whole; nothing of nothing is no share. */
export function share(part, all) {
  if (!(all > 0)) {
    return '–';
  }
  const percent = (100 * part) / all;
  return (percent > 0 && percent < 10 ? tenth : whole).format(percent) + ' %';
}

export function duration(millis) {
  if (millis < 1000) {
    return count(millis) + ' ms';
  }
  if (millis < 60_000) {
    return tenth.format(millis / 1000) + ' s';
  }
  const minutes = Math.round(millis / 60_000);
  return minutes < 120 ? count(minutes) + ' min' : count(minutes / 60) + ' h';
}

/** A duration in whole seconds, as it is counted while one waits. */
export function seconds(millis) {
  return millis < 60_000 ? count(millis / 1000) + ' s' : duration(millis);
}

export function ago(millis) {
  return millis < 1500 ? 'just now' : seconds(millis) + ' ago';
}

export function bytes(number) {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  let at = 0;
  while (number >= 1000 && at < units.length - 1) {
    number /= 1000;
    at++;
  }
  return (at === 0 || number >= 100 ? whole : tenth).format(number) + ' ' + units[at];
}

/** Currencies come from the shop's database; one that the browser does not know is written as it is. */
export function money(amount, currency) {
  if (amount === null || currency === null) {
    return '–';
  }
  try {
    return new Intl.NumberFormat('en', {style: 'currency', currency}).format(amount);
  } catch {
    return amount + ' ' + currency;
  }
}

export const plural = (number, one, many) => count(number) + ' ' + (number === 1 ? one : many);

const NAMES = new Map([
  ['page_view', 'Page view'], ['view_item', 'View of a product'], ['add_to_cart', 'Into the basket'],
  ['begin_checkout', 'Checkout begun'], ['purchase', 'Purchase'], ['search', 'Search'], ['login', 'Log in'],
  ['sign_up', 'Sign up'], ['other', 'Other'],
]);

/** What a person calls an event; one of the shop's own is shown by its name. */
export const eventName = (name) => NAMES.get(name) ?? name;

/** The style sheet's colour of an event. */
export const eventColour = (name) => '--' + (NAMES.has(name) ? name.replaceAll('_', '-') : 'other');

export const shardName = (id) => id.replace(/^shardId-0*(?=\d)/, 'Shard ');
