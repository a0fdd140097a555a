"""Characters that act or that nobody sees, which no output may hold."""

#: Controls, separators of lines, and marks of direction, of order and without width.
ACTING = tuple(
    chr(code)
    for code in (
        *(code for code in range(0x20) if chr(code) not in "\t\n"),
        *range(0x7F, 0xA0),
        *(0xAD, 0x34F, 0x61C, 0x180E),
        *range(0x200B, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        *(0xFE0F, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFE, 0xFFFF, 0xE0041, 0xE0100),
    )
)

#: All of them, each between two letters.
ALL_ACTING = "a".join(["", *ACTING, ""])


def shown(character):
    """How an output shows it."""
    return f"[U+{ord(character):04X}]"
