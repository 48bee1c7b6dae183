"""Training and export of demarche's annotator.

The way of the data: `corpora` reads treebanks and attribution files into
sentences, `lemmas` turns lemmas into classes, `windows` cuts sentences into
WordPieces and batches, `model` is the network, `train` fits it, `export`
writes the ONNX files that the program runs.
"""
