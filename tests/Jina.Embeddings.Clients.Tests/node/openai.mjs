// Embeds the texts of a JSON file through the openai client: node openai.mjs BASE_URL TEXTS [float|base64]
// Prints the vectors as JSON. Only the base URL differs from the cloud.
import { readFile } from 'node:fs/promises';
import OpenAI from 'openai';

const [baseURL, file, encoding] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: 'unused', maxRetries: 0 });
const texts = JSON.parse(await readFile(file, 'utf8'));
const response = await client.embeddings.create({
  model: 'text-embedding-3-small',
  input: texts,
  ...(encoding ? { encoding_format: encoding } : {}),
});
const vectors = response.data.map(({ embedding }) => embedding);
console.log(JSON.stringify({ model: response.model, tokens: response.usage.total_tokens, vectors }));
