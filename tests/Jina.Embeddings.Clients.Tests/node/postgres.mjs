// Loads files of texts and vectors into Postgres in WebAssembly, and searches its HNSW index: node postgres.mjs FOLDER DIMENSIONS SQL...
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

const [folder, dimensions, ...scripts] = process.argv.slice(2);
const postgres = await PGlite.create({ extensions: { vector } });
for (const script of scripts) {
  const sql = (await readFile(script, 'utf8')).replaceAll(':dimensions', dimensions);
  // psql sends a \copy command and its file. Everything else is SQL.
  for (const part of sql.split(/^(\\copy .*)$/m)) {
    const copy = /^\\copy (\w+) from '([^']+)' (.*)$/.exec(part);
    if (copy) {
      const [, table, file, options] = copy;
      const blob = new Blob([await readFile(join(folder, file))]);
      await postgres.query(`copy ${table} from '/dev/blob' ${options}`, [], { blob });
    } else {
      await postgres.exec(part);
    }
  }
}

await postgres.exec('set enable_seqscan = off');
const nearest = 'select id from passages order by embedding <=> (select embedding from passages where id = $1) limit 3';
const { rows } = await postgres.query('select id, text, embedding::text as embedding from passages');
for (const row of rows) {
  row.embedding = JSON.parse(row.embedding);
  row.nearest = (await postgres.query(nearest, [row.id])).rows.map(other => other.id);
}

const plan = (await postgres.query(`explain ${nearest}`, [rows[0].id])).rows.map(row => row['QUERY PLAN']).join('\n');
console.log(JSON.stringify({ rows, plan }));
await postgres.close();
