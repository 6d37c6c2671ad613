#!/usr/bin/env python3
"""Measures this library beside other ways to run the same checkpoint, and prints the tables of docs/performance.md.

README.md describes the peers and what each of them needs. Peers that cannot run here are skipped, and the reasons are printed.
"""
import argparse
import array
import math
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import table
from peers import PEERS, prepare_inputs, prepare_reference
from processes import Missing, measure

LOWEST_COSINE = 0.99  # below it, a peer computes something else
SLOW = 15  # seconds; the throughput of slower variants is measured in the first round only


@dataclass
class Results:
    cosine: float = math.nan  # the lowest one to float64; not a number for another model, or without the float64 vectors
    together: list = field(default_factory=list)  # settings, chosen with the tuning texts
    alone: list = field(default_factory=list)
    runs: dict = field(default_factory=lambda: defaultdict(list))


def note(text):
    print(text, file=sys.stderr, flush=True)


def run(variant, work, setting, mode, warm_up, texts):
    """Embeds a file of texts in a new process."""
    inputs = [*setting, mode, str(work / f"{warm_up}.txt"), str(work / f"{texts}.txt")]
    return measure(variant.command, variant.environment, work, inputs)


def lowest_cosine(path, reference):
    values = array.array("f", path.read_bytes())
    width = len(values) // len(reference)
    return min(cosine(expected, values[i * width : (i + 1) * width]) for i, expected in enumerate(reference))


def cosine(one, other):
    if len(one) != len(other):
        raise Missing(f"its vectors have {len(other)} dimensions instead of {len(one)}")
    product = sum(x * y for x, y in zip(one, other))
    return product / math.sqrt(sum(x * x for x in one) * sum(y * y for y in other))


def check(variant, work, reference):
    """Compares the vectors with float64, and chooses the fastest settings with other texts than those that are measured."""
    results = Results()
    run(variant, work, variant.settings[0], "together", "none", "checked")
    if variant.same_model and reference:
        results.cosine = lowest_cosine(work / "vectors.f32", reference)
        if not results.cosine >= LOWEST_COSINE:
            raise Missing(f"its vectors differ: the lowest cosine to float64 is {results.cosine:.4f}")
    results.together = fastest(variant, work, "together", "none", "tuning")
    results.alone = fastest(variant, work, "alone", "tuning-queries", "tuning-queries")
    return results


def fastest(variant, work, mode, warm_up, texts):
    if len(variant.settings) == 1:
        return variant.settings[0]
    return min(variant.settings, key=lambda setting: statistics.median(run(variant, work, setting, mode, warm_up, texts).seconds))


def prepare(options, reference, skip):
    """Returns the variants that can run here."""
    ready = []
    for name, peer in PEERS.items():
        if options.only and name not in options.only:
            skip(name, "not in --only")
            continue
        note(f"Preparing {name}")
        try:
            variants = peer(options.work, options)
        except Missing as missing:
            skip(name, missing)
            continue
        for variant in variants:
            try:
                results = check(variant, options.work, reference)
            except Missing as missing:
                skip(variant.label, missing)
                continue
            ready.append((variant, results))
            note(f"  {variant.label}: {describe(results)}")
    return ready


def describe(results):
    chosen = f", {' '.join(results.together)} for texts, {' '.join(results.alone)} for queries" if results.together else ""
    return ("without a cosine" if math.isnan(results.cosine) else f"cosine {results.cosine:.6f}") + chosen


def measure_all(variants, options, skip):
    """Measures all variants alternately, so that a slow minute of the machine affects all of them."""
    for number in range(1, options.rounds + 1):
        for variant, results in list(variants):
            note(f"Round {number} of {options.rounds}: {variant.label}")
            try:
                measure_once(variant, results, options.work)
            except Missing as missing:
                variants.remove((variant, results))
                skip(variant.label, missing)


def measure_once(variant, results, work):
    texts = results.runs["texts"]
    if not texts or texts[0].seconds[0] < SLOW:
        texts.append(run(variant, work, results.together, "together", "warm-up", "texts"))
    results.runs["queries"].append(run(variant, work, results.alone, "alone", "warm-up-queries", "queries"))
    results.runs["load"].append(run(variant, work, results.alone, "alone", "none", "first"))


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def folder(text):
    return Path(text).resolve()


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llama-cpp", type=folder, metavar="FOLDER", help="the source code of llama.cpp")
    parser.add_argument("--only", nargs="+", choices=PEERS, metavar="PEER", help=f"the peers to measure: {', '.join(PEERS)}")
    parser.add_argument("--count", type=positive, default=1000, metavar="N", help="the number of measured texts (1000)")
    parser.add_argument("--rounds", type=positive, default=3, metavar="N", help="how many times each variant is measured (3)")
    parser.add_argument("--work", type=folder, default="artifacts/peers", metavar="FOLDER",
                        help="the folder for the checkpoint, the texts and the prepared peers (artifacts/peers)")
    return parser.parse_args()


def main():
    options, skipped = parse(), []

    def skip(name, explanation):
        skipped.append(f"{name}: {explanation}")
        note(f"  skipped {skipped[-1]}")

    options.work.mkdir(parents=True, exist_ok=True)
    note("Preparing the checkpoint and the texts")
    try:
        tokens = prepare_inputs(options.work, options.count)
    except Missing as missing:
        sys.exit(f"The inputs could not be prepared: {missing}.")
    try:
        reference = prepare_reference(options.work)
    except Missing as missing:
        reference = None
        skip("the cosine to float64", missing)
    variants = prepare(options, reference, skip)
    if not variants:
        sys.exit("No peer can be measured here.")
    start = time.perf_counter()
    measure_all(variants, options, skip)
    note(f"Measured in {(time.perf_counter() - start) / 60:.0f} minutes")
    text = "\n".join(table.lines(variants, skipped, tokens, options)).strip()
    (options.work / "table.md").write_text(text + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        note("Stopped.")
        sys.exit(130)
