"""``docs/schema.md``: the nouns with their rules in words, the drawings as Mermaid text."""

from itertools import groupby

from programs.exports.schema.groups import EVERYWHERE

INTRODUCTION = """\
# Schema

Written from the models by `manage.py draw_schema`; do not edit by hand, a test holds it equal to
them. Not drawn: history tables (one for each noun with *row history*), the plain tables between
two nouns, and Django's own tables.

[The same as a picture](schema.svg), with every relation.
"""
OVERVIEW = """\
An arrow leads from the noun that refers to the noun referred to. Many nouns of all groups refer
to {}: arrows to these from other groups are left out here.
"""


def write(nouns):
    """The whole document."""
    parts = [INTRODUCTION, "## Overview\n", overview(nouns)]
    for group, members in groupby(nouns, key=lambda noun: noun.group):
        members = list(members)
        lines = [in_words(noun) for noun in members]
        parts += [f"## {group}\n", "\n".join(lines) + "\n", diagram(members, nouns)]
    return "\n".join(parts)


def overview(nouns):
    """Nouns in their groups with one arrow per pair, but for arrows to what most nouns name."""
    lines = ["flowchart RL"]
    for number, (group, members) in enumerate(groupby(nouns, key=lambda noun: noun.group), 1):
        lines += [f'  subgraph g{number}["{group}"]']
        lines += [f"    {noun.name}" for noun in members]
        lines += ["  end"]
    lines += dict.fromkeys(f"  {source} --> {target}" for source, target in _arrows(nouns))
    return f"{fenced(lines)}\n{OVERVIEW.format(', '.join(sorted(EVERYWHERE)))}"


def _arrows(nouns):
    groups = {noun.name: noun.group for noun in nouns}
    for noun in nouns:
        for column in noun.references(nouns):
            if column.target not in EVERYWHERE or groups[column.target] == noun.group:
                yield noun.name, column.target


def in_words(noun):
    """A noun on one line: what it is, and what the database keeps true about it."""
    rules = [
        f"{title}: {', '.join(f'`{name}`' for name in names)}."
        for title, names in (("Constraints", noun.constraints), ("Triggers", noun.triggers))
        if names
    ]
    history = ["Row history."] if noun.is_tracked else []
    return " ".join([f"- **{noun.name}**:", noun.sentence, *rules, *history])


def diagram(members, nouns):
    """The members of a group with their columns; nouns of other groups stand as bare names."""
    lines = ["erDiagram"]
    for noun in members:
        lines += [f"  {noun.name} {{", *map(_attribute, noun.columns), "  }"]
    lines += dict.fromkeys(
        _relation(noun, column) for noun in members for column in noun.references(nouns)
    )
    return fenced(lines)


def _attribute(column):
    remark = f'"{column.remark}"' if column.remark else ""
    return " ".join(filter(None, ["   ", column.type, column.name, column.key, remark]))


def _relation(noun, column):
    """A line without the column's name: the column's type says where it leads."""
    far = "}o" if column.is_many else "|o" if column.is_nullable else "||"
    near = "o|" if "UK" in column.key else "o{"
    return f'  {column.target} {far}--{near} {noun.name} : ""'


def fenced(lines):
    return "\n".join(["```mermaid", *lines, "```", ""])
