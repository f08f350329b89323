"""What `benchmarks.throughput` compares: argmine, its bare encoder, and what a user would write with Transformers.

A system takes texts and works through them; what it finds is thrown away. Torch's threads are set before each run, for
whoever ran before may have set them otherwise.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import (
    BertConfig,
    BertForTokenClassification,
    PreTrainedTokenizerFast,
    TokenClassificationPipeline,
)

from argmine.bert import BertEncoder, BertShape
from argmine.config import ModelConfig
from argmine.document import Document
from argmine.encoding import DocumentEncoder, IntArray
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, VOCABULARY, read_config
from argmine.network import ArgumentNetwork
from argmine.runtime import ENCODER, WEIGHTS, AcceleratedBackend, read_scheme
from argmine.segments import chosen_of

System = Callable[[Sequence[str]], None]
LABELS = 7
BATCHED = 128
BATCH, STRIDE, BUCKET = 8, 128, 64
BASE = {"hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072}
Windows = Sequence[tuple[IntArray, IntArray]]
"""Ids and features of each window."""


def argmine(model: Path, precision: str, threads: int) -> System:
    """From texts to argument graphs."""
    miner = ArgumentMiner.load(model, threads=threads, precision=precision)

    def mine(texts: Sequence[str]) -> None:
        torch.set_num_threads(threads)
        for _ in miner.mine_many(texts):
            pass

    return mine


def limits(model: Path, threads: int) -> dict[str, System]:
    """Ways to run the bare encoder over each document's tokens once; texts are turned into ids beforehand, uncounted.

    `bf16` is the network's encoder as Transformers computes it, in buckets of like length, at most 8 windows a batch;
    `bf16_single` the same a window at a time; `onednn` is argmine's own kernel, a window at a time, without padding.
    """
    config = read_config(model / CONFIG)
    encoder = DocumentEncoder.from_file(model / VOCABULARY)
    network = _network(model, config).to(torch.bfloat16)
    kernel = BertEncoder(read_scheme(model / WEIGHTS), BertShape.read(model / ENCODER), window=config.windows.size)
    known: dict[tuple[str, ...], Windows] = {}

    def once(texts: Sequence[str]) -> Windows:
        key = tuple(texts)
        if key not in known:
            known[key] = [w for text in texts for w in _windows(encoder, text, config.windows.size)]
        return known[key]

    def batched(size: int) -> System:
        def run(texts: Sequence[str]) -> None:
            torch.set_num_threads(threads)
            with torch.inference_mode():
                for ids, mask, features in _batches(once(texts), size, encoder.pad):
                    network.pieces(ids, mask, features)

        return run

    def single(texts: Sequence[str]) -> None:
        torch.set_num_threads(threads)
        for ids, features in once(texts):
            kernel(ids, features)

    return {"bf16": batched(BATCH), "bf16_single": batched(1), "onednn": single}


def accelerated(model: Path, threads: int, device: str = "cuda", batch: int = BATCHED) -> dict[str, System]:
    """Beside an accelerator: the bare encoder in bf16, words' states with heads, and argmine to its graphs.

    `bare` is as in `limits`, `batch` windows at once. `heads` computes words' states there and what the heads say of
    the likely segments, in this process, on the processor; `graphs` mines with `threads` processes that decode.
    """
    config = read_config(model / CONFIG).reading(None)
    encoder = DocumentEncoder.from_file(model / VOCABULARY)
    network = _network(model, read_config(model / CONFIG)).to(device, torch.bfloat16)
    backend = AcceleratedBackend(model, config, threads=threads, device=device, batch=batch)
    alone, beside = (
        ArgumentMiner(config, encoder, backend, folder=model, processes=processes) for processes in (0, threads)
    )
    known: dict[str, Windows] = {}

    def bare(texts: Sequence[str]) -> None:
        for text in texts:
            if text not in known:
                known[text] = _windows(encoder, text, config.windows.size)
        with torch.inference_mode():
            for inputs in _batches([w for text in texts for w in known[text]], batch, encoder.pad):
                network.pieces(*(tensor.to(device) for tensor in inputs)).cpu()

    def heads(texts: Sequence[str]) -> None:
        encoded = [alone.encode(Document(id="d", text=text)) for text in texts]
        for one, words in zip(encoded, alone.scorer.words_of(encoded, backend), strict=True):
            segments = chosen_of(alone.scorer.likely(words), decoding).segments
            if len(segments):
                alone.scorer.link_scores(one, words, segments)

    def graphs(texts: Sequence[str]) -> None:
        for _ in beside.mine_many(texts):
            pass

    decoding = config.decoding
    return {"bare": bare, "heads": heads, "graphs": graphs}


def pipelines(model: Path, threads: int) -> dict[str, System]:
    """Transformers' token classification in fp32, with encoders of two sizes; weights are random, the speed is not."""
    make: Any = PreTrainedTokenizerFast
    tokenizer = make(
        tokenizer_file=str(model / VOCABULARY),
        model_max_length=512,
        pad_token="[PAD]",  # noqa: S106 - no password
        cls_token="[CLS]",  # noqa: S106
        sep_token="[SEP]",  # noqa: S106
        unk_token="[UNK]",  # noqa: S106
    )
    own = BertConfig.from_json_file(str(model / ENCODER))
    own.num_labels = LABELS
    base = BertConfig.from_dict({"vocab_size": own.vocab_size, "num_labels": LABELS, **BASE})
    shapes = {"bert_base": base, "own_encoder": own}
    return {name: _pipeline(tokenizer, shape, threads) for name, shape in shapes.items()}


def _pipeline(tokenizer: Any, shape: BertConfig, threads: int) -> System:
    torch.manual_seed(0)
    model: Any = BertForTokenClassification(shape)
    make: Any = TokenClassificationPipeline
    classify = make(
        model=model.eval(), tokenizer=tokenizer, aggregation_strategy="simple", stride=STRIDE, batch_size=BATCH
    )

    def run(texts: Sequence[str]) -> None:
        torch.set_num_threads(threads)
        classify(list(texts))

    return run


def _network(model: Path, config: ModelConfig) -> ArgumentNetwork:
    network = ArgumentNetwork.from_config(model, config)
    weights = {name: torch.from_numpy(array.copy()) for name, array in read_scheme(model / WEIGHTS).items()}
    network.load_state_dict(weights)
    return network.eval()


def _windows(encoder: DocumentEncoder, text: str, size: int) -> Windows:
    """A text's pieces in as few windows as can be, all of like length, none twice."""
    encoded = encoder.encode(Document(id="d", text=text))
    count = -(-len(encoded.ids) // (size - 2))
    cuts = np.linspace(0, len(encoded.ids), count + 1).astype(int)
    return [(encoded.ids[a:b], encoded.features[a:b]) for a, b in pairwise(cuts)]


def _batches(windows: Windows, size: int, pad: int) -> Iterator[tuple[torch.Tensor, ...]]:
    """`[w, p]` ids and mask and `[w, p, 2]` features of windows of one bucket."""
    buckets = groupby(sorted(windows, key=lambda w: len(w[0])), lambda w: -(-len(w[0]) // BUCKET) * BUCKET)
    for length, members in buckets:
        alike = list(members)
        for group in (alike[n : n + size] for n in range(0, len(alike), size)):
            ids = np.full((len(group), length), pad, np.int64)
            mask, features = np.zeros_like(ids), np.zeros((len(group), length, 2), np.int64)
            for row, (own, seen) in enumerate(group):
                ids[row, : len(own)], mask[row, : len(own)], features[row, : len(own)] = own, 1, seen
            yield torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(features)
