"""retrieval.py texts FOLDER          queries, then documents, a JSON string per line
retrieval.py score FOLDER VECTORS  nDCG@10 and the other measures, by NumPy and measures.py"""
import json
import os
import sys

import measures

folder = sys.argv[2]


def lines(name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


judgements = {}
with open(os.path.join(folder, "qrels", "test.tsv"), encoding="utf-8") as file:
    next(file)
    for line in file:
        query, document, gain = line.rstrip("\n").split("\t")
        judgements.setdefault(query, {})[document] = int(gain)
queries = [query for query in lines("queries.jsonl") if query["_id"] in judgements]
documents = lines("corpus.jsonl")
if sys.argv[1] == "texts":
    for query in queries:
        print(json.dumps(query["text"]))
    for document in documents:
        print(json.dumps((document.get("title", "") + " " + document["text"]).strip()))
else:
    import numpy

    with open(sys.argv[3], encoding="utf-8") as file:
        vectors = numpy.array([json.loads(line)["embedding"] for line in file])
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [document["_id"] for document in documents]
    sums = dict.fromkeys(["ndcg_at_10", "recall_at_10", "recall_at_100", "mrr_at_10"], 0.0)
    for query, scores in zip(queries, vectors[:len(queries)] @ vectors[len(queries):].T):
        ranking = measures.ranked(dict(zip(ids, scores.tolist())))
        relevance = judgements[query["_id"]]
        sums["ndcg_at_10"] += measures.ndcg(ranking, relevance, 10)
        sums["recall_at_10"] += measures.recall(ranking, relevance, 10)
        sums["recall_at_100"] += measures.recall(ranking, relevance, 100)
        sums["mrr_at_10"] += measures.reciprocal_rank(ranking, relevance, 10)
    print(json.dumps({name: value / len(queries) for name, value in sums.items()}))
