// Runs LangChain's OllamaEmbeddings: node langchain-ollama.mjs ADDRESS TEXTS
import { OllamaEmbeddings } from '@langchain/ollama';
import { run } from './run.mjs';

await run((address, texts) => new OllamaEmbeddings({ model: 'demo-en', baseUrl: address, maxRetries: 0 }).embedDocuments(texts));
