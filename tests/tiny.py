"""A model small enough for tests: two layers, 32 numbers a piece, letters for a vocabulary; its weights are random."""

import string
from pathlib import Path
from typing import TYPE_CHECKING

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from argmine.config import Decoding, ModelConfig, SchemeConfig, Sizes, Windows
from argmine.document import Document
from argmine.encoding import PARAGRAPH_MARK, DocumentEncoder
from argmine.miner import ArgumentMiner
from argmine.runtime import TorchBackend

if TYPE_CHECKING:
    from argmine.network import ArgumentNetwork

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WORDS = ("the", "bus", "buses", "city", "because", "should", "must", "free", "people", "run", "at", "night", "##s")
SIZES = Sizes(boundary=8, component=16, component_layers=1, component_heads=2, arc=8, longest_segment=20)
WINDOWS = Windows(size=64, overlap=16, bucket=16)
SENTENCES = (
    "The city must run its buses at night",
    "people work late , and the last bus leaves at ten",
    "Some say that nobody would ride them",
    "but a trial run in the north was full by the second week",
    "because taxis cost more than a free bus",
    "So the council should pay",
)


def vocabulary() -> dict[str, int]:
    """Special pieces, letters at the start of a word and within, figures, marks, a few whole words."""
    plain = string.ascii_lowercase + string.digits
    pieces = (*SPECIAL, PARAGRAPH_MARK, *plain, *(f"##{c}" for c in plain), *string.punctuation, *WORDS)
    return {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}


def tokenizer() -> Tokenizer:
    """A WordPiece tokenizer that lowers case and strips accents, as the base encoder's."""
    made = Tokenizer(WordPiece(vocabulary(), unk_token="[UNK]"))  # noqa: S106 - no password
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    ends = [("[CLS]", made.token_to_id("[CLS]")), ("[SEP]", made.token_to_id("[SEP]"))]
    made.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    made.add_special_tokens(list(SPECIAL))
    return made


def encoder() -> DocumentEncoder:
    return DocumentEncoder(tokenizer())


def write_base(folder: Path) -> Path:
    """A base encoder's folder, as `AutoModel` loads it."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    shape = BertConfig(
        vocab_size=len(vocabulary()),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=WINDOWS.size,
        initializer_range=0.2,
    )
    BertModel(shape).save_pretrained(folder)
    tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def network(base: Path, schemes: tuple[str, ...] = ()) -> "ArgumentNetwork":
    """An untrained network that is sure of its segments, so that it finds many; schemes differ from the main one."""
    import torch

    from argmine.network import ArgumentNetwork

    torch.manual_seed(5)
    made = ArgumentNetwork.from_encoder(base, SIZES, dropout=0.1, schemes=schemes).eval()
    with torch.no_grad():
        for table in (*made.pieces.features, *made.components.features, made.pairs):
            torch.nn.init.normal_(table.weight, std=0.3)
        torch.nn.init.normal_(made.between, std=0.3)
        for layer in (made.boundaries.start, made.boundaries.end, made.boundaries.left, made.boundaries.right):
            layer.weight *= 10
        for layer in (made.components.types, made.components.source, made.components.label_source):
            layer.weight *= 4
        made.components.types.bias.copy_(torch.tensor([1.2, 0.6, 1.5]))
        made.components.root.bias.add_(2.5)
        made.boundaries.length.copy_(torch.tensor([-6.0, -2.0, *([0.0] * (SIZES.longest_segment - 2))]))
        _centre(made)
        for scheme in schemes:
            made.start_scheme(scheme)
            for parameter in made.others[scheme].parameters():
                parameter.mul_(1.2)
    return made


def _centre(network: "ArgumentNetwork") -> None:
    """Makes the scores of an average word 0, so that whatever the weights are, some segments score well."""
    miner = ArgumentMiner(config(), encoder(), TorchBackend(network))
    scores = miner.scorer.boundaries(miner.scorer.words(miner.encoder.encode(Document(id="d", text=prose(12)))))
    network.boundaries.start.bias.sub_(float(scores.start.mean()))
    network.boundaries.end.bias.sub_(float(scores.end.mean()))
    network.boundaries.insides[-1].bias.sub_(float(scores.inside.mean()) + 0.5)  # type: ignore[operator]


def scheme(name: str) -> SchemeConfig:
    return SchemeConfig(name=name, places=False, decoding=Decoding(segment_threshold=0.08, claims_point=True))


def config() -> ModelConfig:
    return ModelConfig(
        name="tiny", encoder="tiny", sizes=SIZES, windows=WINDOWS, decoding=Decoding(segment_threshold=0.08)
    )


def prose(sentences: int, *, stop: str = ". ") -> str:
    """So many sentences, each a little unlike the others."""
    return stop.join(f"{SENTENCES[n % len(SENTENCES)]} {n}" for n in range(sentences)) + "."
