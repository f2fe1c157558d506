"""Numbers as Vietnamese documents write them."""


def written(value: float) -> str:
    """1234567.5 → "1.234.567,5"."""
    digits = f"{value:,.4f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return digits.replace(",", " ").replace(".", ",").replace(" ", ".")


def measured(value: float, unit: str) -> str:
    """With its unit, money in a measure that can be read: 4.35e10 đồng → "43,5 tỷ đồng"."""
    if unit == "%":
        return f"{written(value)}%"
    for times, name in ((1e9, "tỷ đồng"), (1e6, "triệu đồng")):
        if unit == "đồng" and abs(value) >= times:
            return f"{written(round(value / times, 4))} {name}"
    return f"{written(value)} {unit}".strip()
