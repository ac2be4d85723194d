"""Two deeds for every list of rows that the ministry may open to the public."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs.admin.marks import mark
from programs.domain import publishing
from programs.models import Publication
from regencies.access import Right
from regencies.admin.deeds import Deed, DeedsAdmin


def publication_tag(row):
    """Internal or public, in words, shape and colour."""
    kind = "verified" if row.publication == Publication.PUBLIC else "not_started"
    words = row.get_publication_display()
    return mark(kind, words)


def _deed(to, **words):
    return Deed(
        right=Right.REVIEW,
        refusals=lambda rows, by: publishing.refusals(rows, to=to),
        facts=[(_("Publication"), publication_tag)],
        is_on_page=False,
        **words,
    )


PUBLISH = _deed(
    Publication.PUBLIC,
    verb="make_public",
    do=publishing.publish,
    title=_("Make public"),
    question=_(
        "Public rows are on the public pages and in the public API, once the cohort and the "
        "participation above them are public too."
    ),
    button=_("Make public"),
    done=_("Public"),
)
UNPUBLISH = _deed(
    Publication.INTERNAL,
    verb="make_internal",
    do=publishing.unpublish,
    title=_("Take off the public pages"),
    question=_("The rows stay on record; only the public no longer reads them."),
    button=_("Take off the public pages"),
    done=_("No longer public"),
)


class PublishingAdmin(DeedsAdmin):
    """Adds to a ``ScopedAdmin`` of a ``Publishable``: the two deeds, which are the one way.

    Forms only show the publication. Stands before ``ScopedAdmin`` in the bases; a class may
    have ``deeds`` of its own.
    """

    publishing_deeds = (PUBLISH, UNPUBLISH)

    def get_deeds(self):
        return [*super().get_deeds(), *self.publishing_deeds]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "publication"]

    @admin.display(description=_("publication"), ordering="publication")
    def publication_state(self, row):
        """For ``list_display``: the publication as a tag."""
        return publication_tag(row)
