// Runs the client of Ollama with all texts in one request: node ollama.mjs ADDRESS TEXTS
import { Ollama } from 'ollama';
import { run } from './run.mjs';

await run(async (address, input) => {
  const { embeddings } = await new Ollama({ host: address }).embed({ model: 'demo-en', input });
  return embeddings;
});
