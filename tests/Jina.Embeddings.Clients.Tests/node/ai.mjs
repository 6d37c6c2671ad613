// Runs the AI SDK with its provider for compatible servers: node ai.mjs ADDRESS TEXTS
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany } from 'ai';
import { run } from './run.mjs';

await run(async (address, values) => {
  const provider = createOpenAICompatible({ name: 'jina', baseURL: `${address}/v1` });
  const model = provider.embeddingModel('text-embedding-3-small');
  const { embeddings } = await embedMany({ model, values, maxRetries: 0 });
  return embeddings;
});
