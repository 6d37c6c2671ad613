-- Builds the indexes of passages, after loading: filling an HNSW index row by row takes longer.
-- The graph must fit into maintenance_work_mem. The names are those that the VectorStore of Postgres creates.
begin;
create index passages_embedding_index on passages using hnsw (embedding vector_cosine_ops);
create index passages_text_index on passages using gin (to_tsvector('english', text));
commit;
analyze passages;
