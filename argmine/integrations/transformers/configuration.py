"""A model's configuration as Transformers holds it; on disk it is argmine's own, so one folder serves both."""

import os
from pathlib import Path
from typing import Any

from pydantic import JsonValue
from transformers import PreTrainedConfig

from argmine.config import ModelConfig
from argmine.runtime import ENCODER


class ArgmineConfig(PreTrainedConfig):  # type: ignore[no-untyped-call]
    """What a model is: argmine's `ModelConfig` and the configuration of its encoder.

    Args:
        argmine: the `ModelConfig`, as its JSON; its keys may be given one by one instead, as `config.json` has them.
        encoder_config: what `encoder.json` says.
        kwargs: what Transformers knows.
    """

    model_type = "argmine"

    def __init__(
        self,
        argmine: dict[str, JsonValue] | None = None,
        encoder_config: dict[str, JsonValue] | None = None,
        **kwargs: Any,
    ) -> None:
        own = {key: kwargs.pop(key) for key in ModelConfig.model_fields if key in kwargs}
        super().__init__(**{"dtype": "float32", **kwargs})
        self.argmine = argmine or own
        self.encoder_config = encoder_config

    @property
    def settings(self) -> ModelConfig:
        """The model's configuration.

        Raises:
            pydantic.ValidationError: there is none, or it has unknown keys or values out of bounds.
        """
        return ModelConfig.model_validate(self.argmine)

    def to_json_string(self, use_diff: bool = True) -> str:  # noqa: FBT001, FBT002 - Transformers calls it so
        """The content of `config.json`, which is argmine's; of a configuration of nothing, what Transformers writes."""
        if not self.argmine:
            return str(super().to_json_string(use_diff=use_diff))
        return self.settings.model_dump_json(indent=2) + "\n"

    def save_pretrained(self, save_directory: str | os.PathLike[Any], push_to_hub: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002
        """Writes `config.json` and `encoder.json`."""
        super().save_pretrained(save_directory, push_to_hub=push_to_hub, **kwargs)
        if self.encoder_config is not None:
            encoder = type(self).encoder_class(self.encoder_config)
            encoder.to_json_file(Path(save_directory) / ENCODER)

    @staticmethod
    def encoder_class(content: dict[str, JsonValue]) -> PreTrainedConfig:
        """The configuration of the encoder, of one of Transformers' own kinds.

        Raises:
            ValueError: Transformers does not know the kind; code that comes with a model is never run.
        """
        from transformers import AutoConfig

        kind = str(content.get("model_type"))
        known: PreTrainedConfig = AutoConfig.for_model(kind, **{k: v for k, v in content.items() if k != "model_type"})
        return known
