"""A model's folder: where it lies, what is in it, what it is called by its content."""

import hashlib
from pathlib import Path

from pydantic import ValidationError

from argmine.config import ModelConfig
from argmine.errors import ModelError, faults
from argmine.hub import fetch_model, is_hub_id
from argmine.runtime import PARTS, WEIGHTS, graph_file

CONFIG, VOCABULARY = "config.json", "tokenizer.json"
TRAINING, DIGESTS = "training.json", "training-digests.json"


def find_model(model: str | Path) -> Path:
    """The folder of a packaged model's name, `model` itself where it is a folder, else that of the hub's model.

    Raises:
        ModelError: there is none of them.
    """
    try:
        for place in (packaged_folder(model), Path(model)):
            if (place / CONFIG).is_file():
                return place
        if Path(model).is_dir():
            raise ModelError(f"the folder holds no {CONFIG}", path=model)
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise ModelError(error.strerror or str(error), path=model) from error
    if isinstance(model, str) and is_hub_id(model):
        return fetch_model(model)
    raise ModelError(f"there is no model of the name or folder {str(model)!r}")


def packaged_folder(model: str | Path) -> Path:
    """Where a model of that name lies in the package; in a checkout of the repository, beside it."""
    inside = Path(__file__).parent / "models" / model
    return inside if inside.exists() else Path(__file__).parent.parent / "models" / model


def read_config(path: Path) -> ModelConfig:
    """Reads a model's configuration.

    Raises:
        ModelError: it cannot be read, or has unknown keys or values out of bounds.
    """
    try:
        return ModelConfig.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ModelError(error.strerror or str(error), path=path) from error
    except ValidationError as error:
        raise ModelError(faults(error), path=path) from error


def graphs(config: ModelConfig) -> list[tuple[str, str]]:
    """Part and scheme of each graph in a model's folder."""
    shared = [(part, "") for part in PARTS]
    return shared + [(part, other.name) for other in config.others for part in PARTS if part != "pieces"]


def revision(folder: Path) -> str:
    """First 12 hex digits of the sha256 over configuration, vocabulary, graphs if there are any, and weights."""
    digest = hashlib.sha256()
    files = [graph_file(part, scheme) for part, scheme in graphs(read_config(folder / CONFIG))]
    files = [name for name in files if (folder / name).is_file()]
    for name in (CONFIG, VOCABULARY, *files, WEIGHTS):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
