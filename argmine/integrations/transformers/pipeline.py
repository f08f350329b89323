"""`pipeline("argument-mining")`: texts in, argument graphs out, equal to those of `argmine.load` in torch."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from transformers import Pipeline

from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.integrations.transformers.model import ArgmineModel
from argmine.miner import ArgumentMiner

TASK = "argument-mining"


class ArgumentMiningPipeline(Pipeline):
    """Gives an `ArgumentGraph` for a text (or `Document`), a list for a list, an iterator for a generator or dataset.

    Settings, here or at a call: `precision`, `threshold` and `scheme`, as `ArgmineModel.miner` has them. Texts of any
    length are read; a result does not depend on `batch_size`.
    """

    _load_tokenizer = False  # type: ignore[assignment]  # the model brings its vocabulary
    _load_processor = False  # type: ignore[assignment]
    _load_image_processor = False  # type: ignore[assignment]
    _load_video_processor = False  # type: ignore[assignment]
    _load_feature_extractor = False  # type: ignore[assignment]
    model: ArgmineModel

    def __call__(self, inputs: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """The graph or graphs.

        Raises:
            TypeError: something is neither text nor document.
            ValueError: as `ArgmineModel.miner`.
        """
        if isinstance(inputs, list | tuple):
            return self._called(list(inputs), kwargs) if inputs else []
        return self._called(inputs, kwargs)

    def _called(self, inputs: Any, kwargs: dict[str, Any]) -> Any:
        return super().__call__(inputs, **kwargs)  # type: ignore[no-untyped-call]

    def _sanitize_parameters(self, **settings: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        unknown = settings.keys() - {"precision", "threshold", "scheme"}
        if unknown:
            raise TypeError(f"unknown settings {', '.join(sorted(unknown))}; known are precision, threshold, scheme")
        return {}, settings, {}

    def preprocess(self, input_: str | Document, **_: Any) -> dict[str, Any]:
        """As it is: the miner cuts texts itself, for it needs them whole."""
        return {"text": input_}

    def _forward(self, input_tensors: dict[str, Any], **settings: Any) -> dict[str, Any]:  # type: ignore[override]
        return {"graph": self._miner(settings).mine(input_tensors["text"])}

    def postprocess(self, model_outputs: dict[str, Any], **_: Any) -> ArgumentGraph:
        """The graph, as it is."""
        graph: ArgumentGraph = model_outputs["graph"]
        return graph

    def get_iterator(
        self,
        inputs: Any,
        num_workers: int,  # noqa: ARG002
        batch_size: int,  # noqa: ARG002
        preprocess_params: dict[str, Any],  # noqa: ARG002
        forward_params: dict[str, Any],
        postprocess_params: dict[str, Any],  # noqa: ARG002
    ) -> Iterator[ArgumentGraph]:
        """The graphs of many texts, as they are mined."""
        texts = (inputs[n] for n in range(len(inputs))) if hasattr(inputs, "__len__") else inputs
        return self._miner(forward_params).mine_many(texts)

    def save_pretrained(self, save_directory: str | Path, **kwargs: Any) -> None:  # type: ignore[override]
        """Saves the model; the pipeline is code of the package, which is not copied."""
        self.model.save_pretrained(save_directory, **kwargs)

    def push_to_hub(self, repo_id: str, **kwargs: Any) -> str:
        """Pushes the model."""
        return self.model.push_to_hub(repo_id, **kwargs)

    def _miner(self, settings: dict[str, Any]) -> ArgumentMiner:
        return self.model.miner(**settings)
