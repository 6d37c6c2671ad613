// Runs Chroma's embedding function for OpenAI: node chromadb-openai.mjs ADDRESS TEXTS
import { OpenAIEmbeddingFunction } from '@chroma-core/openai';
import { run } from './run.mjs';

await run((address, texts) => {
  const embed = new OpenAIEmbeddingFunction({ apiKey: 'unused', modelName: 'text-embedding-3-small', apiBase: `${address}/v1` });
  return embed.generate(texts);
});
