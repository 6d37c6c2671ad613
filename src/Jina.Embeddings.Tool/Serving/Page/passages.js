// The list of all texts: the nearest to the query first, or in the order of the form without a query.

import { create, find, thousands, twoDigits } from "./dom.js";

const MOST_PASSAGES = 20;
const FOLDED_LENGTH = 200;

export function showPassages(passages, query) {
  const ranked = query ? passages.toSorted((a, b) => b.score - a.score) : passages;
  find("texts-title").textContent = query ? "Nearest to the query" : "Texts";
  showTokens(find("query-tokens"), query, "Query: ");
  find("passages").classList.toggle("ranked", query !== null);
  find("passages").replaceChildren(...ranked.slice(0, MOST_PASSAGES).map(createItem));

  const all = find("all-passages");
  all.hidden = ranked.length <= MOST_PASSAGES;
  all.textContent = `Show all ${thousands(ranked.length)} texts`;
  all.onclick = () => {
    const rest = ranked.slice(MOST_PASSAGES).map(createItem);
    find("passages").append(...rest);
    all.hidden = true;
    // The button had the focus. Keyboards continue at the first new text.
    rest[0].tabIndex = -1;
    rest[0].focus();
  };
  find("texts-result").hidden = false;
}

function createItem(passage) {
  const item = create("li");
  if (passage.score !== undefined) {
    item.append(create("data", twoDigits(passage.score), { value: String(passage.score) }));
    item.style.setProperty("--score", Math.max(0, passage.score) || 0);
  }

  const text = create("p", undefined, { className: "text" });
  const tokens = create("small", undefined, { className: "tokens" });
  showTokens(tokens, passage);
  item.append(create("b", String(passage.number)), text, tokens);
  if (passage.text.length > FOLDED_LENGTH) {
    item.append(createFold(passage, text));
  } else {
    showWhole(text, passage);
  }

  return item;
}

// Shows how many tokens a text has of those that the model reads.
function showTokens(place, passage, name = "") {
  const known = passage?.tokens !== undefined;
  place.textContent = known ? `${name}${thousands(passage.tokens)} / ${thousands(passage.limit)} tokens` : "";
  if (known && passage.tokens > passage.limit) place.prepend(create("strong", "truncated"), " ");
}

// Creates the button that shows and hides the end of a long text.
function createFold(passage, text) {
  const words = thousands(passage.text.split(/\s+/).length);
  const button = create("button", undefined, { className: "plain", type: "button" });
  const fold = folded => {
    button.textContent = folded ? `Show all ${words} words` : "Show less";
    button.setAttribute("aria-expanded", String(!folded));
    if (folded) {
      // The last word may not be whole.
      text.textContent = `${passage.text.slice(0, FOLDED_LENGTH).toWellFormed().replace(/\s+\S*$/, "")} …`;
    } else {
      showWhole(text, passage);
    }
  };
  button.onclick = () => fold(button.getAttribute("aria-expanded") === "true");
  fold(true);
  return button;
}

function showWhole(text, passage) {
  text.textContent = passage.text.slice(0, passage.read);
  if (passage.read < passage.text.length) {
    const limit = create("em", "The model did not read the rest:", { className: "limit" });
    text.append(limit, create("span", passage.text.slice(passage.read), { className: "unread" }));
  }
}
