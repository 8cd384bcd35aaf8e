"""Verification codes: twelve random Crockford symbols and two Reed–Solomon check symbols.

The field and the generator below are fixed for ever: changing them invalidates every printed code.

* alphabet: Crockford base32, symbol value = position (0–9, A–Z without I, L, O, U)
* field: GF(32) with the primitive polynomial x⁵ + x² + 1, α = 2
* generator: (x + α)(x + α²), so the minimum distance is 3: one or two wrong symbols are always
  detected, and one wrong symbol can be located.

Source: domain rule for printed codes (5.2); Reed & Solomon 1960.
"""

import re
import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DATA_SYMBOLS: Final = 12
CHECK_SYMBOLS: Final = 2
LENGTH: Final = DATA_SYMBOLS + CHECK_SYMBOLS
GROUPS: Final = (5, 5, 4)
PRIMITIVE_POLYNOMIAL: Final = 0b100101

_VALUE: Final = {symbol: value for value, symbol in enumerate(ALPHABET)}
_LOOKALIKES: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_IGNORED: Final = frozenset("-‐‑‒–—−_ \t\u00a0\u3000\u200b\ufeff")
_GAP: Final = f"[{re.escape(''.join(sorted(_IGNORED)))}]*"
_PRINTED: Final = re.compile(
    rf"(?<![0-9a-z]){_GAP.join(f'[0-9a-z]{{{width}}}' for width in GROUPS)}(?![0-9a-z])",
    re.ASCII | re.IGNORECASE,
)


def _powers() -> tuple[int, ...]:
    powers, value = [], 1
    for _ in range(31):
        powers.append(value)
        value <<= 1
        if value & 0b100000:
            value ^= PRIMITIVE_POLYNOMIAL
    return tuple(powers)


_EXP: Final = _powers()
_LOG: Final = {value: power for power, value in enumerate(_EXP)}


def multiply(left: int, right: int) -> int:
    """The product of two elements of GF(32)."""
    if left == 0 or right == 0:
        return 0
    return _EXP[(_LOG[left] + _LOG[right]) % 31]


# (x + α)(x + α²) = x² + (α + α²)x + α³
_GENERATOR: Final = (_EXP[1] ^ _EXP[2], _EXP[3])


def check_symbols(data: str) -> str:
    """The two symbols that make `data` divisible by the generator polynomial.

    Raises ValueError unless `data` is twelve symbols of the alphabet.
    """
    if len(data) != DATA_SYMBOLS or any(symbol not in _VALUE for symbol in data):
        raise ValueError("a code holds twelve symbols of the alphabet")
    high, low = 0, 0
    for symbol in data:
        feedback = _VALUE[symbol] ^ high
        high, low = low ^ multiply(feedback, _GENERATOR[0]), multiply(feedback, _GENERATOR[1])
    return ALPHABET[high] + ALPHABET[low]


def new_code() -> str:
    """A fresh code of fourteen symbols with 60 random bits from the operating system."""
    data = "".join(secrets.choice(ALPHABET) for _ in range(DATA_SYMBOLS))
    return data + check_symbols(data)


def normalise(text: str) -> str:
    """The code as stored: upper case, without spaces and hyphens, I and L read as 1, O as 0.

    Full-width letters and digits are read as plain ones. Symbols outside the alphabet stay, so
    the result may be no code at all: see `is_code`.
    """
    kept = "".join(c for c in _narrow(text) if c not in _IGNORED)
    return kept.upper().translate(_LOOKALIKES)


def read(text: str) -> str:
    """The code, as `normalise` gives it, in what somebody has copied from a certificate.

    A label before it and the address around it are left out; where nothing in the text is as long
    as a code, the whole of it.
    """
    whole = normalise(text)
    if len(whole) == LENGTH:
        return whole
    found = [normalise(printed) for printed in _PRINTED.findall(_narrow(text))]
    return next((code for code in reversed(found) if is_code(code)), (found or [whole])[-1])


def _narrow(text: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


def _syndromes(values: list[int]) -> tuple[int, int]:
    first = second = 0
    for value in values:
        first = multiply(first, _EXP[1]) ^ value
        second = multiply(second, _EXP[2]) ^ value
    return first, second


def is_code(normalised: str) -> bool:
    """Whether the text has fourteen symbols of the alphabet and right check symbols."""
    if len(normalised) != LENGTH or any(symbol not in _VALUE for symbol in normalised):
        return False
    return _syndromes([_VALUE[symbol] for symbol in normalised]) == (0, 0)


def corrected(normalised: str) -> str | None:
    """The only code that differs from the text in one symbol, if there is one.

    A proposal for signed-in staff; never to be shown publicly and never accepted unseen.
    """
    if len(normalised) != LENGTH or any(symbol not in _VALUE for symbol in normalised):
        return None
    values = [_VALUE[symbol] for symbol in normalised]
    first, second = _syndromes(values)
    if first == 0 or second == 0:
        return None
    power = (_LOG[second] - _LOG[first]) % 31
    if power >= LENGTH:
        return None
    error = _EXP[(_LOG[first] - power) % 31]
    values[LENGTH - 1 - power] ^= error
    return "".join(ALPHABET[value] for value in values)


def formatted(code: str) -> str:
    """The code in groups of five, five and four symbols, as printed."""
    pieces, start = [], 0
    for width in GROUPS:
        pieces.append(code[start : start + width])
        start += width
    return "-".join(pieces)
