// Requests to the server of the page. Addresses are relative, so that the page also works behind a proxy that adds a path.

const KEY = "jina-embeddings-api-key";

export class RequestError extends Error {
  constructor(message, status, field) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

// ---- the API key, which is kept until the tab is closed

export const storedKey = () => sessionStorage.getItem(KEY);
export const storeKey = key => sessionStorage.setItem(KEY, key);
export const forgetKey = () => sessionStorage.removeItem(KEY);

// ---- requests

export async function listModels(signal) {
  const { body } = await call("v1/models", null, signal);
  return body.data.map(model => model.id);
}

// Returns how many tokens of a text the model reads.
export async function readTokenLimit(model, signal) {
  const { body } = await call("api/show", { model }, signal);
  return body.model_info[`${body.model_info["general.architecture"]}.context_length`];
}

export async function embed(model, input, signal) {
  const start = performance.now();
  const { body, headers } = await call("v1/embeddings", { model, input, encoding_format: "base64" }, signal);
  return {
    model: body.model,
    tokens: body.usage.total_tokens,
    truncated: Number(headers.get("X-Truncated-Inputs") ?? 0),
    milliseconds: Math.round(performance.now() - start),
    vectors: body.data.sort((a, b) => a.index - b.index).map(item => toFloats(item.embedding)),
  };
}

// Returns the tokens of each whole text, or null if the server does not count so many.
export async function tokenize(model, inputs, signal) {
  try {
    return (await call("tokenize", { model, inputs }, signal)).body;
  } catch (e) {
    if (e instanceof RequestError) return null;
    throw e;
  }
}

async function call(path, content, signal) {
  const headers = {};
  const key = storedKey();
  if (key) headers.Authorization = `Bearer ${key}`;
  if (content) headers["Content-Type"] = "application/json";

  let response;
  try {
    response = await fetch(path, { method: content ? "POST" : "GET", headers, signal, body: content && JSON.stringify(content) });
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw new Error("The server does not answer. Check that it is running, then compare again.");
  }

  const body = await response.json().catch(() => null);
  if (response.ok && body) return { body, headers: response.headers };
  const reason = body?.error?.message ?? body?.error ?? `The server answered with status ${response.status} and no message.`;
  throw new RequestError(reason, response.status, body?.error?.param);
}

function toFloats(base64) {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
