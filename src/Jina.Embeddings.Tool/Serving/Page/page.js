// The script of the page. It requests vectors from the server of the page, and shows how close they are.
// Texts are written to the document only with textContent.

const MOST_TEXTS_SHOWN = 100;
const LABEL_LENGTH = 60;
const KEY = "jina-embeddings-api-key";

const $ = id => document.getElementById(id);
const form = $("form"), error = $("error"), status = $("status");
let running = new AbortController();

// ---- the server

class RequestError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function call(path, body, signal) {
  const headers = {};
  const key = sessionStorage.getItem(KEY);
  if (key) headers.Authorization = `Bearer ${key}`;
  if (body) headers["Content-Type"] = "application/json";

  let response;
  try {
    response = await fetch(path, { method: body ? "POST" : "GET", headers, signal, body: body && JSON.stringify(body) });
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw new Error("The server does not answer. Check that it is running, then compare again.");
  }

  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  const reason = answer?.error?.message ?? answer?.detail;
  throw new RequestError(reason ?? `The server answered with status ${response.status} and no message.`, response.status);
}

async function loadModels(signal) {
  const models = (await call("v1/models", null, signal)).data.map(model => model.id);
  const chosen = $("model").value;
  $("model").replaceChildren(...models.map(id => new Option(id, id, false, id === chosen)));
  $("model").hidden = models.length === 1;
  $("model-name").textContent = models.length === 1 ? models[0] : "";
}

async function embed(input, signal) {
  const answer = await call("v1/embeddings", { model: $("model").value, input, encoding_format: "base64" }, signal);
  const vectors = answer.data.sort((a, b) => a.index - b.index).map(item => floats(item.embedding));
  return { model: answer.model, tokens: answer.usage.total_tokens, vectors };
}

function floats(base64) {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

function cosine(a, b) {
  let dot = 0, aa = 0, bb = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  // A zero vector has no direction.
  return aa && bb ? Math.max(-1, Math.min(1, dot / Math.sqrt(aa * bb))) : NaN;
}

// ---- the document

function element(name, text, properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  if (text !== undefined) made.textContent = text;
  return made;
}

// Adding 0 avoids "-0.00".
const digits = number => Number.isNaN(number) ? "–" : (Math.round(number * 100) / 100 + 0).toFixed(2);

function shorten(text) {
  const characters = [...text];
  return characters.length > LABEL_LENGTH ? `${characters.slice(0, LABEL_LENGTH - 1).join("")}…` : text;
}

function showNearest(query, vector, texts, vectors) {
  $("nearest").hidden = !query;
  if (!query) return;
  const ranked = texts.map((text, i) => ({ text, score: cosine(vector, vectors[i]) })).sort((a, b) => b.score - a.score);
  $("passages").replaceChildren(...ranked.map(({ text, score }) => {
    const item = element("li");
    item.append(element("data", digits(score), { value: String(score) }), element("span", text));
    item.style.setProperty("--score", Number.isNaN(score) ? 0 : score);
    return item;
  }));
}

function showMatrix(texts, vectors) {
  texts = texts.slice(0, MOST_TEXTS_SHOWN);
  const cosines = texts.map((_, i) => texts.map((_, j) => cosine(vectors[i], vectors[j])));
  const known = cosines.flat().filter(value => !Number.isNaN(value));
  const lowest = Math.min(...known, 1);
  const heat = value => Number.isNaN(value) || lowest === 1 ? Number(value === 1) : (value - lowest) / (1 - lowest);

  const head = element("tr");
  head.append(element("td"), ...texts.map((text, i) => {
    const header = element("th", undefined, { scope: "col" });
    header.append(element("abbr", String(i + 1), { title: text }));
    return header;
  }));
  head.firstChild.className = "corner";

  const rows = cosines.map((row, i) => {
    const line = element("tr");
    const header = element("th", undefined, { scope: "row", title: texts[i] });
    header.append(element("b", String(i + 1)), shorten(texts[i]));
    line.append(header, ...row.map((value, j) => {
      const cell = element("td", digits(value), { title: `${texts[i]}\n${texts[j]}` });
      cell.style.setProperty("--heat", heat(value));
      return cell;
    }));
    return line;
  });

  $("matrix").tHead.replaceChildren(head);
  $("matrix").tBodies[0].replaceChildren(...rows);
  $("lowest").textContent = digits(lowest);
  $("similarity").hidden = false;
}

function showError(reason) {
  error.textContent = reason.message;
  error.hidden = false;
  status.textContent = "";
  if (reason.status === 401) {
    sessionStorage.removeItem(KEY);
    $("key-field").hidden = false;
    $("key").value = "";
    $("key").focus();
  }
}

// ---- user actions

async function compare() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const texts = $("texts").value.split("\n").map(line => line.trim()).filter(line => line);
  const query = $("query").value.trim();
  error.hidden = true;
  if (texts.length === 0) {
    showError(new Error("Enter at least one text to compare, one per line."));
    $("texts").focus();
    return;
  }

  if ($("key").value) sessionStorage.setItem(KEY, $("key").value.trim());
  $("results").setAttribute("aria-busy", "true");
  status.textContent = "Comparing …";
  try {
    if ($("model").options.length === 0) await loadModels(signal);
    const start = performance.now();
    const answer = await embed(query ? [...texts, query] : texts, signal);
    const milliseconds = Math.round(performance.now() - start);
    const vectors = answer.vectors.slice(0, texts.length);
    showNearest(query, answer.vectors[texts.length], texts, vectors);
    showMatrix(texts, vectors);
    const parts = [answer.model, `${vectors[0].length} dimensions`, `${answer.tokens} tokens`, `${milliseconds} ms`];
    if (texts.length > MOST_TEXTS_SHOWN) parts.push(`the table shows the first ${MOST_TEXTS_SHOWN} of ${texts.length} texts`);
    status.textContent = parts.join(" · ");
  } catch (e) {
    if (e.name !== "AbortError") showError(e);
  } finally {
    if (!signal.aborted) $("results").removeAttribute("aria-busy");
  }
}

form.addEventListener("submit", event => {
  event.preventDefault();
  compare();
});
form.addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    compare();
  }
});
$("model").addEventListener("change", compare);
$("endpoint").textContent = new URL("v1/embeddings", location.href).href;
compare();
