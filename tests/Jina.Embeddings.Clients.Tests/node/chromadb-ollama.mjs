// Runs Chroma's embedding function for Ollama: node chromadb-ollama.mjs ADDRESS TEXTS
import { OllamaEmbeddingFunction } from '@chroma-core/ollama';
import { run } from './run.mjs';

await run((address, texts) => new OllamaEmbeddingFunction({ url: address, model: 'demo-en' }).generate(texts));
