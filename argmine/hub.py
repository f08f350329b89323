"""Models on the Hugging Face Hub: had from the cache or downloaded, without any code; pushed with their licence.

A model is named `org/name`, or `org/name@revision` to pin it to a commit, tag or branch. `HF_ENDPOINT`, `HF_TOKEN`,
`HF_HOME` and `HF_HUB_OFFLINE` are Hugging Face's own and mean here what they mean there.
"""

import re
from pathlib import Path

from argmine.config import ModelConfig
from argmine.errors import ModelError

KEPT = ("*.json", "*.safetensors", "*.md")
"""What is downloaded. A graph of ONNX Runtime is not: the network is built from JSON and runs in torch."""
CARD = """---
{metadata}
---

# argmine, model `{name}`

Reads an English essay or opinion piece and gives back its argument components (major claim, claim, premise), with exact
offsets, and their relations (support, attack) as trees: `argmine.load("org/name")`.

## Licence

The weights: {licence}. The code of argmine is licensed under the Apache License 2.0.
"""
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
        raise ModelError(f"is no folder here and cannot be had from the hub: {_reason(error)}", path=model) from error


def push_folder(
    folder: Path,
    repo_id: str,
    *,
    config: ModelConfig,
    message: str | None = None,
    private: bool | None = None,
    token: str | bool | None = None,
    revision: str | None = None,
) -> str:
    """Uploads the files of a model's folder in one commit, with a card where it has none; makes the repository.

    Args:
        folder: the model's.
        repo_id: `org/name`.
        config: the model's, of which a card tells.
        message: of the commit.
        private: whether a repository that is made is private; the organisation's default where None.
        token: the hub's, where it is not the one that was logged in with.
        revision: the branch, which is made where there is none; the main one where None.

    Returns:
        The address of the commit.

    Raises:
        ModelError: the hub refuses.
    """
    from httpx import HTTPError
    from huggingface_hub import CommitOperationAdd, HfApi
    from huggingface_hub.errors import HFValidationError

    content: dict[str, Path | bytes] = {"README.md": card_of(config).encode()}
    content |= {file.name: file for file in sorted(folder.iterdir()) if file.is_file()}
    added = [CommitOperationAdd(path_in_repo=name, path_or_fileobj=value) for name, value in content.items()]
    api = HfApi(token=token)
    try:
        made = api.create_repo(repo_id, private=private, exist_ok=True).repo_id
        if revision is not None:
            api.create_branch(made, branch=revision, exist_ok=True)
        pushed = api.create_commit(made, added, commit_message=message or f"Upload {made}", revision=revision)
    except (OSError, HTTPError, HFValidationError) as error:
        raise ModelError(f"the hub refuses: {_reason(error)}", path=repo_id) from error
    return str(pushed.commit_url)


def card_of(config: ModelConfig) -> str:
    """A model card that says what the weights may be used for, in its metadata and in words."""
    from huggingface_hub import ModelCardData

    name = re.sub(r"[^a-z0-9]+", "-", re.split("[,:;(]", config.licence.lower())[0]).strip("-")
    data = ModelCardData(
        language="en",
        license="other",
        license_name=name or "unstated",
        library_name="argmine",
        base_model=config.encoder if _ID.fullmatch(config.encoder) else None,
        tags=["argument-mining"],
    )
    return CARD.format(metadata=data.to_yaml(), name=config.name, licence=config.licence)


def _reason(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
