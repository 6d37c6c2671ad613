"""Creates the messages of a run: texts, newer texts for earlier IDs, and messages that are not valid."""

import json

INVALID = [
    "",
    "not JSON",
    "[]",
    '{"text": "A text without an ID."}',
    '{"id": "no-text"}',
    '{"id": "blank", "text": "  "}',
    '{"id": "zero", "text": "a\\u0000b"}',
    '{"id": "half", "text": "\\ud83d"}',
    json.dumps({"id": "i" * 5000, "text": "An ID that is too long for an index."}),
]

WORDS = ("rain wind snow sun cloud storm fog frost sensor battery radio antenna mast gauge funnel cable display alarm season garden winter "
         "summer reading value hour night morning repair clean replace measure report warm cold wet dry strong weak old new").split()


def create(texts, count, chance):
    """Returns count messages as lines, and the latest text of each ID. About 2 % are not valid, and 5 % have an ID of an earlier one."""
    lines, latest = [], {}
    for _ in range(count):
        kind = chance.random()
        if kind < 0.02:
            lines.append(chance.choice(INVALID))
            continue
        record = next(texts, None) if kind >= 0.07 or not latest else None
        if not record:
            record = {"id": chance.choice(list(latest)), "text": sentence(chance)}
        latest[record["id"]] = record["text"]
        lines.append(json.dumps({"id": record["id"], "text": record["text"]}))
    return lines, latest


def generate(chance):
    """Yields texts without end."""
    number = 0
    while True:
        yield {"id": f"text-{number}", "text": sentence(chance)}
        number += 1


def sentence(chance):
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(3, 60))).capitalize() + "."
