// Embeds texts with transformers.js, in batches of 32 that are sorted by length.
// usage: node transformers.mjs FOLDER fp32|q8 together|alone WARM-UP.txt TEXTS.txt VECTORS.f32      (README.md)
// FOLDER contains node_modules, and the model in the folder t5.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, dtype, mode, warmUpPath, textsPath, vectorsPath] = process.argv.slice(2);
const BATCH = 32;

const library = createRequire(`${folder}/package.json`).resolve('@huggingface/transformers');
const { env, pipeline } = await import(pathToFileURL(library).href);
env.allowRemoteModels = false;
env.localModelPath = folder;
const extractor = await pipeline('feature-extraction', 't5', { dtype, device: 'cpu' });

const lines = path => readFileSync(path, 'utf8').split('\n').slice(0, -1);

async function embed(texts) {
  // The texts of a benchmark are common words, so their lengths in characters and in tokens are in nearly the same order.
  const order = texts.map((_, i) => i).sort((a, b) => texts[b].length - texts[a].length);
  const vectors = new Array(texts.length);
  for (let start = 0; start < order.length; start += BATCH) {
    const batch = order.slice(start, start + BATCH);
    const output = await extractor(batch.map(i => texts[i]), { pooling: 'mean', normalize: true });
    const width = output.dims[1];
    batch.forEach((i, row) => { vectors[i] = output.data.slice(row * width, (row + 1) * width); });
  }
  return vectors;
}

async function embedCalls(texts, report) {
  const vectors = [];
  for (const call of mode === 'together' ? [texts] : texts.map(text => [text])) {
    const start = performance.now();
    vectors.push(...await embed(call));
    report((performance.now() - start) / 1000);
  }
  return vectors;
}

await embedCalls(lines(warmUpPath), () => {});
const vectors = await embedCalls(lines(textsPath), seconds => console.log(seconds));
writeFileSync(vectorsPath, Buffer.concat(vectors.map(vector => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength))));
