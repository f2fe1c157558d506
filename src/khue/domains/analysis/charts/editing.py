"""What a person changed about a chart: kept in its specification, and applied whenever it is drawn anew."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from khue.domains.analysis.charts.choosing import Choice

Order = Literal["", "high", "low", "name"]
# colours that stay apart for who does not see red and green (Okabe and Ito), and the house's jade
COLOURS = {
    "jade": "#1F6F63", "blue": "#0072B2", "vermilion": "#D55E00", "green": "#009E73", "purple": "#CC79A7",
    "orange": "#B07500",
}  # fmt: skip
SCHEMES = {"jade": "teals", "blue": "blues", "vermilion": "oranges", "green": "greens", "purple": "purples",
           "orange": "oranges"}  # fmt: skip
ORDERED = frozenset({"ranking", "grouped", "part"})
LABELLED = frozenset({"ranking", "map", "map_before", "line"})


@dataclass(frozen=True)
class Edit:
    """Empty parts leave the chart as it is. `top`: only so many, the highest first, unless `order` says the lowest."""

    title: str = ""
    x_title: str = ""
    y_title: str = ""
    colour: str = ""
    order: Order = ""
    top: int = 0
    labels: bool | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value != getattr(Edit, name)}

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> "Edit":
        return cls(**{name: value for name, value in stored.items() if name in cls.__dataclass_fields__})


def edited(spec: dict[str, Any], choice: Choice, edit: Edit, main: str) -> dict[str, Any]:
    """The specification with the changes in it; `main` is the colour that it has without any."""
    if edit.title:
        spec["title"] = {"text": edit.title, "anchor": "start"}
    for channel, words in (("x", edit.x_title), ("y", edit.y_title)):
        axis = spec["encoding"].get(channel)
        if words and axis:
            axis["title"] = words
    if choice.kind in ORDERED and (edit.order or edit.top):
        _arrange(spec, choice, edit)
    if edit.labels is not None and choice.kind in LABELLED:
        _label(spec, choice, is_wanted=edit.labels)
    coloured: dict[str, Any] = _coloured(spec, edit, main)
    return coloured


def _arrange(spec: dict[str, Any], choice: Choice, edit: Edit) -> None:
    amount, direction = choice.y, "ascending" if edit.order == "low" else "descending"
    if edit.top:
        joined = {"joinaggregate": [{"op": "sum", "field": amount, "as": "_sum"}], "groupby": [choice.x]}
        ranked = {
            "window": [{"op": "dense_rank", "as": "_rank"}],
            "sort": [{"field": "_sum", "order": direction}],
        }
        spec["transform"] = [*spec.get("transform", []), joined, ranked, {"filter": f"datum._rank <= {edit.top}"}]
    channel = spec["encoding"]["color" if choice.kind == "part" else "y"]
    if edit.order == "name":
        channel["sort"] = "ascending"
    else:
        channel["sort"] = {"field": amount, "op": "sum", "order": direction}


def _label(spec: dict[str, Any], choice: Choice, *, is_wanted: bool) -> None:
    layers = spec.get("layer", [])
    if not is_wanted:
        spec["layer"] = [layer for layer in layers if not _is_amount(layer)]
    elif choice.kind == "line" and not layers:
        text = {"field": choice.y, "type": "quantitative", "format": ",.4~g"}
        spec["layer"] = [
            {"mark": spec.pop("mark")},
            {"mark": {"type": "text", "dy": -10, "fontSize": 11}, "encoding": {"text": text}},
        ]


def _is_amount(layer: Mapping[str, Any]) -> bool:
    """A text of an amount, not of a name."""
    text = layer.get("encoding", {}).get("text", {})
    return bool(text) and text.get("type") == "quantitative"


def _coloured(spec: Any, edit: Edit, main: str) -> Any:
    """The main colour, and the scale of a map."""
    if not edit.colour or edit.colour not in COLOURS:
        return spec
    if isinstance(spec, dict):
        return {
            name: {"scheme": SCHEMES[edit.colour]} if name == "scale" and value == {"scheme": "teals"}
            else _coloured(value, edit, main)
            for name, value in spec.items()
        }  # fmt: skip
    if isinstance(spec, list):
        return [_coloured(one, edit, main) for one in spec]
    return COLOURS[edit.colour] if spec == main else spec
