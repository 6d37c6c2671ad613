// The actions of the user. Each comparison requests vectors and shows how close they are.

import { create, find, thousands } from "./dom.js";
import { showHeatMap } from "./heat-map.js";
import { showMap } from "./map.js";
import { showPassages } from "./passages.js";
import { SAMPLES } from "./samples.js";
import { embed, forgetKey, listModels, readTokenLimit, RequestError, storedKey, storeKey, tokenize } from "./server.js";
import { cosine } from "./vectors.js";

// A larger heat map or map cannot be read.
const MOST_TEXTS_SHOWN = 100;

const form = find("form"), texts = find("texts"), query = find("query"), error = find("error"), status = find("status");
let running = new AbortController();

// ---- comparing

async function compare() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  hideError();
  const lines = texts.value.split("\n").map(line => line.trim()).filter(line => line);
  if (find("key").value.trim()) storeKey(find("key").value.trim());
  find("results").setAttribute("aria-busy", "true");
  status.textContent = "Comparing …";
  try {
    if (lines.length === 0) throw new RequestError("Enter at least one text to compare, one per line.", 0, "input");
    if (find("model").options.length === 0) await loadModels(signal);
    await show(lines, query.value.trim(), signal);
    showKey(false);
  } catch (e) {
    if (e.name !== "AbortError") showFailure(e);
  } finally {
    if (!signal.aborted) find("results").removeAttribute("aria-busy");
  }
}

async function loadModels(signal) {
  const models = await listModels(signal);
  find("model").replaceChildren(...models.map(id => new Option(id)));
  find("model-field").hidden = false;
  find("model").hidden = models.length === 1;
  find("model-name").textContent = models.length === 1 ? models[0] : "";
}

async function show(lines, question, signal) {
  const model = find("model").value;
  const input = question ? [...lines, question] : lines;
  const limit = await readTokenLimit(model, signal);
  const answer = await embed(model, input, signal);
  const tokens = await tokenize(model, input, signal);
  const items = input.map((text, i) => ({
    number: i + 1,
    text,
    vector: answer.vectors[i],
    limit,
    tokens: tokens?.[i].length,
    read: tokens ? countRead(text, tokens[i], limit) : text.length,
  }));
  const asked = question ? { ...items.pop(), isQuery: true } : null;
  if (asked) items.forEach(item => { item.score = cosine(asked.vector, item.vector); });

  showPassages(items, asked);
  showMap(items.slice(0, MOST_TEXTS_SHOWN), asked);
  showHeatMap(items.slice(0, MOST_TEXTS_SHOWN));
  showTruncated(answer.truncated, limit);
  const parts = [answer.model, `${answer.vectors[0].length} dimensions`, `${thousands(answer.tokens)} tokens`, `${answer.milliseconds} ms`];
  if (items.length > MOST_TEXTS_SHOWN) {
    parts.push(`map and pairs show the first ${MOST_TEXTS_SHOWN} of ${thousands(items.length)} texts`);
  }

  status.textContent = parts.join(" · ");
}

// Returns how many characters of a text the model reads. Its last token is the end token. Positions are in bytes of UTF-8.
function countRead(text, tokens, limit) {
  if (tokens.length <= limit) return text.length;
  const bytes = new TextEncoder().encode(text).subarray(0, tokens[limit - 2].stop);
  return new TextDecoder().decode(bytes).length;
}

function showTruncated(count, limit) {
  find("truncated").hidden = count === 0;
  find("truncated").textContent = count === 1
    ? `1 text is longer than ${limit} tokens. The model read only its beginning.`
    : `${thousands(count)} texts are longer than ${limit} tokens. The model read only their beginnings.`;
}

// ---- errors, next to their cause

function showFailure(e) {
  if (e.status === 401) {
    const wrong = storedKey() !== null;
    forgetKey();
    showKey(true);
    if (wrong) {
      showError(new Error("The API key is not valid. Enter one of this server's keys."), find("key"));
    } else {
      status.textContent = "Enter the API key to compare.";
      find("key").focus();
    }
  } else if (e.status === 413 || e.field === "input") {
    showError(e, texts);
  } else {
    showError(e, null);
  }
}

function showError(reason, field) {
  const hasResult = !find("texts-result").hidden;
  status.textContent = hasResult ? "These are the results of the last comparison." : "";
  (field?.parentElement ?? find("actions-field")).append(error);
  error.textContent = reason.message;
  error.hidden = false;
  if (field) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-errormessage", error.id);
    field.focus();
  }
}

function hideError() {
  error.hidden = true;
  form.querySelectorAll("[aria-invalid]").forEach(field => {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-errormessage");
  });
}

// Shows the field for the key, or that the tab keeps a key.
function showKey(isNeeded) {
  find("key").value = "";
  find("key-field").hidden = !isNeeded;
  find("key-kept").hidden = isNeeded || storedKey() === null;
}

// ---- samples

const ownSample = { name: "Your texts", texts: [], query: "" };
const samples = [...SAMPLES, ownSample];

function createSamples() {
  find("samples").append(...samples.map(sample => {
    const button = create("button", sample.name, { type: "button", className: "sample" });
    button.onclick = () => {
      fill(sample);
      compareAndShow();
    };
    return button;
  }));
  fill(SAMPLES[0]);
}

function fill(sample) {
  texts.value = sample.texts.join("\n");
  query.value = sample.query;
  markSample();
}

// Keeps what the user has entered, so that a sample that replaces it does not lose it.
function keepOwn() {
  if (!SAMPLES.some(isShown)) Object.assign(ownSample, { texts: texts.value.split("\n"), query: query.value });
  markSample();
}

function markSample() {
  find("samples").querySelectorAll("button").forEach((button, i) => {
    button.setAttribute("aria-pressed", String(isShown(samples[i])));
    button.hidden = samples[i].texts.length === 0;
  });
}

const isShown = sample => sample.texts.join("\n") === texts.value && sample.query === query.value;

// ---- events

// On a narrow screen, the results are below the form.
async function compareAndShow() {
  await compare();
  if (error.hidden && find("results").getBoundingClientRect().top > innerHeight * 0.7) find("results").scrollIntoView();
}

form.addEventListener("submit", event => {
  event.preventDefault();
  compareAndShow();
});
form.addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    compareAndShow();
  }
});
form.addEventListener("input", keepOwn);
find("model").addEventListener("change", compare);
find("forget").addEventListener("click", () => {
  forgetKey();
  showKey(true);
  find("key").focus();
});
find("endpoint").textContent = new URL("v1/embeddings", location.href).href;
find("main").hidden = false;
createSamples();
compare();
