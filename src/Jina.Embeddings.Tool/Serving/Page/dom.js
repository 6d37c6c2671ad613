// Creates elements and labels. Texts are written to the document only as text, never as HTML.

export const find = id => document.getElementById(id);

export function create(name, text, properties = {}) {
  const element = Object.assign(document.createElement(name), properties);
  if (text !== undefined) element.textContent = text;
  return element;
}

// Adding 0 avoids "-0.00".
export const twoDigits = number => Number.isNaN(number) ? "–" : (Math.round(number * 100) / 100 + 0).toFixed(2);

export const thousands = number => number.toLocaleString("en-US");

export function shorten(text, length) {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length - 1).join("").trimEnd()}…` : text;
}
