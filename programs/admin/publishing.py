"""Two actions for every list of rows that the ministry may open to the public."""

from functools import partial

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programs.admin.row_steps import RowDeed, ask, each
from programs.domain import publishing
from programs.models import Publication
from regencies.access import Right, holds


def publication_tag(row):
    """Internal or public, in words, shape and colour."""
    kind = "verified" if row.publication == Publication.PUBLIC else "not_started"
    words = row.get_publication_display()
    return format_html('<strong class="portal-tag portal-tag--{}">{}</strong>', kind, words)


COLUMNS = [(_("Publication"), publication_tag)]
PUBLISH = RowDeed(
    action="make_public",
    take=each(publishing.publish, _("Public")),
    title=_("Make public"),
    question=_(
        "Public rows are on the public pages and in the public API, once the cohort and the "
        "participation above them are public too."
    ),
    button=_("Make public"),
    refusals=partial(publishing.refusals, to=Publication.PUBLIC),
    columns=COLUMNS,
)
UNPUBLISH = RowDeed(
    action="make_internal",
    take=each(publishing.unpublish, _("No longer public")),
    title=_("Take off the public pages"),
    question=_("The rows stay on record; only the public no longer reads them."),
    button=_("Take off the public pages"),
    refusals=partial(publishing.refusals, to=Publication.INTERNAL),
    columns=COLUMNS,
)


class PublishingAdmin:
    """Adds to a ``ScopedAdmin`` of a ``Publishable``: the two actions, which are the one way.

    Forms only show the publication. Stands before ``ScopedAdmin`` in the bases; a class may
    have ``actions`` of its own.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.actions = [*(self.actions or []), "make_public", "make_internal"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "publication"]

    def has_review_permission(self, request):
        return holds(request.user, Right.REVIEW)

    @admin.action(description=_("Make public…"), permissions=["review"])
    def make_public(self, request, queryset):
        return ask(request, self, PUBLISH, queryset)

    @admin.action(description=_("Take off the public pages…"), permissions=["review"])
    def make_internal(self, request, queryset):
        return ask(request, self, UNPUBLISH, queryset)

    @admin.display(description=_("publication"), ordering="publication")
    def publication_state(self, row):
        """For ``list_display``: the publication as a tag."""
        return publication_tag(row)
