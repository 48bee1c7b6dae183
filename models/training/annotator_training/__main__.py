"""`python -m annotator_training train|teach|distil|standoff|agreement|average|export`; README.md shows the recipe."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

from tokenizers import Tokenizer
from torch import nn

from . import model
from .agreement import compare
from .claims import ClaimDocument, read_claims, read_propbank, write_standoff
from .corpora import read_conllu, read_corpora
from .distil import DISTILLING, distil, opinions
from .export import export
from .lemmas import write_lexicon
from .teacher import TEACHING, from_mpnet, load_teacher, save_teacher, teach
from .train import Settings, accuracy, claim_accuracy, print_progress, train
from .windows import Labels, Window, WindowMaker


def main() -> None:
    """Reads the command line and does what it says."""
    arguments = _parser().parse_args()
    arguments.run(arguments)


def _parser() -> argparse.ArgumentParser:
    defaults = Settings()
    parser = argparse.ArgumentParser(prog="annotator_training", description=__doc__)
    commands = parser.add_subparsers(required=True)

    command = commands.add_parser("train", help="corpora → labels.json, lemmas.tsv, annotator.safetensors")
    command.add_argument("--corpora", type=Path, required=True, help="folder with ewt, gum, uner, polnear")
    command.add_argument(
        "--base", type=Path, required=True, help="folder with model.safetensors, tokenizer.json"
    )
    command.add_argument("--start", type=Path, help="folder of an earlier training to go on from")
    command.add_argument("--out", type=Path, required=True)
    command.add_argument("--steps", type=int, default=defaults.steps)
    command.add_argument("--encoder-rate", type=float, default=defaults.encoder_rate)
    command.add_argument("--head-rate", type=float, default=defaults.head_rate)
    command.add_argument("--claims", type=Path, help="folder with sources.tsv and standoff")
    command.add_argument("--folds", default="train", help="folds of the claims to train on, by commas")
    command.add_argument("--treebank-windows", type=int, default=defaults.treebank_windows)
    command.add_argument("--attribution-windows", type=int, default=defaults.attribution_windows)
    command.add_argument("--claim-windows", type=int, default=defaults.claim_windows)
    command.add_argument("--propbank", action="store_true", help="learn PropBank's core arguments beside")
    command.add_argument("--seed", type=int, default=defaults.seed)
    command.add_argument("--device", default=defaults.device)
    command.set_defaults(run=_train)

    command = commands.add_parser(
        "teach", help="claims, treebanks → teacher.safetensors, an MPNet that reads claims"
    )
    command.add_argument("--corpora", type=Path, required=True, help="folder with ewt, gum, propbank, claims")
    command.add_argument("--mpnet", type=Path, required=True, help="model.safetensors of all-mpnet-base-v2")
    command.add_argument("--go-on", action="store_true", help="--mpnet is a teacher that learns on")
    _add_reader_arguments(command, TEACHING)
    command.set_defaults(run=_teach)

    command = commands.add_parser("distil", help="teacher, raw texts, claims → reader")
    command.add_argument("--corpora", type=Path, required=True, help="folder with raw, claims")
    command.add_argument("--teacher", type=Path, required=True)
    command.add_argument("--annotator", type=Path, help="weights whose states the reader is to see")
    _add_reader_arguments(command, DISTILLING)
    command.set_defaults(run=_distil)

    command = commands.add_parser("standoff", help="annotated claims with their words → offsets and labels")
    command.add_argument("texts", type=Path)
    command.add_argument("annotated", type=Path)
    command.add_argument("--out", type=Path, required=True)
    command.set_defaults(run=_standoff)

    command = commands.add_parser("agreement", help="how far two annotators agree on the same texts")
    command.add_argument("first", type=Path)
    command.add_argument("second", type=Path)
    command.set_defaults(run=_agreement)

    command = commands.add_parser("average", help="the mean of several weights")
    command.add_argument("weights", type=Path, nargs="+")
    command.add_argument("--out", type=Path, required=True)
    command.set_defaults(run=lambda given: model.average(given.weights, given.out))

    command = commands.add_parser("export", help="weights → annotator.f32.onnx, annotator.int8.onnx")
    command.add_argument("weights", type=Path)
    command.add_argument("--reader", type=Path, help="weights that read the claims in place of these")
    command.add_argument("--labels", type=Path, required=True)
    command.add_argument("--out", type=Path, required=True)
    command.set_defaults(run=_export)
    return parser


def _add_reader_arguments(command: argparse.ArgumentParser, defaults: Settings) -> None:
    """What both the teacher and its pupil need."""
    command.add_argument(
        "--base", type=Path, required=True, help="folder with tokenizer.json of the reader's base"
    )
    command.add_argument(
        "--start", type=Path, required=True, help="folder of an earlier training of the reader"
    )
    command.add_argument("--claims", type=Path, required=True, help="folder with sources.tsv and standoff")
    command.add_argument("--folds", default="train", help="folds of the claims to train on, by commas")
    command.add_argument("--out", type=Path, required=True, help="file of the weights")
    command.add_argument("--steps", type=int, default=defaults.steps)
    command.add_argument("--encoder-rate", type=float, default=defaults.encoder_rate)
    command.add_argument("--head-rate", type=float, default=defaults.head_rate)
    command.add_argument("--seed", type=int, default=defaults.seed)
    command.add_argument("--device", default=defaults.device)
    command.set_defaults(defaults=defaults)


def _reader_settings(given: argparse.Namespace) -> Settings:
    return replace(
        given.defaults,
        steps=given.steps,
        encoder_rate=given.encoder_rate,
        head_rate=given.head_rate,
        seed=given.seed,
        device=given.device,
    )


def _claim_windows(given: argparse.Namespace, maker: WindowMaker) -> tuple[list[Window], list[Window]]:
    """Those to learn from, and those of the development texts."""
    documents = read_claims(given.claims, given.corpora / "claims" / "conllu")

    def of(folds: list[str]) -> list[ClaimDocument]:
        return [document for document in documents if document.fold in folds]

    learnt = [w for room in FIRST_ROOMS for w in maker.claim_windows(of(given.folds.split(",")), room)]
    return learnt, maker.claim_windows(of(["development"]))


def _print_claim_accuracy(annotator: nn.Module, windows: list[Window]) -> None:
    for threshold in (0.3, 0.5, 0.7):
        measured = claim_accuracy(annotator, windows, threshold)
        print(f"development claims at {threshold}:", *(f"{n} {v:.3f}" for n, v in measured.items()))


def _teach(given: argparse.Namespace) -> None:
    maker = WindowMaker(
        Tokenizer.from_file(str(given.base / "tokenizer.json")), Labels.read(given.start / "labels.json")
    )
    learnt, development = _claim_windows(given, maker)
    predicates = read_propbank(given.corpora / "propbank" / "ewt_propbank.jsonl")
    treebank = maker.windows(read_corpora(given.corpora).treebank, predicates)
    teacher = load_teacher(given.mpnet) if given.go_on else from_mpnet(given.mpnet)
    teach(teacher, learnt, treebank, _reader_settings(given), print_progress(time.monotonic()))
    save_teacher(teacher, given.out)
    _print_claim_accuracy(teacher, development)


def _distil(given: argparse.Namespace) -> None:
    labels = Labels.read(given.start / "labels.json")
    maker = WindowMaker(Tokenizer.from_file(str(given.base / "tokenizer.json")), labels)
    learnt, development = _claim_windows(given, maker)
    texts = [part for path in sorted((given.corpora / "raw").glob("*.conllu")) for part in read_conllu(path)]
    raw = maker.windows(texts)
    own = model.load(given.start / "annotator.safetensors", labels)
    beside = model.load(given.annotator, labels) if given.annotator else None
    if beside and not own.encoder.beside:
        own.encoder.see_beside()
    reader = model.Reader(own, beside).to(given.device)
    told = list(opinions(load_teacher(given.teacher).to(given.device), raw, pupil=reader))
    distil(reader, raw, told, learnt, _reader_settings(given), print_progress(time.monotonic()))
    model.save(own, given.out)
    _print_claim_accuracy(reader, development)


def _train(given: argparse.Namespace) -> None:
    corpora = read_corpora(given.corpora)
    given.out.mkdir(parents=True, exist_ok=True)
    if given.start:
        labels = Labels.read(given.start / "labels.json")
        annotator = model.load(given.start / "annotator.safetensors", labels)
    else:
        labels = Labels.collect(corpora.treebank)
        annotator = model.from_base_encoder(given.base / "model.safetensors", labels)
    labels.write(given.out / "labels.json")
    write_lexicon(corpora.treebank, given.out / "lemmas.tsv")
    maker = WindowMaker(Tokenizer.from_file(str(given.base / "tokenizer.json")), labels)
    settings = Settings(
        steps=given.steps,
        encoder_rate=given.encoder_rate,
        head_rate=given.head_rate,
        treebank_windows=given.treebank_windows,
        attribution_windows=given.attribution_windows,
        claim_windows=given.claim_windows,
        seed=given.seed,
        device=given.device,
    )
    documents = read_claims(given.claims, given.corpora / "claims" / "conllu") if given.claims else []
    folds = given.folds.split(",")
    chosen = [document for document in documents if document.fold in folds]
    print(f"{len(chosen)} texts with {sum(len(d.claims) for d in chosen)} claims", flush=True)
    predicates = read_propbank(given.corpora / "propbank" / "ewt_propbank.jsonl") if given.propbank else {}
    train(
        annotator,
        treebank=maker.windows(corpora.treebank + corpora.names, predicates),
        attributions=maker.windows(corpora.attributions),
        claims=[w for room in FIRST_ROOMS for w in maker.claim_windows(chosen, room)],
        settings=settings,
        report=print_progress(time.monotonic()),
    )
    model.save(annotator, given.out / "annotator.safetensors")
    kept_apart = [document for document in documents if document.fold == "development"]
    _print_claim_accuracy(annotator, maker.claim_windows(kept_apart))
    for name, share in accuracy(annotator, maker.windows(corpora.dev)).items():
        print(f"dev {name} {share:.4f}")


FIRST_ROOMS = (200, 140, 80)
"""Pieces of the first window of a text: three ways to cut it."""


def _standoff(given: argparse.Namespace) -> None:
    faults = list(write_standoff(given.texts, given.annotated, given.out))
    for fault in faults:
        print(fault)
    if faults:
        raise SystemExit(1)


def _agreement(given: argparse.Namespace) -> None:
    counts = compare(given.first, given.second)
    print(f"{counts.first} claims of the first, {counts.second} of the second")
    for name, share in counts.shares().items():
        print(f"{name}: {share:.3f}")


def _export(given: argparse.Namespace) -> None:
    labels = Labels.read(given.labels)
    reader = model.load(given.reader, labels) if given.reader else None
    for path in export(model.load(given.weights, labels), given.out, reader=reader):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
