"""What a program sends, read and checked. What this server cannot do is refused, never passed over in silence; fields
that change nothing about the answer (user, metadata, store …) are."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from khue.domains.stewardship.protocol.errors import ProtocolError

MAX_TOKENS = 1024
UNSUPPORTED = ("functions", "function_call", "audio", "modalities", "web_search_options", "prediction")


class _Body(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class Part(BaseModel):
    type: Literal["text"]
    text: str


class Function(BaseModel):
    name: str = Field(min_length=1)
    arguments: str


class ToolCall(BaseModel):
    id: str
    type: Literal["function"]
    function: Function


class Message(_Body):
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Part] | None = None
    name: str = ""
    tool_calls: list[ToolCall] = []
    tool_call_id: str = ""

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class JsonSchema(_Body):
    schema_: dict[str, Any] = Field(alias="schema")


class ResponseFormat(_Body):
    type: Literal["text", "json_object", "json_schema"]
    json_schema: JsonSchema | None = None


class StreamOptions(_Body):
    include_usage: bool = False


class ToolFunction(_Body):
    name: str = Field(min_length=1)


class Tool(_Body):
    type: Literal["function"]
    function: ToolFunction


class ChatBody(_Body):
    model: str = Field(min_length=1, max_length=200)
    messages: list[Message] = Field(min_length=1)
    stream: bool = False
    stream_options: StreamOptions | None = None
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    temperature: float | None = Field(None, ge=0, le=2)
    stop: str | list[str] | None = None
    seed: int | None = None
    n: Literal[1] | None = None
    logprobs: Literal[False] | None = None
    response_format: ResponseFormat | None = None
    tools: list[Tool] | None = None
    tool_choice: str | dict[str, Any] | None = None

    @field_validator("stop")
    @classmethod
    def _four_at_most(cls, value: str | list[str] | None) -> str | list[str] | None:
        if isinstance(value, list) and len(value) > 4:
            raise ValueError("at most four stop sequences")
        return value

    @property
    def limit(self) -> int:
        return self.max_completion_tokens or self.max_tokens or MAX_TOKENS

    @property
    def stops(self) -> tuple[str, ...]:
        return (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())

    @property
    def wanted_schema(self) -> dict[str, Any] | None:
        if self.response_format is None or self.response_format.type == "text":
            return None
        given = self.response_format.json_schema
        return given.schema_ if given else {"type": "object"}

    @property
    def wants_usage(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)


Text = Annotated[str, Field(min_length=1)]


class EmbeddingsBody(_Body):
    """`input_type` is beyond the protocol: E5 wants to know what a text is for."""

    model: str = Field(min_length=1, max_length=200)
    input: Text | Annotated[list[Text], Field(min_length=1, max_length=2048)]
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: int | None = None
    input_type: Literal["query", "passage"] = "query"

    @property
    def texts(self) -> list[str]:
        return [self.input] if isinstance(self.input, str) else self.input


Body = TypeVar("Body", bound=_Body)


def read(kind: type[Body], raw: bytes) -> Body:
    """Raises ProtocolError that names the field."""
    try:
        body = kind.model_validate_json(raw)
    except ValidationError as error:
        raise _refusal(error) from error
    for name in UNSUPPORTED:
        if getattr(body, name, None):
            raise ProtocolError(400, f"This server does not support '{name}'.", "unsupported_parameter", param=name)
    return body


def _refusal(error: ValidationError) -> ProtocolError:
    first = error.errors(include_url=False, include_context=False)[0]
    if first["type"] == "json_invalid":
        return ProtocolError(400, f"The body is not JSON: {first['msg']}.", "invalid_json")
    names = [str(part) for part in first["loc"] if isinstance(part, int) or part.islower()]
    param = ".".join(names) or None
    code = "missing_required_parameter" if first["type"] == "missing" else "invalid_value"
    return ProtocolError(400, f"{param or 'The body'}: {first['msg']}.", code, param=param)
