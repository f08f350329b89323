"""The network as a model of Transformers: loaded from a folder or the hub, saved, pushed, and mining."""

import copy
import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from safetensors import safe_open
from torch import Tensor
from transformers import PreTrainedModel
from transformers.modeling_outputs import BaseModelOutput
from transformers.utils.hub import cached_file

from argmine.adapters import is_adapter
from argmine.encoding import DocumentEncoder
from argmine.errors import ModelError
from argmine.hub import card_of, push_folder
from argmine.integrations.transformers.configuration import ArgmineConfig
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, DIGESTS, VOCABULARY, find_model, revision
from argmine.network import ArgumentNetwork
from argmine.runtime import ENCODER, WEIGHTS, TorchBackend, adapted_tensors

WHERE = ("cache_dir", "force_download", "local_files_only", "proxies", "revision", "subfolder", "token")
"""What Transformers calls the settings by which a file is had."""
CARD = "README.md"
KEPT = (DIGESTS, "LICENSE-WEIGHTS.md")
"""What is copied from the folder that a model was loaded from to that in which it is saved."""


class ArgmineModel(PreTrainedModel):  # type: ignore[no-untyped-call]
    """An `ArgumentNetwork` with its configuration and, once it was loaded, its vocabulary.

    Weights are kept in `model.safetensors` under the network's own names, as in any model's folder of argmine's.

    Args:
        config: with the encoder's.
    """

    config_class = ArgmineConfig
    base_model_prefix = "network"
    main_input_name = "ids"
    _keys_to_ignore_on_load_unexpected = [r"^others\..*\.adapter\."]  # noqa: RUF012 - as Transformers has it
    """What `adapters` holds."""

    def __init__(self, config: ArgmineConfig) -> None:
        super().__init__(config)
        if config.encoder_config is None:
            raise ValueError("the configuration has no encoder_config: use from_pretrained, which reads it")
        shape = config.encoder_class(config.encoder_config)
        self.network = ArgumentNetwork.from_shape(shape, config.settings)
        self.vocabulary: DocumentEncoder | None = None
        self.origin: Path | None = None
        self.adapters: dict[str, Tensor] = {}
        """What schemes change in the network's weights, by the names of `argmine.adapters`; of a loaded model."""
        self._changed: dict[str, tuple[object, ArgumentNetwork]] = {}
        self.post_init()  # type: ignore[no-untyped-call]

    @classmethod
    def from_pretrained(  # type: ignore[override]
        cls, name: str | Path | None = None, *args: Any, config: ArgmineConfig | None = None, **kwargs: Any
    ) -> "ArgmineModel":
        """A model in fp32, unless `dtype` says otherwise.

        Args:
            name: a hub id, a folder, or None for the packaged model.
            args: as Transformers has them.
            config: instead of the model's own.
            kwargs: as Transformers has them: `revision`, `token`, `local_files_only`, `dtype`, ….

        Raises:
            OSError: a file cannot be had.
            ValueError: the configuration is none.
            ModelError: the vocabulary is none, or there is no packaged model.
        """
        place = str(find_model("default") if name is None else name)
        where = {key: kwargs[key] for key in WHERE if key in kwargs}
        files = {file: Path(str(cached_file(place, file, **where))) for file in (CONFIG, ENCODER, VOCABULARY)}
        config = config or ArgmineConfig.from_pretrained(place, **where)
        config.encoder_config = json.loads(files[ENCODER].read_bytes())
        model: ArgmineModel = super().from_pretrained(place, *args, config=config, **{"dtype": torch.float32, **kwargs})
        try:
            model.vocabulary = DocumentEncoder.from_file(files[VOCABULARY])
        except Exception as error:  # tokenizers raises just that
            raise ModelError(f"no tokenizer: {error}", path=files[VOCABULARY]) from error
        model.origin = files[CONFIG].parent
        if config.settings.others:
            model.adapters = _adapters(Path(str(cached_file(place, WEIGHTS, **where))))
        model.eval()  # type: ignore[no-untyped-call]
        return model

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> BaseModelOutput:
        """The encoder's states: `[w, p]` ids and mask and `[w, p, 2]` features → `[w, p, h]`."""
        return BaseModelOutput(last_hidden_state=self.network.pieces(ids, mask, features))

    def miner(
        self, *, precision: str = "fp32", threshold: float | None = None, scheme: str | None = None
    ) -> ArgumentMiner:
        """What mines with this very network, where it is; by a scheme that changes its weights, with a changed copy.

        Args:
            precision: "fp32" or "bf16".
            threshold: least marginal probability worth a component, None for what was tuned on development data.
            scheme: by which scheme of annotation it reads, `essays` for its main one; its default where None.

        Raises:
            ValueError: the weights are not fp32 (bf16 runs over fp32 weights), the model was not loaded but made, or
                there is no such scheme or precision.
        """
        if self.dtype != torch.float32:
            raise ValueError(f"the weights are {self.dtype}: load the model in float32, and ask for precision='bf16'")
        if self.vocabulary is None or self.origin is None:
            raise ValueError("the model has no vocabulary: it was made, not loaded by from_pretrained")
        settings = self.config.settings.reading(scheme)
        network = self._reading(settings.scheme).eval()
        backend = TorchBackend(network, precision=precision, scheme=settings.scheme)
        known = revision(self.origin)
        miner = ArgumentMiner(settings, self.vocabulary, backend, revision=known, folder=self.origin)
        return miner if threshold is None else miner.with_threshold(threshold)

    def _reading(self, scheme: str) -> ArgumentNetwork:
        """The network, or the copy for a scheme that changes it, which is made anew when the weights have changed."""
        if not any(name.startswith(f"others.{scheme}.") for name in self.adapters):
            return self.network
        weights = [(tensor.data_ptr(), tensor._version) for tensor in self.network.state_dict().values()]  # noqa: SLF001
        if scheme not in self._changed or self._changed[scheme][0] != weights:
            self._changed[scheme] = weights, self._changed_by(scheme)
        return self._changed[scheme][1]

    def _changed_by(self, scheme: str) -> ArgumentNetwork:
        changed = copy.deepcopy(self.network)
        changed.load_state_dict(adapted_tensors({**self.network.state_dict(), **self.adapters}, scheme))
        return changed

    def save_pretrained(  # type: ignore[override]
        self, save_directory: str | Path, *, push_to_hub: bool = False, repo_id: str | None = None, **kwargs: Any
    ) -> None:
        """Writes a folder that argmine and Transformers load: weights, configuration, vocabulary and card.

        Args:
            save_directory: the folder.
            push_to_hub: whether it is pushed too.
            repo_id: where to; by default the folder's name.
            kwargs: as Transformers has them.

        Raises:
            ValueError: the model has no vocabulary.
        """
        if self.vocabulary is None:
            raise ValueError("the model has no vocabulary: it was made, not loaded by from_pretrained")
        folder = Path(save_directory)
        super().save_pretrained(folder, **{"state_dict": {**self.network.state_dict(), **self.adapters}, **kwargs})
        self.vocabulary.tokenizer.save(str(folder / VOCABULARY))
        (folder / CARD).write_text(card_of(self.config.settings), encoding="utf-8")
        for name in KEPT:
            if self.origin is not None and (self.origin / name).is_file():
                shutil.copyfile(self.origin / name, folder / name)
        if push_to_hub:
            push_folder(folder, repo_id or folder.name, config=self.config.settings, token=kwargs.get("token"))

    def push_to_hub(  # type: ignore[override]
        self,
        repo_id: str,
        *,
        commit_message: str | None = None,
        private: bool | None = None,
        token: bool | str | None = None,
        revision: str | None = None,
        **kwargs: Any,
    ) -> str:
        """Saves the model and uploads the folder; the weights' licence stands in the card's metadata.

        Returns:
            The address of the commit.

        Raises:
            ModelError: the hub refuses.
        """
        with TemporaryDirectory() as folder:
            self.save_pretrained(folder, **kwargs)
            return push_folder(
                Path(folder),
                repo_id,
                config=self.config.settings,
                message=commit_message,
                private=private,
                token=token,
                revision=revision,
            )


def _adapters(path: Path) -> dict[str, Tensor]:
    """The tensors of a weights file that no network has, in fp32."""
    with safe_open(path, "pt") as weights:
        return {name: weights.get_tensor(name).float() for name in weights.keys() if is_adapter(name)}  # noqa: SIM118
