// Runs LangChain's OpenAIEmbeddings: node langchain-openai.mjs ADDRESS TEXTS
import { OpenAIEmbeddings } from '@langchain/openai';
import { run } from './run.mjs';

await run((address, texts) => {
  const embeddings = new OpenAIEmbeddings({
    model: 'text-embedding-3-small',
    apiKey: 'unused',
    maxRetries: 0,
    configuration: { baseURL: `${address}/v1` },
  });
  return embeddings.embedDocuments(texts);
});
