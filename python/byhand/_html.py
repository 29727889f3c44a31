"""Tables for notebooks. All text is escaped; nothing is said by colour alone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Iterable, List, Optional, Sequence

if TYPE_CHECKING:
    from .results import Line

#: More rows make a notebook slow; the text has them all.
_MOST_ROWS = 60
#: More numbers in a cell are not read.
_MOST_NUMBERS = 8

# Colours that stand out on a light and on a dark page.
_MARK = "background:#ffe08a;color:#1a1a1a;font-weight:bold"
_CELL = "text-align:right;padding:2px 10px"


def number(value: Any) -> str:
    """A number with the digits of a float32."""
    return f"{value:.8g}" if isinstance(value, float) else str(value)


def numbers(values: Sequence[Any]) -> str:
    """The first numbers of a list, and how many more there are."""
    shown = ", ".join(number(value) for value in values[:_MOST_NUMBERS])
    more = len(values) - _MOST_NUMBERS
    return f"{shown} … and {more} more" if more > 0 else shown


def block(*parts: str) -> str:
    """All parts as one element."""
    return f'<div class="byhand">{"".join(parts)}</div>'


def notes(texts: Iterable[str]) -> str:
    """What byhand assumed."""
    return "".join(line(f"note: {text}") for text in texts)


def line(text: str, strong: bool = False) -> str:
    """A line of text."""
    inside = f"<b>{escape(text)}</b>" if strong else escape(text)
    return f'<div style="margin:2px 0">{inside}</div>'


def pre(text: str) -> str:
    """What a terminal shows."""
    return f'<pre style="margin:4px 0;font-family:monospace">{escape(text.rstrip())}</pre>'


def details(summary: str, text: str) -> str:
    """What a terminal shows, behind a line to click."""
    return f"<details><summary>{escape(summary)}</summary>{pre(text)}</details>"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], first: Optional[int] = None, caption: str = "") -> str:
    """A table; row `first` is marked, in colour and in words."""
    shown = rows[:_MOST_ROWS]
    marked = first is not None and first < len(shown)
    head = "".join(f'<th style="{_CELL}">{escape(text)}</th>' for text in [*heads, *([""] if marked else [])])
    body: List[str] = []
    for i, row in enumerate(shown):
        style = f"{_CELL};{_MARK}" if i == first else _CELL
        cells = [*row, *(["◀ first difference" if i == first else ""] if marked else [])]
        body.append("<tr>" + "".join(f'<td style="{style}">{escape(cell)}</td>' for cell in cells) + "</tr>")
    if len(rows) > len(shown):
        body.append(f'<tr><td colspan="{len(heads)}">… and {len(rows) - len(shown)} more rows</td></tr>')
    title = f'<caption style="text-align:left"><b>{escape(caption)}</b></caption>' if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def ways(lines: "Sequence[Line]", caption: str) -> str:
    """The right calculation beside the one with mistakes."""
    first = next((i for i, line in enumerate(lines) if line.first), None)
    # The marked row is what one wants to see: a long table begins near it.
    begin = max(0, first - _MOST_ROWS // 2) if first is not None and first >= _MOST_ROWS else 0
    side = [[row.at, _or_left_out(row.right), _or_left_out(row.wrong)] for row in lines[begin:]]
    return table(["at", "right", "your way"], side, None if first is None else first - begin, caption)


def _or_left_out(value: Optional[float]) -> str:
    return "(left out)" if value is None else number(value)
