"""``docs/schema.svg``: every noun a box, every reference a line; no style sheet, no font file."""

from itertools import cycle
from xml.sax.saxutils import escape

from programs.exports.schema import layout
from programs.exports.schema.layout import LANE, MARGIN, TITLE, row_text

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
PAPER, INK, QUIET, EDGE, TINT = "#ffffff", "#1a2233", "#4a5568", "#8a94a6", "#f2f5f9"
#: Dark enough on the paper to be followed; neighbours differ.
COLOURS = (
    "#c62828", "#0b57d0", "#1b7f3b", "#b0169f", "#b35c00",
    "#00757f", "#6d4c41", "#5e35b1", "#6b7a00", "#37474f",
)  # fmt: skip
HEADING = "Schema of the participation portal"
LEGEND = (
    "A line leads from a reference to the noun referred to (triangle); a dot joins a line.",
    "name? may be empty  ·  name* refers to many  ·  every noun's fields and rules: schema.md",
)


def draw(nouns):
    """The whole SVG."""
    plan = layout.lay_out(nouns)
    colours = _colours(nouns)
    parts = [*_opening(plan), *_levels(plan, colours)]
    for stack in plan.stacks:
        parts += [_panel(panel, stack) for panel in stack.panels]
        parts += _lanes(stack, plan.levels, colours)
        for box in stack.boxes:
            parts += [*_box(box, colours.get(box.noun.name, INK)), *_stubs(box, stack, colours)]
    return "\n".join([*parts, "</svg>", ""])


def _colours(nouns):
    """A colour for each noun referred to, in turn; its lines and its name have it."""
    named = {column.target for noun in nouns for column in noun.references(nouns)}
    return dict(zip([noun.name for noun in nouns if noun.name in named], cycle(COLOURS)))


def _opening(plan):
    width, height = round(plan.width), round(plan.height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{FONT}">'
    )
    yield f"<title>{HEADING}</title>"
    yield f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
    yield _text(MARGIN, 34, HEADING, size=18, bold=True)
    for number, line in enumerate(LEGEND):
        yield _text(MARGIN, 54 + 16 * number, line, fill=QUIET)


def _text(x, y, words, *, size=11, fill=INK, bold=False):
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}"{weight}'
    return f"<text {place}>{escape(words)}</text>"


def _line(colour, *points):
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.3"/>'


def _dot(x, y, colour):
    return f'<circle cx="{x:g}" cy="{y:g}" r="2.4" fill="{colour}"/>'


def _levels(plan, colours):
    """The level lanes: each joins the upright lanes of one noun."""
    for name, y in plan.levels.items():
        ends = [stack.lanes[name] for stack in plan.stacks if name in stack.lanes]
        yield _line(colours[name], (min(ends), y), (max(ends), y))
        yield from (_dot(x, y, colours[name]) for x in ends)


def _lanes(stack, levels, colours):
    """The upright lanes of a stack's gutter, from the first join to the last."""
    for name, x in stack.lanes.items():
        joins = [
            box.row_y(number)
            for box in stack.boxes
            for number, row in enumerate(box.rows)
            if row.target == name
        ]
        joins += [box.entry for box in stack.boxes if box.noun.name == name]
        joins += [levels[name]] if name in levels else []
        yield _line(colours[name], (x, min(joins)), (x, max(joins)))


def _panel(panel, stack):
    height = panel.height
    return (
        f'<rect x="{stack.x - LANE:g}" y="{panel.y:g}" width="{stack.width + 2 * LANE:g}" '
        f'height="{height:g}" rx="6" fill="{TINT}"/>'
        + _text(stack.x, panel.y + 18, panel.group, size=13, fill=QUIET, bold=True)
    )


def _box(box, colour):
    x, y = box.x, box.y
    yield f"<g><title>{escape(box.noun.sentence)}</title>"
    yield (
        f'<rect x="{x:g}" y="{y:g}" width="{box.width:g}" height="{box.height:g}" rx="3" '
        f'fill="{PAPER}" stroke="{EDGE}"/>'
    )
    yield _text(x + 12, y + TITLE - 7, box.noun.name, size=13, fill=colour, bold=True)
    for number, row in enumerate(box.rows):
        yield _text(x + 12, box.row_y(number) + 4, row_text(row))
    yield "</g>"


def _stubs(box, stack, colours):
    """What joins a box to the lanes: a dot for each reference, a triangle where lines arrive."""
    name = box.noun.name
    if name in stack.lanes:
        y, x, colour = box.entry, box.x, colours[name]
        yield _line(colour, (stack.lanes[name], y), (x, y))
        yield f'<path d="M{x:g} {y:g}l-7 -4v8z" fill="{colour}"/>'
    for number, row in enumerate(box.rows):
        y, lane, colour = box.row_y(number), stack.lanes[row.target], colours[row.target]
        yield _line(colour, (lane, y), (box.x, y))
        yield _dot(lane, y, colour)
