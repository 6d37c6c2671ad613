// Runs the client of another script on the texts of a JSON file: node SCRIPT ADDRESS TEXTS
// Prints its vectors as JSON, or its error with the status of the response.
import { readFile } from 'node:fs/promises';

export async function run(embed) {
  const [address, file] = process.argv.slice(2);
  const texts = JSON.parse(await readFile(file, 'utf8'));
  console.log(JSON.stringify(await embed(address, texts).then(toVectors, toError)));
}

const toVectors = (vectors) => ({ vectors: Array.from(vectors, (vector) => Array.from(vector)) });

const toError = (error) => ({ error: error.message, status: error.status_code ?? error.status ?? error.statusCode });
