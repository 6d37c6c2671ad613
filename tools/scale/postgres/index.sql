-- Builds the indexes of passages, after loading: an HNSW index that is filled row by row takes longer and grows larger.
-- The graph must fit into maintenance_work_mem. The names are those that the VectorStore of Postgres creates.
create index passages_embedding_index on passages using hnsw (embedding vector_cosine_ops);
create index passages_text_index on passages using gin (to_tsvector('english', text));
analyze passages;
