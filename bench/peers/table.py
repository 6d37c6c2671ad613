"""Writes the measurements as the tables of docs/performance.md."""
import math
import statistics
from dataclasses import dataclass

OURS = "this library"
BITS = {"fp32": 32, "f32": 32, "f16": 16, "bf16": 16, "int8": 8, "q8_0": 8}
COMPARISONS = [("fp32", 32, "in single precision"), ("fp32", 16, "in single or half precision"), ("int8", 8, "in any precision")]


@dataclass
class Figures:
    speed: float  # tokens per second
    p50: float  # milliseconds of a query
    p99: float
    load: float  # milliseconds to the first vector
    memory: float  # megabytes


def figures(results, tokens):
    """Returns the medians of the runs."""
    def median(name, figure):
        return statistics.median(figure(run) for run in results.runs[name])

    return Figures(
        median("texts", lambda run: tokens / run.seconds[0]),
        median("queries", lambda run: 1000 * statistics.median(run.seconds)),
        median("queries", lambda run: 1000 * statistics.quantiles(run.seconds, n=100)[98]),
        median("load", lambda run: 1000 * run.first),
        median("texts", lambda run: run.megabytes))


def lines(variants, skipped, tokens, options):
    """Returns the lines of the output: the figures, this library beside the best others, and the reasons of missing rows."""
    measured = [(variant, results, figures(results, tokens)) for variant, results in variants]
    yield f"{options.count:,} texts with {tokens:,} tokens, medians of {runs(options.rounds)}:"
    yield ""
    yield "| library | weights | lowest cosine to float64 | tokens/s | query p50 | query p99 | load to first vector | peak memory |"
    yield "|---|---|---|---|---|---|---|---|"
    for each in measured:
        yield row(*each, options.rounds)
    yield ""
    yield from comparison([(variant, values) for variant, _, values in measured])
    for explanation in skipped:
        yield f"Not measured: {explanation}."


def row(variant, results, values, rounds):
    cosine = "-" if math.isnan(results.cosine) else f"{results.cosine:.6f}"
    count = len(results.runs["texts"])
    notes = [] if variant.same_model else [f"{values.speed * variant.operations:,.0f} at equal operations"]
    notes += [] if count == rounds else [runs(count)]
    speed = f"{values.speed:,.0f}" + (f" ({', '.join(notes)})" if notes else "")
    return (f"| {variant.name} | {variant.precision} | {cosine} | {speed} | {values.p50:.1f} ms | {values.p99:.1f} ms "
            f"| {values.load:,.0f} ms | {values.memory:,.0f} MB |")


def runs(count):
    return f"{count} run{'s' if count > 1 else ''}"


def comparison(measured):
    """Returns how many times as good this library is as the best other one. Below 1, the other one is better."""
    ours = [(variant, values) for variant, values in measured if variant.library == OURS]
    others = [(variant, values) for variant, values in measured if variant.library != OURS and variant.same_model]
    compared = [
        (variant, values, text, [each for each in others if BITS[each[0].precision] >= bits])
        for precision, bits, text in COMPARISONS for variant, values in ours if variant.precision == precision
    ]
    if not any(peers for *_, peers in compared):
        return
    yield "| this library | compared with the best | tokens/s | query p50 | load to first vector | peak memory |"
    yield "|---|---|---|---|---|---|"
    for variant, own, text, peers in compared:
        if peers:
            cells = [
                best(peers, lambda values: values.speed / own.speed),
                best(peers, lambda values: own.p50 / values.p50),
                best(peers, lambda values: own.load / values.load),
                best(peers, lambda values: own.memory / values.memory),
            ]
            yield f"| {variant.way + ', ' if variant.way else ''}{variant.precision} | {text} | {' | '.join(cells)} |"
    yield ""


def best(peers, quality):
    """Returns the ratio to the best of the peers. The quality of this library is 1."""
    variant, values = max(peers, key=lambda each: quality(each[1]))
    return f"{1 / quality(values):.2f}x ({variant.library}, {variant.precision})"
