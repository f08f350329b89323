"""Models on the Hugging Face Hub: weights, vocabulary and JSON, from the cache or downloaded; no code comes with them.

A model is named `org/name`, or `org/name@revision` to pin it to a commit, tag or branch. `HF_ENDPOINT`, `HF_TOKEN`,
`HF_HOME` and `HF_HUB_OFFLINE` are Hugging Face's own and mean here what they mean there.
"""

import re
from pathlib import Path

from argmine.errors import ModelError

KEPT = ("*.json", "*.safetensors", "*.md")
"""What is downloaded. A graph of ONNX Runtime is not: the network is built from JSON and runs in torch."""
_ID = re.compile(r"(?P<id>[\w-][\w.-]*/[\w-][\w.-]*)(@(?P<revision>[\w./-]+))?", re.ASCII)


def is_hub_id(model: str | Path) -> bool:
    """Whether it may name a model of the hub: two words with a slash, and no folder here of the first one's name."""
    return isinstance(model, str) and _ID.fullmatch(model) is not None and not Path(model).parent.exists()


def fetch_model(model: str) -> Path:
    """The folder of a model of the hub in Hugging Face's cache, which is filled where it lacks something.

    Raises:
        ModelError: there is no such model or revision, it may not be read, or the hub cannot be reached and the cache
            does not have it.
    """
    from httpx import HTTPError
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, RevisionResolutionError

    named = _ID.fullmatch(model)
    if named is None:
        raise ModelError(f"{model!r} is no name of a model on the hub: org/name or org/name@revision")
    try:
        return Path(snapshot_download(named["id"], revision=named["revision"], allow_patterns=list(KEPT)))
    except (OSError, HTTPError, HFValidationError, RevisionResolutionError) as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ModelError(f"is no folder here and cannot be had from the hub: {reason}", path=model) from error
