"""The founding articles: what they tell as records, and who says what as statements."""

from programs.imports.articles.load import load

__all__ = ["load"]
