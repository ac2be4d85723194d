"""The schema in words and drawings, written from the models, never by hand."""

from programs.exports.schema import nouns, page, picture


def drawn():
    """The documents by file name, as they should stand in ``docs/``."""
    read = nouns.read()
    return {"schema.md": page.write(read), "schema.svg": picture.draw(read)}
