"""How the segments of a network that a benchmark trained are taken: as tuned, or as by the shipped scheme `opinion`."""

from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, read_config
from benchmarks.mining import DEFAULT

SHIPPED = "opinion"
AS_SHIPPED = "as-shipped"
RULES = ("segment_threshold", "threshold_by_f1", "overlap_weight")
"""The parts of a `Decoding` that say which segments are worth taking."""


def decoding_as_shipped(miner: ArgumentMiner) -> ArgumentMiner:
    """Takes segments by the rules of the default model's scheme for opinion pieces."""
    shipped = read_config(DEFAULT / CONFIG).reading(SHIPPED).decoding
    rules = {name: getattr(shipped, name) for name in RULES}
    decoding = miner.config.decoding.model_copy(update=rules)
    return ArgumentMiner(miner.config.model_copy(update={"decoding": decoding}), miner.encoder, miner.backend)
