"""What is asked of a model, as one thing: each of its texts can be found, and replaced, without forgetting a field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from khue.gateway.contract import Options, Turn

Change = Callable[[str], str]


@dataclass(frozen=True)
class Request:
    turns: tuple[Turn, ...]
    options: Options

    def mapped(self, change: Change) -> "Request":
        """The same with every text changed: what was said, names, tools and their arguments, schema, stop words."""
        turns = tuple(
            replace(
                turn,
                content=change(turn.content),
                name=change(turn.name),
                tool_call_id=change(turn.tool_call_id),
                tool_calls=tuple(deep(call, change) for call in turn.tool_calls),
            )
            for turn in self.turns
        )
        options = replace(
            self.options,
            stop=tuple(change(word) for word in self.options.stop),
            schema=deep(self.options.schema, change),
            choices=tuple(change(choice) for choice in self.options.choices),
            tools=tuple(deep(tool, change) for tool in self.options.tools),
            tool_choice=deep(self.options.tool_choice, change),
        )
        return Request(turns, options)

    def texts(self) -> list[str]:
        """All that `mapped` changes, without what is empty."""
        found: list[str] = []

        def keep(text: str) -> str:
            found.append(text)
            return text

        self.mapped(keep)
        return [text for text in found if text]

    def inputs(self) -> list[str]:
        """For the record: one text a turn, its role before it, then what else there is."""
        said = [f"{turn.role}: {turn.content}" for turn in self.turns]
        contents = [turn.content for turn in self.turns]
        return [*said, *(text for text in self.texts() if text not in contents)]


@dataclass(frozen=True)
class Passages:
    """What is to be turned into vectors, with the same questions to it."""

    said: tuple[str, ...]

    def mapped(self, change: Change) -> "Passages":
        return Passages(tuple(change(text) for text in self.said))

    def texts(self) -> list[str]:
        return list(self.said)

    def inputs(self) -> list[str]:
        return list(self.said)


def body(model: str, request: Request, *, max_tokens: int) -> dict[str, Any]:
    """As the OpenAI protocol has it."""
    options = request.options
    content: dict[str, Any] = {
        "model": model,
        "messages": [_message(turn) for turn in request.turns],
        "max_tokens": max_tokens,
        "temperature": options.temperature,
        "seed": options.seed,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if options.stop:
        content["stop"] = list(options.stop)
    if options.tools:
        content["tools"] = list(options.tools)
    if options.tool_choice:
        content["tool_choice"] = options.tool_choice
    if options.schema:
        content["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "answer", "schema": options.schema, "strict": True},
        }
    if options.choices:
        content |= {"max_tokens": 1, "logprobs": True, "top_logprobs": 20}
    return content


def _message(turn: Turn) -> dict[str, Any]:
    message: dict[str, Any] = {"role": turn.role, "content": turn.content}
    optional = {"name": turn.name, "tool_calls": list(turn.tool_calls), "tool_call_id": turn.tool_call_id}
    return message | {name: value for name, value in optional.items() if value}


def deep(value: Any, change: Change) -> Any:
    """Strings wherever they stand, names of fields included: a schema may name a person."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {deep(name, change): deep(inner, change) for name, inner in value.items()}
    if isinstance(value, Sequence):
        return [deep(inner, change) for inner in value]
    return value
