"""Times scikit-learn's binary metrics on labels (bytes) and scores (doubles) of two files, and prints one JSON line."""

import json
import sys
import time

import numpy as np
import sklearn.metrics as sk

labels = np.fromfile(sys.argv[1], np.uint8).astype(np.int64)
scores = np.fromfile(sys.argv[2], np.float64)
rounds = int(sys.argv[3])
decisions = (scores >= 0.5).astype(np.int64)

METRICS = {
    "roc_auc": lambda: sk.roc_auc_score(labels, scores),
    "average_precision": lambda: sk.average_precision_score(labels, scores),
    "log_loss": lambda: sk.log_loss(labels, scores),
    "brier": lambda: sk.brier_score_loss(labels, scores),
    "accuracy": lambda: sk.accuracy_score(labels, decisions),
    "balanced_accuracy": lambda: sk.balanced_accuracy_score(labels, decisions),
    "precision": lambda: sk.precision_score(labels, decisions),
    "recall": lambda: sk.recall_score(labels, decisions),
    "f1": lambda: sk.f1_score(labels, decisions),
    "mcc": lambda: sk.matthews_corrcoef(labels, decisions),
}

answer = {}
for name, compute in METRICS.items():
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        value = float(compute())
        seconds.append(time.perf_counter() - started)
    answer[name] = {"value": value, "seconds": min(seconds)}
print(json.dumps(answer))
