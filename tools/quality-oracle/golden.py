"""Writes the golden file of the tests: random cases with ties, and their values from SciPy and measures.py."""
import json
import random

from scipy import stats

import measures

random.seed(20230711)


def correlation(count, levels):
    x = [random.randrange(levels) / 4 for _ in range(count)]
    y = [round(0.5 * value + random.gauss(0, 1), random.choice([1, 6])) for value in x]
    return {"x": x, "y": y, "pearson": stats.pearsonr(x, y)[0], "spearman": stats.spearmanr(x, y)[0]}


def ranking(documents, judged):
    ids = [f"d{i}" for i in range(documents)]
    scores = {document: random.randrange(30) / 30 for document in ids}
    relevance = {document: random.choice([-1, 0, 0, 1, 1, 2]) for document in random.sample(ids + ["elsewhere"], judged)}
    order = measures.ranked(scores)
    return {
        "scores": scores, "relevance": relevance, "ranking": order,
        "ndcg10": measures.ndcg(order, relevance, 10), "recall10": measures.recall(order, relevance, 10),
        "recall100": measures.recall(order, relevance, 100), "mrr10": measures.reciprocal_rank(order, relevance, 10),
        "averagePrecision": measures.average_precision([scores[document] for document in ids], [relevance.get(document, 0) > 0 for document in ids]),
    }


print(json.dumps({
    "correlations": [correlation(count, levels) for count, levels in [(2, 20), (5, 3), (40, 21), (60, 4), (100, 1000)]],
    "rankings": [ranking(documents, judged) for documents, judged in [(3, 2), (20, 5), (40, 30), (150, 12), (150, 100)]],
}, indent=1))
