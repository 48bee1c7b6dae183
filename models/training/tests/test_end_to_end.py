"""The whole way on invented sentences: corpora → windows → training → weights → ONNX."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from annotator_training import model
from annotator_training.claims import ACTS, ROLES, ClaimDocument, read_claims, write_standoff
from annotator_training.corpora import Corpora, read_corpora
from annotator_training.distil import distil, opinions
from annotator_training.export import INPUTS, export
from annotator_training.lemmas import write_lexicon
from annotator_training.model import Annotator, Scores, Sizes
from annotator_training.teacher import TeacherSizes, from_mpnet, load_teacher, save_teacher, teach
from annotator_training.train import Settings, accuracy, claim_accuracy, train
from annotator_training.windows import Batch, Labels, Window, WindowMaker

VOCABULARY = Path(__file__).parents[2] / "vocab.txt"
TINY = Sizes(
    hidden=64, layers=2, attention_heads=2, feed_forward=96, positions=128, arc=16, relation=16, link=16
)

# form lemma UPOS XPOS head relation, and GUM's Entity field where the word has one
HARBOUR = """
The the DET DT 2 det (1-person-new-nnnnn-cf1-2-sgl
envoy envoy NOUN NN 3 nsubj 1)
signed sign VERB VBD 0 root
the the DET DT 5 det (2-object-new-nnnnn-cf2-2-sgl
treaty treaty NOUN NN 3 obj
of of ADP IN 7 case
Port Port PROPN NNP 5 nmod (3-place-new-nnnnn-cf3-1-sgl-Port_Avalon
Avalon Avalon PROPN NNP 7 flat 3)2)
. . PUNCT . 3 punct
"""
REFUSAL = """
She she PRON PRP 2 nsubj (1-person-giv:act-nnnnn-cf1-1-ana)
refused refuse VERB VBD 0 root
two two NUM CD 4 nummod
drafts draft NOUN NNS 2 obj
. . PUNCT . 2 punct
"""
NEWS = "Mara Quill said that the ferries were late. The mayor denied it."
NEWS_WORDS = [
    ["Mara", "Quill", "said", "that", "the", "ferries", "were", "late", "."],
    ["The", "mayor", "denied", "it", "."],
]
NEWS_ATTRIBUTIONS = """\
T1	Source 0 10	Mara Quill
T2	Cue 11 15	said
T3	Content 16 42	that the ferries were late
E1	Attribution:T4 Source:T1 Cue:T2 Content:T3
T4	Attribution 11 15	said
T5	Source 44 53	The mayor
T6	Cue 54 60	denied
T7	Content 61 63	it
E2	Attribution:T8 Source:T5 Cue:T6 Content:T7
"""


def tokenizer() -> Tokenizer:
    """The base encoder's, made from its vocabulary."""
    made = Tokenizer(WordPiece.from_file(str(VOCABULARY), unk_token="[UNK]"))
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    return made


def conllu(*tables: str) -> str:
    lines = ["# newdoc id = invented"]
    for table in tables:
        for number, row in enumerate(table.strip().splitlines(), start=1):
            form, lemma, upos, xpos, head, relation, *entity = row.split()
            misc = f"Entity={entity[0]}" if entity else "_"
            lines.append("\t".join([str(number), form, lemma, upos, xpos, "_", head, relation, "_", misc]))
        lines.append("")
    return "\n".join(lines) + "\n"


def conllu_with_offsets(text: str, sentences: list[list[str]]) -> str:
    lines, at = ["# newdoc id = news"], 0
    for words in sentences:
        for number, word in enumerate(words, start=1):
            at = text.index(word, at)
            misc = f"start_char={at}|end_char={at + len(word)}"
            lines.append("\t".join([str(number), word, *["_"] * 4, "0", "_", "_", misc]))
            at += len(word)
        lines.append("")
    return "\n".join(lines) + "\n"


@pytest.fixture
def corpora(tmp_path: Path) -> Corpora:
    files = {
        "ewt/en_ewt-ud-train.conllu": conllu(HARBOUR, REFUSAL),
        "ewt/en_ewt-ud-dev.conllu": conllu(HARBOUR),
        "uner/en_ewt-ud-dev.iob2": "# text\n"
        + "".join(
            f"{number}\t{row.split()[0]}\t{'B-LOC' if 'Port' in row[:4] else 'I-LOC' if 'Avalon' in row[:6] else 'O'}\t-\t-\n"
            for number, row in enumerate(HARBOUR.strip().splitlines(), start=1)
        )
        + "\n",
        "gum/GUM_news_harbour.conllu": conllu(HARBOUR, REFUSAL),
        "gum/GUM_news_quay.conllu": conllu(REFUSAL),
        "gum/splits.md": "## train\n  * GUM_news_harbour\n## dev\n  * GUM_news_quay\n",
        "polnear/train/conllu/ferries.conllu": conllu_with_offsets(NEWS, NEWS_WORDS),
        "polnear/train/attributions/ferries_ab12.ann": NEWS_ATTRIBUTIONS,
    }
    for name, content in files.items():
        path = tmp_path / "corpora" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return read_corpora(tmp_path / "corpora")


def test_corpora_give_every_layer(corpora: Corpora) -> None:
    ewt, gum = corpora.treebank
    assert ewt[0].names == [] and gum[0].names == ["O"] * 6 + ["B-LOC", "I-LOC", "O"]
    assert gum[0].entities == ["", "1", "", "", "2", "", "3", "", ""]
    assert corpora.names[0][0].names == gum[0].names
    first, second = corpora.attributions[0]
    assert first.roles == ["B-SOURCE", "I-SOURCE", "B-CUE", "B-CONTENT", *["I-CONTENT"] * 4, "O"]
    assert first.cues == [2] * 8 + [-1]
    assert second.roles == ["B-SOURCE", "I-SOURCE", "B-CUE", "B-CONTENT", "O"]
    assert second.cues == [11, 11, 11, 11, -1]
    assert len(corpora.dev) == 2


CLAIMS = [
    {
        "quote": "The mayor denied it",
        "trigger": "denied",
        "act": "reject",
        "act_alt": "state",
        "status": "actual",
        "agent": ["mayor"],
        "agent_text": ["The mayor"],
        "addressee": [],
        "addressee_text": [],
        "matter_text": "it",
        "source": [],
        "source_text": [],
        "weight": 2,
    },
    {
        "quote": "Mara Quill said that the ferries were late",
        "trigger": "said",
        "act": "state",
        "status": "actual",
        "agent": ["mara-quill"],
        "agent_text": ["Mara Quill"],
        "addressee": [],
        "addressee_text": [],
        "matter_text": "the ferries were late",
        "source": [],
        "source_text": [],
        "weight": 1,
    },
]


@pytest.fixture
def claims(tmp_path: Path) -> list[ClaimDocument]:
    folder = tmp_path / "annotated"
    for name in ("texts", "claims", "conllu"):
        (folder / name).mkdir(parents=True)
    (folder / "texts" / "ferries.txt").write_text(NEWS, encoding="utf-8")
    (folder / "claims" / "ferries.jsonl").write_text("\n".join(map(json.dumps, CLAIMS)), encoding="utf-8")
    (folder / "conllu" / "ferries.conllu").write_text(conllu_with_offsets(NEWS, NEWS_WORDS), encoding="utf-8")
    assert not list(write_standoff(folder / "texts", folder / "claims", folder / "standoff"))
    (folder / "sources.tsv").write_text("id\tfold\nferries\ttrain\nelsewhere\ttrain\n", encoding="utf-8")
    return read_claims(folder, folder / "conllu")


def test_claims_lie_on_words(claims: list[ClaimDocument]) -> None:
    assert [document.id for document in claims] == ["ferries"]
    denied, said = claims[0].claims
    assert denied.trigger == [11] and said.trigger == [2]
    assert (ACTS[denied.act], ACTS[denied.other_act]) == ("reject", "state")
    assert denied.roles == {"agent": [9, 10], "addressee": [], "matter": [12], "source": []}
    assert said.roles["matter"] == [4, 5, 6, 7]


def test_claims_are_cut_with_their_windows(claims: list[ClaimDocument]) -> None:
    labels = Labels.collect([claims[0].sentences])
    maker = WindowMaker(tokenizer(), labels)
    (whole,) = maker.claim_windows(claims)
    assert len(whole.claims) == 2
    first, second = maker.claim_windows(claims, first_room=10)
    assert [c.trigger for c in first.claims] == [[2]] and [c.trigger for c in second.claims] == [[2]]
    assert second.claims[0].roles["agent"] == [0, 1], "numbered in their window"


def test_training_and_export(corpora: Corpora, claims: list[ClaimDocument], tmp_path: Path) -> None:
    torch.manual_seed(1)
    torch.set_num_threads(1)
    labels = Labels.collect(corpora.treebank, min_lemma_count=1)
    labels.write(tmp_path / "labels.json")
    labels = Labels.read(tmp_path / "labels.json")
    write_lexicon(corpora.treebank, tmp_path / "lemmas.tsv")
    assert "signed\tVERB\tsign\n" in (tmp_path / "lemmas.tsv").read_text(encoding="utf-8")

    maker = WindowMaker(tokenizer(), labels)
    treebank = maker.windows(corpora.treebank + corpora.names)
    attributions = maker.windows(corpora.attributions)
    annotator = Annotator(labels, TINY)
    settings = Settings(steps=40, warm_up=5, encoder_rate=3e-3, head_rate=3e-3, half=False)
    annotated = maker.claim_windows(claims)
    history = train(annotator, treebank, attributions, annotated, settings)
    assert len(history) == settings.steps
    assert np.mean(history[-5:]) < 0.5 * np.mean(history[:5])
    assert accuracy(annotator, treebank)["upos"] > 0.5
    assert claim_accuracy(annotator, annotated, threshold=0.3)["found"] == 1.0

    weights = tmp_path / "annotator.safetensors"
    model.save(annotator, weights)
    model.average([weights, weights], tmp_path / "mean.safetensors")
    restored = model.load(tmp_path / "mean.safetensors", labels)

    f32, int8 = export(restored, tmp_path)
    assert int8.stat().st_size < 0.5 * f32.stat().st_size
    batch = Batch.of([*attributions, *maker.windows(corpora.treebank)])
    with torch.no_grad():
        expected = restored(batch.ids, batch.mask, batch.case, batch.average)
    assert_shapes(expected, batch, labels)
    for name, values in run_onnx(f32, batch).items():
        np.testing.assert_allclose(values, getattr(expected, name).numpy(), atol=1e-4, err_msg=name)
    for name, values in run_onnx(int8, batch).items():
        assert np.corrcoef(values.ravel(), getattr(expected, name).numpy().ravel())[0, 1] > 0.9, name


SMALL_TEACHER = TeacherSizes(hidden=48, layers=2, attention_heads=4, feed_forward=64, positions=128, claim=16)


def mpnet(path: Path) -> Path:
    """Random weights under the names that an MPNet has."""
    sizes, weights = SMALL_TEACHER, {}
    wide, inner = sizes.hidden, sizes.feed_forward
    for name, rows in (("word", sizes.vocabulary), ("position", sizes.positions)):
        weights[f"embeddings.{name}_embeddings.weight"] = torch.randn(rows, wide) * 0.1
    weights["encoder.relative_attention_bias.weight"] = torch.randn(sizes.buckets, sizes.attention_heads)
    shapes = dict.fromkeys((f"attention.attn.{part}" for part in "qkvo"), (wide, wide))
    shapes |= {"intermediate.dense": (inner, wide), "output.dense": (wide, inner)}
    norms = ["embeddings.LayerNorm"]
    for layer in range(sizes.layers):
        for name, shape in shapes.items():
            weights[f"encoder.layer.{layer}.{name}.weight"] = torch.randn(*shape) * 0.1
            weights[f"encoder.layer.{layer}.{name}.bias"] = torch.zeros(shape[0])
        norms += [f"encoder.layer.{layer}.{norm}.LayerNorm" for norm in ("attention", "output")]
    for norm in norms:
        weights[f"{norm}.weight"], weights[f"{norm}.bias"] = torch.ones(wide), torch.zeros(wide)
    save_file(weights, path)
    return path


def test_a_reader_learns_from_a_teacher(
    corpora: Corpora, claims: list[ClaimDocument], tmp_path: Path
) -> None:
    torch.manual_seed(1)
    torch.set_num_threads(1)
    labels = Labels.collect(corpora.treebank, min_lemma_count=1)
    maker = WindowMaker(tokenizer(), labels)
    annotated, treebank = maker.claim_windows(claims), maker.windows(corpora.treebank)
    settings = Settings(steps=60, warm_up=5, encoder_rate=3e-3, head_rate=3e-3, half=False)
    teacher = from_mpnet(mpnet(tmp_path / "model.safetensors"), SMALL_TEACHER)
    teach(teacher, annotated, treebank, settings)
    save_teacher(teacher, tmp_path / "teacher.safetensors")
    teacher = load_teacher(tmp_path / "teacher.safetensors", SMALL_TEACHER)
    assert claim_accuracy(teacher, annotated, threshold=0.3)["found"] == 1.0

    told = list(opinions(teacher, annotated))
    assert [len(opinion.acts) for opinion in told] == [len(window) for window in annotated]
    assert {11, 2} <= set(told[0].triggers.tolist())
    annotator, own = Annotator(labels, TINY), Annotator(labels, TINY)
    model.save(annotator, tmp_path / "annotator.safetensors")  # in half precision, as the reader will be
    annotator = model.load(tmp_path / "annotator.safetensors", labels)
    shared, embeddings = annotator.encoder.embeddings, own.encoder.embeddings
    embeddings.word_embeddings, embeddings.position_embeddings = (
        shared.word_embeddings,
        shared.position_embeddings,
    )
    before = run_reader(own, annotator, annotated)
    own.encoder.see_beside()
    np.testing.assert_array_equal(run_reader(own, annotator, annotated), before, "at first nothing is seen")
    # nobody shows the reader a claim but the teacher
    nobody = [replace(annotated[0], claims=None)]
    reader = model.Reader(own, annotator)
    distil(reader, annotated, told, nobody, settings)
    assert claim_accuracy(reader, annotated, threshold=0.3)["found"] == 1.0
    assert all(matrix.weight.abs().max() > 0 for matrix in own.encoder.beside)

    model.save(own, tmp_path / "reader.safetensors")
    restored = model.load(tmp_path / "reader.safetensors", labels)
    f32, _ = export(annotator, tmp_path, "both", reader=restored)
    batch = Batch.of(annotated)
    exported = run_onnx(f32, batch)["act"]
    np.testing.assert_allclose(exported, run_reader(restored, annotator, annotated), atol=1e-4)


def run_reader(own: Annotator, annotator: Annotator, windows: list[Window]) -> np.ndarray:
    batch = Batch.of(windows)
    reader = model.Reader(own.eval(), annotator)
    with torch.no_grad():
        return reader(batch.ids, batch.mask, batch.case, batch.average).act.numpy()


def run_onnx(path: Path, batch: Batch) -> dict[str, np.ndarray]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    tensors = (batch.ids, batch.mask, batch.case, batch.average)
    values = session.run(None, {name: tensor.numpy() for name, tensor in zip(INPUTS, tensors)})
    return {output.name: value for output, value in zip(session.get_outputs(), values)}


def assert_shapes(scores: Scores, batch: Batch, labels: Labels) -> None:
    windows, words = batch.sentence.shape
    width = TINY.relation + 1
    sizes = {head: labels.size(head) for head in ("upos", "xpos", "lemma", "ner", "role")}
    sizes |= {"act": len(ACTS), "status": 3} | dict.fromkeys(ROLES, words)
    sizes |= {"mention": 1, "arc": words + 1, "link": words, "coref": words}
    sizes["rel_dep"] = labels.size("rel") * width
    for name, size in sizes.items():
        assert getattr(scores, name).shape == (windows, words, size), name
    assert scores.rel_head.shape == (windows, words + 1, width)
