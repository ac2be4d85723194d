"""Where everything stands in ``docs/schema.svg``.

Groups are stacked in columns. Left of each column is a gutter with one upright lane per noun
referred to; lanes of the same noun meet in one level lane above the columns, so that many
references to one noun are one line, and no line crosses a box.
"""

from dataclasses import dataclass, field
from itertools import groupby

MARGIN = 24
HEADER = 96  # title and legend
STACKS = 5
ROW = 16
TITLE = 24
GROUP_TITLE = 26
GAP = 12
LANE = 7
LEVEL = 12
LETTER = 6.7  # widest usual width of a letter at 11 pixels


@dataclass
class Box:
    """A noun with the columns that refer to other drawn nouns, each on its row."""

    noun: object
    rows: list
    x: float = 0
    y: float = 0
    width: float = 0

    @property
    def height(self):
        return TITLE + (ROW * len(self.rows) + 6 if self.rows else 0)

    @property
    def entry(self):
        """How high a line to this noun enters."""
        return self.y + TITLE / 2

    def row_y(self, number):
        return self.y + TITLE + ROW * (number + 0.5) + 1


@dataclass
class Panel:
    """A group: its title and its boxes."""

    group: str
    boxes: list
    y: float = 0

    @property
    def height(self):
        return GROUP_TITLE + sum(box.height + GAP for box in self.boxes)


@dataclass
class Stack:
    """Panels one below the other, with the lanes of the gutter to their left."""

    panels: list
    lanes: dict = field(default_factory=dict)
    x: float = 0
    width: float = 0

    @property
    def boxes(self):
        return [box for panel in self.panels for box in panel.boxes]

    @property
    def height(self):
        return sum(panel.height + GAP for panel in self.panels)

    def targets(self):
        return {row.target for box in self.boxes for row in box.rows}

    def names(self):
        return {box.noun.name for box in self.boxes}


@dataclass
class Layout:
    stacks: list
    levels: dict  # noun's name: height of its level lane
    width: float = 0
    height: float = 0


def lay_out(nouns):
    boxes = [Box(noun, noun.references(nouns)) for noun in nouns]
    panels = [
        Panel(group, list(members))
        for group, members in groupby(boxes, key=lambda box: box.noun.group)
    ]
    stacks = stacked(panels)
    shared = _shared(stacks, [noun.name for noun in nouns])
    top = HEADER + LEVEL * len(shared) + GAP
    levels = {name: HEADER + LEVEL * number for number, name in enumerate(shared)}
    right = MARGIN
    for stack in stacks:
        right = _place(stack, levels, left=right, top=top)
    bottom = top + max(stack.height for stack in stacks)
    return Layout(stacks, levels, width=right + MARGIN, height=bottom + MARGIN)


def stacked(panels):
    """The panels in order on at most ``STACKS`` stacks, the tallest as low as can be."""
    limit = max(panel.height for panel in panels)
    while len(stacks := _filled(panels, limit)) > STACKS:
        limit += ROW
    return stacks


def _filled(panels, limit):
    stacks = []
    for panel in panels:
        if not stacks or stacks[-1].height + panel.height > limit:
            stacks.append(Stack([]))
        stacks[-1].panels.append(panel)
    return stacks


def _shared(stacks, order):
    """Nouns that another stack refers to, and so need a level lane."""
    crossing = {name for stack in stacks for name in stack.targets() - stack.names()}
    return [name for name in order if name in crossing]


def _place(stack, levels, *, left, top):
    """Give a stack, its lanes and boxes their places; returns its right edge."""
    abroad = [name for name in levels if name in stack.targets() or name in stack.names()]
    at_home = sorted(stack.targets() - set(abroad))
    stack.lanes = {name: left + LANE * (n + 2) for n, name in enumerate([*abroad, *at_home])}
    stack.x = left + LANE * (len(stack.lanes) + 4)
    stack.width = max(map(_width, stack.boxes))
    y = top
    for panel in stack.panels:
        panel.y = y
        y += GROUP_TITLE
        for box in panel.boxes:
            box.x, box.y, box.width = stack.x, y, stack.width
            y += box.height + GAP
        y += GAP
    return stack.x + stack.width + LANE


def _width(box):
    letters = [len(box.noun.name) * 1.3, *(len(row_text(row)) for row in box.rows)]
    return round(max(letters) * LETTER) + 20


def row_text(column):
    """A reference as it is written in the box: ``replaced_by? → Participation``."""
    mark = "*" if column.is_many else "?" if column.is_nullable else ""
    return f"{column.name}{mark} → {column.target}"
