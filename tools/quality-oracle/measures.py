"""Computes nDCG, recall, reciprocal rank and average precision from their definitions, independent of the C# code."""
import math


def ndcg(ranking, relevance, k):
    """Returns the gains of the first k divided by those of the best order; gain / log2(1 + rank)."""
    def dcg(gains):
        return sum(gain / math.log2(1 + rank) for rank, gain in enumerate(gains, start=1))

    reached = dcg([max(0, relevance.get(document, 0)) for document in ranking[:k]])
    best = dcg(sorted((max(0, gain) for gain in relevance.values()), reverse=True)[:k])
    return reached / best if best else 0.0


def recall(ranking, relevance, k):
    relevant = {document for document, gain in relevance.items() if gain > 0}
    return len(relevant & set(ranking[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking, relevance, k):
    ranks = [rank for rank, document in enumerate(ranking[:k], start=1) if relevance.get(document, 0) > 0]
    return 1 / ranks[0] if ranks else 0.0


def average_precision(scores, relevant):
    """Returns the area below precision over recall in steps, one step for each score as a threshold."""
    total = sum(relevant)
    area, last = 0.0, 0.0
    for threshold in sorted(set(scores), reverse=True):
        above = [is_relevant for score, is_relevant in zip(scores, relevant) if score >= threshold]
        reached = sum(above) / total if total else 0.0
        area += (reached - last) * sum(above) / len(above)
        last = reached
    return area


def ranked(scores):
    """Returns document IDs, best score first, and for equal scores the greater ID first, as in trec_eval."""
    return sorted(scores, key=lambda document: (scores[document], document.encode()), reverse=True)
