"""What `argmine evaluate --llm` does: a language model at an endpoint, scored on a corpus like any miner."""

from pathlib import Path

from pydantic import JsonValue, TypeAdapter, ValidationError

from argmine.errors import ArgmineError, FormatError, faults
from argmine.evaluation.command import behind_bar
from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.run import Task, score_miner
from argmine.formats.files import read_json
from argmine.integrations.llm.model import LanguageModel
from argmine.integrations.llm.settings import KEY_VARIABLE, LlmSettings

_OBJECT: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])


def read_settings(url: str, model: str, path: Path | None) -> LlmSettings:
    """Settings of an endpoint and model, further ones from a JSON file.

    Raises:
        FormatError: the file cannot be read, or it or the address is not as `LlmSettings` has it.
    """
    content = {} if path is None else read_json(path)
    try:
        return LlmSettings.model_validate({**_OBJECT.validate_python(content), "url": url, "model": model})
    except ValidationError as error:
        raise FormatError(f"no settings of a language model: {faults(error)}", path=path) from error


def score_language_model(task: Task, settings: LlmSettings, cache: Path | None) -> tuple[Evaluation, str]:
    """Asks for the graphs of a task's documents and scores them.

    Returns:
        The evaluation, and a line that tells what asking came to.

    Raises:
        ArgmineError: the key of the environment cannot be sent.
        ServiceError: the endpoint refuses or fails; what was answered before is in the cache.
        EvaluationError: the protocol gives the components, which a language model is not asked about.
    """
    try:
        asked = LanguageModel(settings, cache=cache)
    except ValueError as error:
        raise ArgmineError(f"{KEY_VARIABLE}: {error}") from error
    with asked as model:
        return score_miner(model, task, watch=behind_bar(len(task.gold))), told(model)


def told(model: LanguageModel) -> str:
    """What asking came to, in a line."""
    used = model.usage
    tokens = [f"{n:,}" if n is not None else "unknown" for n in (used.prompt_tokens, used.completion_tokens)]
    cost = "" if model.cost is None else f", cost {model.cost:.4g}"
    asked = f"{used.requests:,} answers, {used.failures:,} failed requests, {used.seconds:.1f} seconds"
    return f"{asked}, {tokens[0]} + {tokens[1]} tokens{cost}"
