"""What the annotator sees, and the same as a Doc of spaCy."""

import demarche
import pytest

TEXT = "According to the Kremlin, Vladimir Putin didn't accept\nthe truce.\n\nNorland did  so – twice."


def test_tokens_stand_in_the_text():
    annotation = demarche.annotate(TEXT)
    assert [TEXT[token.start : token.end] for token in annotation.tokens][:5] == ["According", "to", "the", "Kremlin", ","]
    accept = next(token for token in annotation.tokens if token.form == "accept")
    assert (accept.lemma, accept.upos, accept.xpos) == ("accept", "VERB", "VB")
    subject = next(token for token in annotation.tokens if token.form == "Putin")
    assert subject.upos == "PROPN"
    for number, token in enumerate(annotation.tokens):
        if token.head is None:
            assert token.deprel == "root"
        else:
            assert token.head != number
            assert annotation.tokens[token.head].sentence == token.sentence


def test_names_sentences_and_attributions():
    annotation = demarche.annotate(TEXT)
    assert len(annotation.sentences) == 2
    names = {TEXT[name.span.start : name.span.end]: name.type for name in annotation.names}
    assert names["Vladimir Putin"] == "PER"
    (attribution,) = annotation.attributions
    (source,) = attribution.source
    assert "Kremlin" in TEXT[source.start : source.end]
    assert annotation.conllu.count("\n\n") >= 2 and "accept" in annotation.conllu


def test_signs_of_markdown_are_no_words():
    text = "# News\n\nNorland **rejected** it."
    forms = [token.form for token in demarche.annotate(text, markdown=True).tokens]
    assert "**" not in forms and "rejected" in forms


def test_nothing_has_no_tokens():
    assert len(demarche.annotate("")) == 0


@pytest.mark.parametrize("text", [TEXT, " \n x. ", "", "Norland **rejected** it.\n\n- one\n- two\n", "a\u00a0b  c"])
def test_a_doc_of_spacy_has_the_same_text(text):
    spacy = pytest.importorskip("spacy")
    annotation = demarche.annotate(text, markdown=True)
    doc = annotation.to_spacy(spacy.blank("en").vocab)
    assert doc.text == text
    for token in annotation.tokens:
        assert doc.char_span(token.start, token.end) is not None


def test_a_doc_of_spacy_has_trees_tags_and_names():
    spacy = pytest.importorskip("spacy")
    annotation = demarche.annotate(TEXT)
    doc = annotation.to_spacy(spacy.blank("en").vocab)
    words = [token for token in doc if not token.is_space]
    assert [token.lemma_ for token in words] == [token.lemma for token in annotation.tokens]
    assert [token.tag_ for token in words] == [token.xpos for token in annotation.tokens]
    assert [token.pos_ for token in words] == [token.upos for token in annotation.tokens]
    for token, ours in zip(words, annotation.tokens):
        head = token if ours.head is None else words[ours.head]
        assert token.head == head and (token.dep_ == "ROOT") == (ours.head is None)
    assert len(list(doc.sents)) == len(annotation.sentences)
    assert [(it.text, it.label_) for it in doc.ents] == [
        (TEXT[it.span.start : it.span.end], it.type) for it in annotation.names
    ]
    assert doc.has_annotation("DEP") and doc.has_annotation("SENT_START")
