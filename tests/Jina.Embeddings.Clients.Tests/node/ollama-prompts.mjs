// Runs the client of Ollama with the older route, which embeds one text per request: node ollama-prompts.mjs ADDRESS TEXTS
import { Ollama } from 'ollama';
import { run } from './run.mjs';

await run(async (address, texts) => {
  const client = new Ollama({ host: address });
  const vectors = [];
  for (const prompt of texts) {
    const { embedding } = await client.embeddings({ model: 'demo-en', prompt });
    vectors.push(embedding);
  }
  return vectors;
});
