"""Turns the packed 4-bit file of multilingual-e5-small into an ONNX graph in int8, once, when it is fetched.

Heavy imports (onnx, the quantiser) live here only: the embedding server needs neither.

The graph takes texts of one length at a time and no mask: a passage of ordinary length fills two cores by itself, and
a vector never depends on what else was in the batch (dynamic quantisation scales a whole tensor at once). The table of
words stays in its 4-bit groups: exact, and 50 MB in place of 384.
"""

import json
import math
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from khue.gateway.weights import packed_e5

CONTRIB = "com.microsoft"


class Graph:
    """Nodes and weights as they are added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, values: NDArray[np.generic]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, *inputs: str, name: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def linear(self, x: str, name: str, matrix: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        product = self.add("MatMul", x, self.weight(f"{name}.weight", matrix.T), name=f"{name}.product")
        return self.add("Add", product, self.weight(f"{name}.bias", bias), name=name)

    def normalised(self, x: str, name: str, packed: packed_e5.PackedE5, source: str) -> str:
        scale = self.weight(f"{name}.scale", packed.floats(f"{source}.w"))
        shift = self.weight(f"{name}.shift", packed.floats(f"{source}.b"))
        epsilon = packed.shape.epsilon
        return self.add("LayerNormalization", x, scale, shift, name=name, axis=-1, epsilon=epsilon)


def graph_of(packed: packed_e5.PackedE5) -> onnx.ModelProto:
    """BERT with mean pooling and unit length: "tokens" (n, length) → "vectors" (n, hidden)."""
    graph = Graph()
    x = _embedded(graph, packed)
    for layer in range(packed.shape.layers):
        x = _layer(graph, packed, layer, x)
    mean = graph.add("ReduceMean", x, graph.weight("axis.tokens", np.array([1])), name="mean", keepdims=0)
    graph.add("LpNormalization", mean, name="vectors", axis=-1, p=2)
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("tokens", TensorProto.INT64, ["n", "length"])],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", packed.shape.hidden])],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(CONTRIB, 1)],
        ir_version=10,
    )


def _embedded(graph: Graph, packed: packed_e5.PackedE5) -> str:
    groups = packed.groups("emb.word", packed.shape.hidden)
    signed = (groups.codes ^ 8).reshape(-1, 2)  # offset 8 → two's complement in 4 bits
    words = helper.make_tensor(
        "words.codes", TensorProto.INT4, groups.codes.shape, (signed[:, 0] | signed[:, 1] << 4).tobytes(), raw=True
    )
    graph.weights.append(words)
    scales = graph.weight("words.scales", groups.scales)
    word = graph.add(
        "GatherBlockQuantized", words.name, "tokens", scales, name="words",
        domain=CONTRIB, gather_axis=0, quantize_axis=1, block_size=packed_e5.GROUP,
    )  # fmt: skip
    hidden = packed.shape.hidden
    places = packed.floats("emb.pos").reshape(-1, hidden) + packed.floats("emb.type")[:hidden]
    graph.weight("zero", np.array([0]))
    length = graph.add("Shape", "tokens", name="length", start=1, end=2)
    place = graph.add("Slice", graph.weight("places", places), "zero", length, "zero", name="place")
    return graph.normalised(graph.add("Add", word, place, name="embedded.sum"), "embedded", packed, "emb.ln")


def _layer(graph: Graph, packed: packed_e5.PackedE5, layer: int, x: str) -> str:
    shape, source, name = packed.shape, f"l{layer}", f"layer{layer}"
    qkv = np.concatenate([packed.dense(f"{source}.{part}.w", shape.hidden) for part in "qkv"])
    qkv_bias = np.concatenate([packed.floats(f"{source}.{part}.b") for part in "qkv"])
    joined = graph.linear(x, f"{name}.qkv", qkv, qkv_bias)
    parts = [f"{name}.{part}" for part in "qkv"]
    graph.nodes.append(helper.make_node("Split", [joined], parts, name=f"{name}.split", axis=-1, num_outputs=3))
    attended = graph.add(
        "MultiHeadAttention", *parts, name=f"{name}.attended",
        domain=CONTRIB, num_heads=shape.heads, scale=1 / math.sqrt(shape.hidden / shape.heads),
    )  # fmt: skip
    out = packed.dense(f"{source}.ao.w", shape.hidden)
    x = _residual(graph, packed, x, graph.linear(attended, f"{name}.out", out, packed.floats(f"{source}.ao.b")),
                  f"{name}.attention", f"{source}.aln")  # fmt: skip
    up = packed.dense(f"{source}.fi.w", shape.hidden)
    wide = graph.add("Gelu", graph.linear(x, f"{name}.up", up, packed.floats(f"{source}.fi.b")), name=f"{name}.gelu")
    down = packed.dense(f"{source}.fo.w", shape.feed_forward)
    return _residual(graph, packed, x, graph.linear(wide, f"{name}.down", down, packed.floats(f"{source}.fo.b")),
                     f"{name}.output", f"{source}.oln")  # fmt: skip


def _residual(graph: Graph, packed: packed_e5.PackedE5, x: str, change: str, name: str, source: str) -> str:
    return graph.normalised(graph.add("Add", x, change, name=f"{name}.sum"), name, packed, source)


def tokenizer_of(vocabulary: packed_e5.Vocabulary) -> str:
    """A tokenizer for HF tokenizers: the Unigram pieces only; normalising is `replacements` (see e5.Tokenizer)."""
    return json.dumps(
        {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [],
            "normalizer": None,
            "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False},
            "post_processor": None,
            "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False},
            "model": {
                "type": "Unigram",
                "unk_id": vocabulary.unknown,
                "vocab": vocabulary.pieces,
                "byte_fallback": False,
            },
        },
        ensure_ascii=False,
    )


def normaliser_of(vocabulary: packed_e5.Vocabulary) -> str:
    return json.dumps(
        {
            "start": vocabulary.start,
            "end": vocabulary.end,
            "replacements": {str(point): text for point, text in vocabulary.replacements.items()},
        },
        ensure_ascii=False,
    )


def convert(source: Path, target: Path) -> None:
    """Writes `target`/model.onnx, tokenizer.json and normaliser.json."""
    packed = packed_e5.read(source)
    target.mkdir(parents=True, exist_ok=True)
    (target / "tokenizer.json").write_text(tokenizer_of(packed.vocabulary), encoding="utf-8")
    (target / "normaliser.json").write_text(normaliser_of(packed.vocabulary), encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=target) as scratch:
        exact = Path(scratch) / "exact.onnx"
        onnx.save(graph_of(packed), exact)
        quantize_dynamic(
            exact,
            target / "model.onnx",
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,  # 7 bits: eight overflow on processors without VNNI, and no accuracy is lost here
            extra_options={"DefaultTensorType": TensorProto.FLOAT},  # shapes stop at the contributed operators
        )


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
