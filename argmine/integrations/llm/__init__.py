"""A language model as a miner: any endpoint that speaks OpenAI's chat completions, asked for an argument graph.

    model = LanguageModel(LlmSettings(url="http://127.0.0.1:8000/v1", model="name"), cache="answers/")
    graph = model(text)

Needs the extra: `pip install 'argmine[llm]'`. No vendor's library is used, and nothing is sent but to that address.
"""

from argmine.integrations.llm.model import LanguageModel
from argmine.integrations.llm.settings import KEY_VARIABLE, LlmSettings, Prices
from argmine.integrations.llm.usage import Usage

__all__ = ["KEY_VARIABLE", "LanguageModel", "LlmSettings", "Prices", "Usage"]
