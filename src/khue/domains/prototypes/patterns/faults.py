"""What is wrong in parameters, before anything is built of them."""

from typing import Any

from jsonschema import Draft202012Validator

from khue.domains.prototypes.patterns.shape import Parameters, Pattern


def faults(pattern: Pattern, parameters: Any) -> tuple[str, ...]:
    """Each with the place at which it stands; empty when a tool can be built."""
    found = sorted(Draft202012Validator(pattern.schema).iter_errors(parameters), key=lambda error: list(error.path))
    shape = tuple(f"{'.'.join(map(str, error.path)) or '·'}: {error.message}" for error in found)
    return shape or _empty(parameters)


def _empty(parameters: Parameters) -> tuple[str, ...]:
    return tuple(f"{name}: empty" for name, value in parameters.items() if isinstance(value, str) and not value.strip())
