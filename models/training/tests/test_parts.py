"""Small facts about the parts."""

from __future__ import annotations

import json

import pytest

from annotator_training.agreement import compare
from annotator_training.claims import nearest, read_propbank, standoff
from annotator_training.corpora import Mention, Sentence, name_core, read_conllu
from annotator_training.lemmas import decode_lemma, encode_lemma
from annotator_training.windows import CASES, letter_case


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("Ships", "ship", "L|d0+|1+"),
        ("Paris", "Paris", "K|d0+|0+"),
        ("NATO", "NATO", "K|d0+|0+"),
        ("went", "go", "L|ago"),
        ("AGREED", "agree", "L|d0+|1+"),
    ],
)
def test_a_lemma_class_gives_the_lemma_back(form: str, lemma: str, rule: str) -> None:
    assert encode_lemma(form, lemma) == rule
    assert decode_lemma(rule, form) == lemma


def test_a_lemma_class_that_does_not_fit_leaves_the_form() -> None:
    assert decode_lemma("L|d2+|3+y", "Up") == "up"


def test_letter_case() -> None:
    words = ["treaty", "Treaty", "UN", "McColl", "30th", "-", "A"]
    assert [CASES[letter_case(word)] for word in words] == [
        "lower/other", "Title", "ALLCAPS", "mixed", "digit", "lower/other", "Title",
    ]  # fmt: skip


def test_a_name_core_has_neither_title_nor_article() -> None:
    sentence = Sentence(
        forms="the former President Mara Quill of Avalon".split(),
        upos="DET ADJ PROPN PROPN PROPN ADP PROPN".split(),
    )
    person = Mention(first=0, last=6, head=3, entity="1", kind="person", identity="")
    assert name_core(sentence, person) == (3, 4)


def test_a_name_core_crosses_a_linking_word() -> None:
    sentence = Sentence(forms="the Bank of Avalon".split(), upos="DET PROPN ADP PROPN".split())
    bank = Mention(first=0, last=3, head=1, entity="1", kind="organization", identity="")
    assert name_core(sentence, bank) == (1, 3)


def test_a_common_noun_has_no_name_core() -> None:
    sentence = Sentence(forms=["the", "envoy"], upos=["DET", "NOUN"])
    assert name_core(sentence, Mention(0, 1, 1, "1", "person", "")) is None


def test_words_are_found_nearest_and_whole() -> None:
    text = "The union met. Reunion of the union: the unions won."
    assert nearest(text, "union", 0) == (4, 9)
    assert nearest(text, "union", 40) == (30, 35), "not in another word"
    assert nearest(text, "strike", 0) is None


def test_a_quote_that_is_there_twice_is_no_place() -> None:
    claim = {"quote": "no", "trigger": "no"}
    with pytest.raises(ValueError, match="occurs 2 times"):
        standoff("no and no", claim)


def test_propbank_arguments(tmp_path) -> None:
    path = tmp_path / "propbank.jsonl"
    path.write_text(
        '{"sent_id": "a", "preds": [{"w": 1, "sense": "sign.01",'
        ' "args": [["ARG0", 0, 1], ["ARG1", 2, 4], ["ARGM-TMP", 4, 5]]}]}',
        encoding="utf-8",
    )
    assert read_propbank(path) == {"a": [(1, {"ARG0": [0], "ARG1": [2, 3], "ARG2": []})]}


def test_a_malformed_line_is_named(tmp_path) -> None:
    path = tmp_path / "broken.conllu"
    path.write_text("# text = a\n1\ta\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.conllu:2: 2 columns"):
        read_conllu(path)


def test_annotators_agree_on_overlapping_triggers(tmp_path) -> None:
    def claim(trigger: list[int], act: str, agent: str, **more) -> str:
        one = {"trigger": trigger, "act": act, "status": "actual", "weight": 3, "source": []}
        return json.dumps(one | {"agent": [{"id": agent, "span": None}]} | more)

    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    (tmp_path / "first" / "a.jsonl").write_text(
        "\n".join([claim([0, 4], "accept", "egypt"), claim([10, 14], "propose", "chad"), claim([20, 24], "attack", "x")])
    )
    (tmp_path / "second" / "a.jsonl").write_text(
        "\n".join([claim([2, 6], "reject", "egypt", act_alt="accept"), claim([10, 14], "propose", "mali")])
    )
    shares = compare(tmp_path / "first", tmp_path / "second").shares()
    assert shares["trigger, of the first's"] == 2 / 3
    assert shares["trigger, of the second's"] == 1
    assert shares["act, given the trigger"] == 1
    assert shares["agents, given the claim"] == 0.5
