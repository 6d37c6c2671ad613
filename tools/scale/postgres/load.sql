-- Loads texts.jsonl and the vectors.jsonl of `jina-embeddings embed --input texts.jsonl --jsonl --id-field id --output vectors.jsonl`.
-- Run it in the folder of both files: psql -v ON_ERROR_STOP=1 -v dimensions=512 -f load.sql
-- JSON has no raw control characters, so that COPY reads each line as one value.
begin;
create extension if not exists vector;
create table passages (id text primary key, text text not null, embedding vector(:dimensions) not null);
create temporary table texts (line json) on commit drop;
create temporary table vectors (line json) on commit drop;
-- Compression would take most of the time.
alter table texts alter line set storage external;
alter table vectors alter line set storage external;

\copy texts from 'texts.jsonl' with (format csv, quote e'\x01', delimiter e'\x02')
\copy vectors from 'vectors.jsonl' with (format csv, quote e'\x01', delimiter e'\x02')

-- The full join makes a text without a vector, or a vector without a text, an error.
insert into passages (id, text, embedding)
select id, t.text, v.embedding
from (select r.* from texts, json_to_record(line) as r(id text, text text)) t
full join (select r.* from vectors, json_to_record(line) as r(id text, embedding vector(:dimensions))) v using (id);
commit;
