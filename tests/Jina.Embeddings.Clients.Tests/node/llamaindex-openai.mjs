// Runs LlamaIndex with its OpenAIEmbedding as the model of the process: node llamaindex-openai.mjs ADDRESS TEXTS
import { OpenAIEmbedding } from '@llamaindex/openai';
import { Settings } from 'llamaindex';
import { run } from './run.mjs';

await run((address, texts) => {
  Settings.embedModel = new OpenAIEmbedding({
    model: 'text-embedding-3-small',
    apiKey: 'unused',
    baseURL: `${address}/v1`,
    maxRetries: 0,
  });
  return Settings.embedModel.getTextEmbeddingsBatch(texts);
});
