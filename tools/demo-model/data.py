"""The texts of the training with the teacher's vectors, and batches of them."""
import numpy as np
import torch

import vectors
from encoder import DEVICE

LONGEST = 256          # IDs of a text in training, as many as the teacher reads
HELD_OUT = 2_000       # texts that are not trained on
ANCHORS = 2_048        # texts around which the others are grouped
EVERYDAY = 8           # times that an everyday text is trained on in an epoch


class Data:
    """Texts as IDs, the teacher's vectors, and held-out pairs of a text and a variant of it."""

    def __init__(self, folder, directions, encoder, limit=None):
        texts, parts, pairs = [], [], []
        for path in [*sorted(folder.glob("mix*.txt"))[:limit], folder / "words.txt", folder / "everyday.txt"]:
            first = len(texts)
            texts += vectors.lines(path)
            parts.append(vectors.read(path.with_suffix(".f16")))
        everyday = np.arange(first, len(texts))
        rows = {text: row for row, text in enumerate(texts)}
        for path in sorted(folder.glob("variants*.tsv"))[:limit]:
            found = [line.split("\t") for line in vectors.lines(path)]
            pairs += [(rows[one], len(texts) + row) for row, (one, _) in enumerate(found) if one in rows]
            texts += [other for _, other in found]
            parts.append(vectors.read(path.with_suffix(".f16")))
        self.targets = torch.from_numpy(vectors.turn(np.concatenate(parts), directions))
        if len(texts) != len(self.targets):
            raise SystemExit(f"{folder} has {len(texts):,} texts but {len(self.targets):,} vectors. Embed the texts again.")
        ids = encoder.ids(texts, LONGEST)
        self.lengths = np.array([len(row) for row in ids])
        self._ids, self._ends = np.concatenate(ids).astype(np.int32), np.cumsum(self.lengths)
        pairs = np.array(pairs, int).reshape(-1, 2)
        held = (pairs[:, 0] < HELD_OUT) | (np.random.RandomState(3).rand(len(pairs)) < 0.01)
        self.held_pairs = pairs[held][:HELD_OUT]
        keep = np.ones(len(texts), bool)
        keep[:HELD_OUT], keep[pairs[held][:, 1]] = False, False
        self.trained = np.concatenate([np.flatnonzero(keep), np.tile(everyday, EVERYDAY - 1)])
        print(f"{len(self.trained):,} texts for training, {len(self._ids):,} IDs", flush=True)

    def rows(self, selected):
        return [self._ids[self._ends[i] - self.lengths[i]:self._ends[i]].astype(np.int64) for i in selected]

    def wanted(self, selected):
        return self.targets[torch.from_numpy(selected)].to(DEVICE).float()

    def groups(self, draw):
        """Returns the number of the anchor that is nearest to each trained text."""
        anchors = self.wanted(draw.choice(self.trained, ANCHORS))
        nearest = [(self.wanted(part) @ anchors.T).argmax(1).cpu().numpy() for part in np.array_split(self.trained, max(1, len(self.trained) // 20_000))]
        return np.concatenate(nearest)

    def batches(self, count, together, draw):
        """Yields batches of that many texts, forever. In a batch, so many texts in a row are near the same anchor."""
        groups = self.groups(draw)
        while True:
            order = draw.permutation(len(self.trained))
            order = order[np.argsort(groups[order], kind="stable")]
            order = np.concatenate(draw.permutation(np.array(np.array_split(order, len(order) // together), dtype=object)))
            for at in range(0, len(order) - count + 1, count):
                yield self.trained[order[at:at + count].astype(int)]
