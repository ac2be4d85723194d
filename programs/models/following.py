"""Rows that hang on a participation: how far they are seen follows from it."""

from django.db.models import Q

from programs.models.publication import Publication
from regencies.access import ScopedQuerySet


def public_through(path: str) -> Q:
    """The participation at ``path`` and its cohort are public."""
    return Q(
        **{
            f"{path}publication": Publication.PUBLIC,
            f"{path}cohort__publication": Publication.PUBLIC,
        }
    )


def following(path: str, *, published: str | None = "") -> type[ScopedQuerySet]:
    """The queryset class of rows whose participation stands at ``path``.

    ``published``: the path to the row with the publication of its own ("" is the row itself,
    None where the participation's publication alone decides).
    """
    public = public_through(path)
    if published is not None:
        public &= Q(**{f"{published}publication": Publication.PUBLIC})
    return type(
        "FollowingQuerySet",
        (ScopedQuerySet,),
        {
            "regency_prefix": f"{path}regency__",
            "participation_prefix": path,
            "public_rows": public,
        },
    )
