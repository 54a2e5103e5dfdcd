"""Trains scikit-learn, PyTorch and xgboost on the rows that `iomtad compare` trains on, and prints time and quality side by side.

    /usr/bin/python3 tests/IoMTAD.Benchmarks/peers.py DATA [--iomtad PATH] [--classes 19] [--threads 2]

DATA is CICIoMT2024 as downloaded. Same columns (leaking ones dropped), same sequences of ten rows, same scaling idea, and the settings
of our models where the peer has them: trees, depth, columns per node, rounds, epochs, batch. What a peer is given is scaled and summarised
before its clock starts; ours does that on the clock. Debian: apt-get install python3-sklearn python3-torch python3-xgboost.
"""
import argparse, glob, json, os, re, subprocess, sys, time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("data")
parser.add_argument("--iomtad", default="functions/IoMTAD.Local/bin/Release/net10.0/iomtad")
parser.add_argument("--classes", type=int, default=19, choices=[2, 6, 19])
parser.add_argument("--threads", type=int, default=2)
args = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = str(args.threads)

import numpy as np
import torch
import xgboost
from sklearn.ensemble import AdaBoostClassifier, IsolationForest, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

torch.set_num_threads(args.threads)
torch.manual_seed(1)
LEAKS = {"IAT", "Number", "Weight", "Drate", "Srate", "LLC"}
STEPS = 10


def label(path, classes):
    name = re.sub(r"(_train|_test)?\.pcap\.csv$", "", os.path.basename(path)).rstrip("0123456789").removeprefix("TCP_IP-")
    if classes == 2:
        return name if name == "Benign" else "Attack"
    if classes == 6:
        return "Spoofing" if name == "ARP_Spoofing" else name.split("-")[0]
    return name


def sequences(part, stride):
    """stride: of a class with so many rows."""
    files = []
    for path in sorted(glob.glob(os.path.join(args.data, part, "*.csv"))):
        with open(path) as file:
            keep = [i for i, c in enumerate(file.readline().strip().split(",")) if c not in LEAKS]
            rows = np.loadtxt(file, delimiter=",", usecols=keep, dtype=np.float32, ndmin=2)
            files.append((label(path, 19), label(path, args.classes), rows))
    xs, ys = [], []
    for fine, name, rows in files:
        step = stride(sum(len(r) for other, _, r in files if other == fine))
        starts = range(0, len(rows) - STEPS + 1, step)
        if len(starts):
            xs.append(np.stack([rows[i:i + STEPS] for i in starts]))
            ys += [name] * len(starts)
    return np.concatenate(xs), np.array(ys)


def statistics(x):
    return np.concatenate([x.mean(1), x.std(1), x.min(1), x.max(1), np.abs(np.diff(x, axis=1)).mean(1)], axis=1)


train, train_label = sequences("train", lambda rows: 1 if rows < 3_000 else 3 if rows < 100_000 else STEPS)
test, test_label = sequences("test", lambda rows: STEPS)
heavy = (train.min((0, 1)) >= 0) & (train.max((0, 1)) > 10)
squash = lambda x: np.where(heavy, np.log1p(np.maximum(x, 0)), x)
mean, spread = squash(train).mean((0, 1)), np.maximum(squash(train).std((0, 1)), 0.01)
scale = lambda x: np.clip((squash(x) - mean) / spread, -5, 5).astype(np.float32)
train, test = scale(train), scale(test)
flat, flat_test = statistics(train), statistics(test)
names, target = np.unique(train_label, return_inverse=True)
print(f"peers: {len(train)} training and {len(test)} test sequences", file=sys.stderr)
counts = np.bincount(target)
weight = len(target) / (len(names) * counts)
half = dict(enumerate(np.sqrt(weight)))
results = []


def classify(name, fit):
    start = time.perf_counter()
    answer = fit()
    seconds = time.perf_counter() - start
    results.append(("classification", name, seconds, f1_score(test_label, names[answer()], average="macro", zero_division=0)))


def sklearn_fit(model, sample_weight=None):
    def fit():
        model.fit(flat, target, **({} if sample_weight is None else {"sample_weight": sample_weight}))
        return lambda: model.predict(flat_test).astype(int)
    return fit


def torch_fit(net, x, x_test, epochs=12, batch=128, rate=2e-3):
    def fit():
        data, wanted = torch.tensor(x), torch.tensor(target)
        loss = torch.nn.CrossEntropyLoss(weight=torch.tensor(weight, dtype=torch.float32))
        optimizer = torch.optim.Adam(net.parameters(), rate)
        decay = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
        for _ in range(epochs):
            for pick in torch.randperm(len(data)).split(batch):
                optimizer.zero_grad()
                loss(net(data[pick]), wanted[pick]).backward()
                optimizer.step()
            decay.step()
        net.eval()
        return lambda: net(torch.tensor(x_test)).argmax(1).detach().numpy()
    return fit


features, width = train.shape[2], flat.shape[1]


class MaxAndMean(torch.nn.Module):
    def forward(self, x):
        return torch.cat([x.amax(2), x.mean(2)], 1)


cnn = torch.nn.Sequential(
    torch.nn.Conv1d(features, 64, 3, padding=1), torch.nn.ReLU(), torch.nn.Conv1d(64, 64, 3, padding=1), torch.nn.ReLU(), MaxAndMean(),
    torch.nn.Linear(128, 64), torch.nn.ReLU(), torch.nn.Linear(64, len(names)))
dense = torch.nn.Sequential(
    torch.nn.Linear(width, 128), torch.nn.ReLU(), torch.nn.Linear(128, 64), torch.nn.ReLU(), torch.nn.Linear(64, len(names)))
classify("scikit-learn random forest", sklearn_fit(
    RandomForestClassifier(60, max_depth=16, max_features=30, n_jobs=args.threads, class_weight=half, random_state=1)))
classify("xgboost", sklearn_fit(
    xgboost.XGBClassifier(n_estimators=100, max_depth=6, max_leaves=31, learning_rate=0.1, subsample=0.8, colsample_bytree=0.8,
                          tree_method="hist", n_jobs=args.threads, random_state=1), np.sqrt(weight)[target]))
classify("PyTorch CNN", torch_fit(cnn, train.transpose(0, 2, 1).copy(), test.transpose(0, 2, 1).copy()))
classify("PyTorch dense network", torch_fit(dense, flat, flat_test))
classify("scikit-learn logistic regression", sklearn_fit(LogisticRegression(max_iter=300, class_weight="balanced", n_jobs=1)))
classify("scikit-learn AdaBoost", sklearn_fit(AdaBoostClassifier(algorithm="SAMME", random_state=1)))


class Autoencoder(torch.nn.Module):
    def __init__(self, hidden=16):
        super().__init__()
        self.encoder = torch.nn.LSTM(features, hidden, batch_first=True)
        self.decoder = torch.nn.LSTM(hidden, hidden, batch_first=True)
        self.output = torch.nn.Linear(hidden, features)

    def forward(self, x):
        code = self.encoder(x)[1][0][-1]
        return self.output(self.decoder(code[:, None].expand(-1, x.shape[1], -1))[0])


def detect(name, fit):
    benign = train_label == "Benign"
    start = time.perf_counter()
    score = fit(benign)
    seconds = time.perf_counter() - start
    quiet = score(test_label == "Benign")
    areas = [roc_auc_score(np.r_[np.zeros(len(quiet)), np.ones((test_label == c).sum())], np.r_[quiet, score(test_label == c)])
             for c in np.unique(test_label) if c != "Benign"]
    results.append(("detection", name, seconds, float(np.mean(areas))))


def torch_autoencoder(benign):
    """As ours: of five stretches of time the first 70 % are learned, the next 10 % end the training."""
    net, x = Autoencoder(), torch.tensor(train[benign])
    place = np.arange(len(x)) * 5 / len(x) % 1
    learned, held = x[place < 0.7], x[(place >= 0.7) & (place < 0.8)]
    optimizer = torch.optim.Adam(net.parameters(), 3e-3)
    best, patience, epochs = np.inf, 5, 0
    while epochs < 30 and patience > 0:
        optimizer.param_groups[0]["lr"] = 3e-3 * (1 - 0.9 * epochs / 30)
        for pick in torch.randperm(len(learned)).split(128):
            optimizer.zero_grad()
            ((net(learned[pick]) - learned[pick]) ** 2).mean().backward()
            optimizer.step()
        with torch.no_grad():
            loss = float(((net(held) - held) ** 2).mean())
        best, patience, epochs = (loss, 5, epochs + 1) if loss < best else (best, patience - 1, epochs + 1)
    print(f"PyTorch LSTM autoencoder: {epochs} epochs", file=sys.stderr)
    error = lambda rows: ((net(torch.tensor(test[rows])) - torch.tensor(test[rows])) ** 2).mean((1, 2)).detach().numpy()
    return error


def isolation(benign):
    forest = IsolationForest(n_jobs=args.threads, random_state=1).fit(flat[benign])
    return lambda rows: -forest.score_samples(flat_test[rows])


detect("PyTorch LSTM autoencoder, squared error", torch_autoencoder)
detect("scikit-learn isolation forest", isolation)

# Repeated test sequences are kept, as the peers' are.
ours = subprocess.run(
    [args.iomtad, "compare", "--data", args.data, "--classes", str(args.classes), "--threads", str(args.threads), "--keep-duplicates",
     "--json"],
    capture_output=True, text=True)
if ours.returncode:
    sys.exit(ours.stderr)
compared = json.loads(ours.stdout)
for model in compared["models"]:
    results.append(("classification", f"iomtad {model['name']}", model["trainingSeconds"], model["quality"]["macroF1"]))
for model in compared["detectors"]:
    results.append(("detection", f"iomtad {model['name']}", model["trainingSeconds"], model["macroAuc"]))

PAIRS = {
    "scikit-learn random forest": "iomtad random forest", "xgboost": "iomtad gradient boosting", "PyTorch CNN": "iomtad 1-D CNN",
    "PyTorch dense network": "iomtad dense network", "scikit-learn logistic regression": "iomtad logistic regression",
    "scikit-learn AdaBoost": "iomtad AdaBoost", "scikit-learn isolation forest": "iomtad isolation forest on statistics",
    "PyTorch LSTM autoencoder, squared error": "iomtad LSTM autoencoder and densities",
}
measured = {name: (seconds, quality) for _, name, seconds, quality in results}
print("| peer | seconds | quality | ours | seconds | quality | times as fast |\n|---|---|---|---|---|---|---|")
for peer, own in PAIRS.items():
    (theirs, quality), (mine, reached) = measured[peer], measured[own]
    print(f"| {peer} | {theirs:.2f} | {quality:.3f} | {own.removeprefix('iomtad ')} | {mine:.2f} | {reached:.3f} | {theirs / mine:.1f} |")
for name, (seconds, quality) in measured.items():
    if name.startswith("iomtad") and name not in PAIRS.values():
        print(f"| – | | | {name.removeprefix('iomtad ')} | {seconds:.2f} | {quality:.3f} | |")
print("\nquality: macro F1 of classifiers, macro AUC of detectors, on the test part")
