"""Numbers as Vietnamese documents write them."""


def written(value: float) -> str:
    """1234567.5 → "1.234.567,5"."""
    digits = f"{value:,.4f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return digits.translate(str.maketrans({",": ".", ".": ","}))
