"""Weights → ONNX in single precision → ONNX with the encoder in int8."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from .claims import ROLES
from .model import Annotator, ClaimScores, Scores

INPUTS = ("ids", "mask", "case", "avg")
OPSET = 17


class _Exported(nn.Module):
    """The network as an ONNX graph has it, with a plain tuple as output.

    Two annotators side by side: `annotator` for words, names and who says what, `reader` for claims. So
    what was learnt about claims costs the trees nothing. Their piece and position embeddings are those
    of the base encoder, which training leaves as they are, and stand in the graph once.
    """

    def __init__(self, annotator: Annotator, reader: Annotator) -> None:
        super().__init__()
        self.annotator, self.reader = annotator, reader
        mine, other = annotator.encoder.embeddings, reader.encoder.embeddings
        if not torch.allclose(mine.word_embeddings.weight, other.word_embeddings.weight, atol=1e-3):
            raise ValueError("the two annotators have not the same base encoder")
        other.word_embeddings, other.position_embeddings = mine.word_embeddings, mine.position_embeddings

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, avg: Tensor) -> tuple[Tensor, ...]:
        states: list[Tensor] = []
        # the annotator is called as a whole, so that the nodes of the graph have its name
        keep = self.annotator.encoder.register_forward_hook(lambda *call: states.append(call[-1]))
        scores = self.annotator(ids, mask, case, avg)
        keep.remove()
        if self.reader is not self.annotator:
            of_claims = self.reader(ids, mask, case, avg, states[0])
            scores = scores._replace(**{name: getattr(of_claims, name) for name in ClaimScores._fields})
        return tuple(scores)


def export_f32(annotator: Annotator, path: Path, reader: Annotator | None = None) -> None:
    """Writes the network with dynamic numbers of windows, pieces and words."""
    reader = annotator if reader is None else reader
    windows, pieces, words = 2, 24, 17
    example = (
        torch.randint(0, annotator.encoder.embeddings.word_embeddings.num_embeddings, (windows, pieces)),
        torch.ones(windows, pieces, dtype=torch.long),
        torch.zeros(windows, pieces, dtype=torch.long),
        torch.rand(windows, words, pieces),
    )
    axes = {name: {0: "windows", 1: "pieces"} for name in INPUTS[:3]}
    axes["avg"] = {0: "windows", 1: "words", 2: "pieces"}
    axes |= {name: {0: "windows", 1: "words"} for name in Scores._fields}
    axes |= {name: {0: "windows", 1: "words", 2: "words"} for name in ("link", "coref", *ROLES)}
    axes["arc"] = {0: "windows", 1: "words", 2: "candidates"}
    axes["rel_head"] = {0: "windows", 1: "candidates"}
    torch.onnx.export(
        _Exported(annotator.cpu(), reader.cpu()).eval(),
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(Scores._fields),
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


def quantise(f32: Path, int8: Path) -> int:
    """Quantises the encoder's weight products and the embedding tables, per channel.

    Activations are quantised as the graph runs. The heads stay in single precision: quantised, they
    are no longer accurate. Returns how many nodes were quantised.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(f32), str(prepared), skip_symbolic_shape=True)
        chosen = _encoder_weights(onnx.load(prepared).graph)
        quantize_dynamic(
            str(prepared), str(int8), weight_type=QuantType.QInt8, per_channel=True, nodes_to_quantize=chosen
        )
    return len(chosen)


def _encoder_weights(graph: onnx.GraphProto) -> list[str]:
    """Names of the nodes that multiply by, or look up in, a matrix of the encoder."""
    matrices = {tensor.name for tensor in graph.initializer if len(tensor.dims) == 2}
    weight_input = {"MatMul": 1, "Gather": 0}
    return [
        node.name
        for node in graph.node
        if node.op_type in weight_input
        and "/encoder/" in node.name
        and node.input[weight_input[node.op_type]] in matrices
    ]


def export(
    annotator: Annotator, out: Path, name: str = "annotator", reader: Annotator | None = None
) -> tuple[Path, Path]:
    """Writes `name.f32.onnx` and `name.int8.onnx` into `out`; returns both paths.

    `reader`, where given, reads the claims in place of `annotator`.
    """
    out.mkdir(parents=True, exist_ok=True)
    f32, int8 = out / f"{name}.f32.onnx", out / f"{name}.int8.onnx"
    export_f32(annotator, f32, reader)
    quantise(f32, int8)
    return f32, int8
