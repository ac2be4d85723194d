"""How the ministry moves stages; what such a page does is told in ``regencies.admin.deeds``."""

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.tags import status_tag
from programs.domain import stages, steps
from programs.models import StageVersion
from regencies.admin.deeds import Deed, DeedPage, ReasonForm

LONGEST_NUMBER = 9  # digits


class ReturnForm(ReasonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.help_text = _("What the region has to repair. Its officers read these words.")
        field.error_messages["required"] = _("Say why the stage is returned.")


def deed_of(step, do, title, question, button, done, **more):
    def refusal(stage, *, by):
        return steps.refusal(step, stage, by=by)

    return Deed(
        verb=step.verb,
        right=step.right,
        do=do,
        title=title,
        question=question,
        button=button,
        done=done,
        refusal=refusal,
        **more,
    )


VERIFY = deed_of(
    steps.VERIFY,
    stages.verify,
    gettext_lazy("Verify stages"),
    gettext_lazy("Verifying accepts what was submitted. There is no way back."),
    gettext_lazy("Verify"),
    gettext_lazy("Verified"),
)
RETURN = deed_of(
    steps.RETURN,
    stages.return_for_repair,
    gettext_lazy("Return stages"),
    gettext_lazy("The region can then change the stage and submit it again."),
    gettext_lazy("Return"),
    gettext_lazy("Returned"),
    form=ReturnForm,
    offer=gettext_lazy("Return with a reason…"),
)
PUBLISH = deed_of(
    steps.PUBLISH,
    stages.publish,
    gettext_lazy("Publish stages"),
    gettext_lazy("Published stages are on the public pages and in the public API."),
    gettext_lazy("Publish"),
    gettext_lazy("Published"),
)
UNPUBLISH = deed_of(
    steps.UNPUBLISH,
    stages.unpublish,
    gettext_lazy("Take stages off the public pages"),
    gettext_lazy("The verification stays; only the public no longer reads the stage."),
    gettext_lazy("Take off the public pages"),
    gettext_lazy("No longer public"),
)
ABOUT_A_VERSION = (VERIFY, RETURN)


def with_newest(rows):
    """The stages with the number and time of what was last submitted."""
    newest = StageVersion.objects.filter(stage=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        newest=Subquery(newest.values("number")[:1]),
        newest_at=Subquery(newest.values("submitted_at")[:1]),
    )


class StagePage(DeedPage):
    """Verifying and returning are about one version: the one the person was shown.

    It is what their page sent (``read``, 0 before the first), not what came since.
    """

    def columns_of(self, deed):
        version = [(gettext_lazy("Version"), _version)] if deed in ABOUT_A_VERSION else []
        return [*self.columns, *version]

    def mark(self, row, data):
        row.read = _number(data.get(f"version-{row.pk}"), otherwise=row.newest or 0)

    def details(self, row, deed):
        return {"version": row.read} if deed in ABOUT_A_VERSION else {}

    def kept(self, row, deed):
        if deed not in ABOUT_A_VERSION:
            return {}
        return {f"version-{row.pk}": getattr(row, "read", row.newest or 0)}


def _number(text, *, otherwise):
    """What a page sent as a version; a word is no version and so never the newest."""
    if text is None:
        return otherwise
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else 0


def _version(stage):
    if not stage.read:
        return "–"
    if stage.read != stage.newest:
        words = _("A newer version was submitted. Open the stage and read it.")
        return format_html('{} <span class="help">{}</span>', str(stage.read), words)
    day = date_format(localtime(stage.newest_at), "j M Y H:i")
    return format_html('{} <span class="quiet">{}</span>', str(stage.read), day)


STAGE_PAGE = StagePage(
    VERIFY,
    RETURN,
    PUBLISH,
    UNPUBLISH,
    columns=[
        (gettext_lazy("Region"), lambda stage: stage.participation.regency),
        (gettext_lazy("Year"), lambda stage: str(stage.participation.cohort.year)),
        (gettext_lazy("Stage"), lambda stage: stage.definition),
    ],
    state=status_tag,
    afterwards=[(gettext_lazy("Stages waiting for review"), "status__exact=submitted")],
)
