"""Transformers: argmine's models as `AutoModel` loads them, and the pipeline `argument-mining`.

    import argmine.integrations.transformers
    from transformers import AutoModel, pipeline

    miner = pipeline("argument-mining", model="org/name")   # a hub id, a folder, or a model in memory
    graph, *others = miner([text, *more])                   # ArgumentGraphs
    model = AutoModel.from_pretrained("org/name")
    model = ArgmineModel.from_pretrained()                  # the packaged model
    model.push_to_hub("org/mine")

Importing this module registers them: Transformers knows no other way to be told.
"""

from transformers import AutoConfig, AutoModel
from transformers.pipelines import PIPELINE_REGISTRY

from argmine.integrations.transformers.configuration import ArgmineConfig
from argmine.integrations.transformers.model import ArgmineModel
from argmine.integrations.transformers.pipeline import TASK, ArgumentMiningPipeline
from argmine.model_folder import packaged_folder

__all__ = ["TASK", "ArgmineConfig", "ArgmineModel", "ArgumentMiningPipeline"]

AutoConfig.register(ArgmineConfig.model_type, ArgmineConfig, exist_ok=True)
AutoModel.register(ArgmineConfig, ArgmineModel, exist_ok=True)
PIPELINE_REGISTRY.register_pipeline(
    TASK,
    pipeline_class=ArgumentMiningPipeline,
    pt_model=AutoModel,
    default={"model": (str(packaged_folder("default")), "main")},
    type="text",
)
