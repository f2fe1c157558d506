"""Version numbers and progress of reading."""


def order_of(number: str) -> int:
    """ "1.2.3" as a number that sorts: three parts of up to three digits; "1" and "1.0" are the same version."""
    parts = [int(part) for part in number.split(".")]
    major, minor, patch = (parts + [0, 0])[:3]
    return major * 1_000_000 + minor * 1_000 + patch
