#!/usr/bin/env python3
"""Says how well records or reports were linked, given the truth.

  score.py clusters TRUTH CLUSTERS    pairs of clusters, B-cubed, largest cluster
  score.py pairs TRUTH PAIRS          pairs at a cut of 0.5, and at the best cut
  score.py links TRUTH LINKS          the first ten links of every report, rank of the first right one,
                                      reports of no matter that were given a link of even odds or better

True pairs that were never compared count as missed. Nothing but this reads the truth.
"""
import csv, sys
from collections import Counter, defaultdict


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader


def pairs_in(sizes):
    return sum(size * (size - 1) // 2 for size in sizes)


def three(right, found, true):
    precision, recall = right / max(found, 1), right / max(true, 1)
    both = 2 * precision * recall / max(precision + recall, 1e-12)
    return "precision %.4f  recall %.4f  F1 %.4f" % (precision, recall, both)


def clusters(truth, found):
    """B-cubed as Bagga and Baldwin (1998)."""
    found = {key: found.get(key, "alone " + key) for key in truth}
    true, made = Counter(truth.values()), Counter(found.values())
    both = Counter((truth[key], found[key]) for key in truth)
    print("pairs     ", three(pairs_in(both.values()), pairs_in(made.values()), pairs_in(true.values())))
    precision = sum(count * count / made[c] for (t, c), count in both.items()) / len(truth)
    recall = sum(count * count / true[t] for (t, c), count in both.items()) / len(truth)
    print("B-cubed    precision %.4f  recall %.4f  F1 %.4f" % (precision, recall, 2 * precision * recall / (precision + recall)))
    print("largest cluster", max(made.values()))
    return true, made, both


def networks(kinds, truth, true, made, both):
    """How much of every matter its best cluster covers, and nothing else: the mean Jaccard share."""
    best = defaultdict(float)
    for (t, c), count in both.items():
        best[t] = max(best[t], count / (true[t] + made[c] - count))
    matters = {truth[key] for key, kind in kinds.items() if kind == "matter"}
    print("mean best Jaccard share of matters %.4f" % (sum(best[t] for t in matters) / max(len(matters), 1)))


def pairs(truth, path):
    total = pairs_in(Counter(truth.values()).values())
    links = sorted(((float(score), truth[l] == truth[r]) for l, r, score in rows(path)), reverse=True)
    right, best, at = 0, (0.0, 0.0), None
    for count, (score, is_right) in enumerate(links, 1):
        if score < .5 and at is None:
            at = (right, count - 1)
        right += is_right
        both = 2 * right / (count + total)
        best = max(best, (both, score))
    print("cut of 0.5", three(*(at or (right, len(links))), total))
    print("best cut   F1 %.4f at %.4f" % best)


def links(truth, path):
    size = Counter(truth.values())
    ranked, alarmed = defaultdict(list), set()
    for l, r, score in sorted(rows(path), key=lambda row: (-float(row[2]), row[0], row[1])):
        for one in (l, r):
            ranked[one].append(truth[l] == truth[r])
            if float(score) >= .5:
                alarmed.add(one)
    partnered = [key for key in truth if size[truth[key]] > 1]
    ten = sum(sum(ranked[key][:10]) / min(10, size[truth[key]] - 1) for key in partnered) / len(partnered)
    first = sum(1 / (ranked[key].index(True) + 1) for key in partnered if True in ranked[key]) / len(partnered)
    alone = [key for key in truth if size[truth[key]] == 1]
    print("recall in the first ten %.4f  mean reciprocal rank %.4f  reports of no matter given a link %.4f"
          % (ten, first, sum(key in alarmed for key in alone) / max(len(alone), 1)))


def main(what, truth_path, path):
    read = list(rows(truth_path))
    truth = {row[0]: row[1] for row in read}
    if what == "clusters":
        made = clusters(truth, dict(rows(path)))
        kinds = {row[0]: row[2] for row in read if len(row) > 2}
        if kinds:
            networks(kinds, truth, *made)
    elif what == "pairs":
        pairs(truth, path)
    elif what == "links":
        links(truth, path)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:4])
