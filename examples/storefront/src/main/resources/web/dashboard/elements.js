// Elements of the page. Texts come from clicks and may be anything: they become text nodes, never markup.
import {eventColour, eventName} from './format.js';

export const byId = (id) => document.getElementById(id);

export function text(id, value) {
  const element = byId(id);
  if (element.textContent !== value) {
    element.textContent = value;
  }
}

/** An element with attributes and children; strings among the children are text. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const shown = new WeakMap();

/** Fills an element again only when what it shows has changed, so that reading and selecting are not disturbed. */
export function fill(id, data, children) {
  const element = byId(id);
  const now = JSON.stringify(data);
  if (shown.get(element) !== now) {
    shown.set(element, now);
    element.replaceChildren(...children(data));
  }
}

export const empty = (words) => el('p', {class: 'empty'}, words);

export function chip(event) {
  const square = el('span', {class: 'chip', 'aria-hidden': 'true'});
  square.style.setProperty('--chip', `var(${eventColour(event)})`);
  return square;
}

export const eventLabel = (event) => el('span', {class: 'event'}, chip(event), eventName(event));

/** A bar whose length is a part of a whole; the number beside it says the same. */
export function bar(part, all, colour) {
  const filled = el('span', part > 0 ? {} : {class: 'none'});
  filled.style.width = (all > 0 ? Math.min(100, (100 * part) / all) : 0) + '%';
  if (colour) {
    filled.style.setProperty('--chip', `var(${colour})`);
  }
  return el('div', {class: 'bar', 'aria-hidden': 'true'}, filled);
}

export const cell = (words, attributes = {}) => el('td', attributes, words);
export const number = (words, isNothing) => el('td', {class: isNothing ? 'n none' : 'n'}, words);
export const rowHead = (...children) => el('th', {scope: 'row'}, ...children);
