// Writes the IDs of each text from Hugging Face's tokenizers library, one JSON array per line.
// usage: node huggingface_ids.mjs tokenizer.json tokenizer_config.json texts.jsonl > ids.jsonl
// (needs the npm package @huggingface/tokenizers next to this file or in a parent folder)
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Tokenizer } from "@huggingface/tokenizers";

const [tokenizerJson, configJson, texts] = process.argv.slice(2);
const tokenizer = new Tokenizer(JSON.parse(readFileSync(tokenizerJson, "utf8")), JSON.parse(readFileSync(configJson, "utf8")));
for await (const line of createInterface({ input: createReadStream(texts, "utf8") })) {
  const ids = tokenizer.encode(JSON.parse(line).text).ids;
  process.stdout.write(JSON.stringify(Array.from(ids, Number)) + "\n");
}
