"""`LanguageModel`: a text goes in, an argument graph comes out, as from the network."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

from pydantic import JsonValue

from argmine.document import Document, one_line
from argmine.graph import ArgumentGraph, ModelInfo
from argmine.integrations.llm.answer import Answer, Fault, UnreadableAnswerError, read_answer
from argmine.integrations.llm.assembly import assemble
from argmine.integrations.llm.cache import AnswerCache, Record, digest
from argmine.integrations.llm.client import ChatClient
from argmine.integrations.llm.pacing import Clock
from argmine.integrations.llm.prompt import SCHEMA, Message, asked_again, messages
from argmine.integrations.llm.settings import LlmSettings
from argmine.integrations.llm.usage import Usage
from argmine.integrations.llm.wire import Reply

BACKEND = "chat-completions"
UNKNOWN_PRECISION = "unknown"
# How many texts are asked for ahead of the one that is waited for, a worker.
AHEAD = 2


class LanguageModel:
    """A language model at an endpoint, called as any miner is.

    What of an answer could not be used is counted in the graph's `warnings` and, with tokens, seconds and cost, under
    `llm` in its `meta`. An answer that cannot be read at all gives an empty graph with a warning; an endpoint that
    fails raises `ServiceError`. A text is sent in one piece: one that is longer than the model takes is refused by the
    endpoint.

    Args:
        settings: which model is asked where, and how.
        api_key: see `ChatClient`.
        cache: a folder for answers; None keeps none.
        clock: how time passes.

    Attributes:
        usage: what all answers came to so far that were not in the cache.
    """

    def __init__(
        self,
        settings: LlmSettings,
        *,
        api_key: str | None = None,
        cache: str | Path | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings
        self.usage = Usage()
        self._client = ChatClient(settings, api_key=api_key, clock=clock)
        self._cache = None if cache is None else AnswerCache(Path(cache))
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes its connections."""
        self._client.close()

    @property
    def info(self) -> ModelInfo:
        """What stands in the graphs; the revision is a digest of prompt, form and settings of sampling."""
        asked = digest([_question(self.settings, ""), self.settings.similarity])[:12]
        return ModelInfo(name=self.settings.model, revision=asked, backend=BACKEND, precision=UNKNOWN_PRECISION)

    @property
    def cost(self) -> float | None:
        """What `usage` costs by the settings' prices, None where these or the tokens are unknown."""
        return self.usage.cost(self.settings.prices)

    def __call__(self, text: str | Document) -> ArgumentGraph:
        """The argument graph of a text; one without a letter or digit is not sent and has none.

        Raises:
            ServiceError: the endpoint refuses or fails.
            ArgmineError: a file of the cache is broken or cannot be written.
        """
        document = text if isinstance(text, Document) else Document(id="document", text=text)
        if not any(character.isalnum() for character in document.text):
            return self._finished(ArgumentGraph(id=document.id, text=document.text), (), {})
        return self._read(document, self._answer(document.text))

    mine = __call__

    def mine_many(self, documents: Iterable[str | Document]) -> Iterator[ArgumentGraph]:
        """A graph for each document, in order; as many are asked for at once as the settings say.

        Raises:
            ServiceError: as a call, when the document's turn comes; later ones are not begun.
        """
        named = (
            text if isinstance(text, Document) else Document(id=f"document-{number}", text=text)
            for number, text in enumerate(documents, 1)
        )
        with ThreadPoolExecutor(self.settings.workers) as pool:
            waiting: list[Future[ArgumentGraph]] = []
            try:
                for document in named:
                    waiting.append(pool.submit(self, document))
                    if len(waiting) > AHEAD * self.settings.workers:
                        yield waiting.pop(0).result()
                while waiting:
                    yield waiting.pop(0).result()
            finally:
                pool.shutdown(cancel_futures=True)

    def _answer(self, text: str) -> Record:
        question = _question(self.settings, text)
        found = self._cache.find(question) if self._cache else None
        if found is not None:
            return found
        record = self._ask(messages(text))
        with self._lock:
            if self._cache:
                self._cache.keep(question, record)
            self.usage += record.usage
        return record

    def _ask(self, conversation: list[Message]) -> Record:
        """The answer, asked for again while it cannot be read and there are `reasks` left."""
        exchange = self._client.ask(conversation)
        usage = exchange.usage
        for _ in range(self.settings.reasks):
            fault = _mendable_fault(exchange.reply)
            if fault is None:
                break
            conversation = asked_again(conversation, exchange.reply.content, fault)
            exchange = self._client.ask(conversation)
            usage += exchange.usage
        reply = exchange.reply
        return Record(
            content=reply.content,
            refusal=reply.refusal,
            finish=reply.finish,
            answered_by=reply.answered_by,
            form=exchange.form,
            usage=usage,
        )

    def _read(self, document: Document, record: Record) -> ArgumentGraph:
        warnings = []
        try:
            answer = read_answer(record.content)
        except UnreadableAnswerError as error:
            answer = Answer((), {})
            warnings.append(_why_nothing(record, error))
        assembled = assemble(document, answer, similarity=self.settings.similarity)
        warnings.extend(f"{fault.value}: {count}" for fault, count in assembled.faults.items())
        return self._finished(assembled.graph, warnings, self._meta(record, assembled.faults))

    def _meta(self, record: Record, faults: Mapping[Fault, int]) -> dict[str, JsonValue]:
        usage = record.usage.model_dump(mode="json")
        told: dict[str, JsonValue] = {"answered_by": record.answered_by, "form": record.form.value, **usage}
        counts: dict[str, JsonValue] = {fault.key: count for fault, count in faults.items()}
        return {"llm": {**told, "cost": record.usage.cost(self.settings.prices), "faults": counts}}

    def _finished(self, graph: ArgumentGraph, warnings: Iterable[str], meta: dict[str, JsonValue]) -> ArgumentGraph:
        return graph.model_copy(update={"read": 1.0, "warnings": tuple(warnings), "model": self.info, "meta": meta})


def _question(settings: LlmSettings, text: str) -> dict[str, JsonValue]:
    """All that bears on an answer."""
    asked: list[JsonValue] = [{**message} for message in messages(text)]
    return {"messages": asked, "schema": SCHEMA, "sampling": settings.sampling()}


def _mendable_fault(reply: Reply) -> str | None:
    """What is wrong with an answer that may come out better if asked for again; a longer one would be cut again."""
    if reply.refusal or reply.finish not in (None, "stop"):
        return None
    try:
        read_answer(reply.content)
    except UnreadableAnswerError as error:
        return str(error)
    return None


def _why_nothing(record: Record, error: UnreadableAnswerError) -> str:
    if record.refusal:
        return f"the model refused: {one_line(record.refusal)}"
    end = f"; it ended by {record.finish}" if record.finish not in (None, "stop") else ""
    return f"the answer cannot be read: {one_line(str(error))}{end}"
