"""How the ministry moves stages; what such a page does is told in ``regencies.admin.deeds``."""

from functools import partial

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.tags import status_tag
from programs.domain import stages, steps
from programs.models import StageVersion
from regencies.admin.deeds import Deed, ReasonForm, row_by_row

LONGEST_NUMBER = 9  # digits


class ReturnForm(ReasonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.help_text = _("What the region has to repair. Its officers read these words.")
        field.error_messages["required"] = _("Say why the stage is returned.")


def deed_of(step, do, title, question, button, done, **more):
    def refusals(rows, by):
        return row_by_row(partial(steps.refusal, step, by=by))(rows, by)

    return Deed(
        verb=step.verb,
        right=step.right,
        do=do,
        title=title,
        question=question,
        button=button,
        done=done,
        refusals=refusals,
        facts=[(gettext_lazy("Status"), status_tag)],
        afterwards=[(gettext_lazy("Stages waiting for review"), "status__exact=submitted")],
        **{"columns": PLACE} | more,
    )


def of_the_version_read(do):
    """Verifying and returning are about one version: the one shown, not what came since."""

    def act(stage, *, by, seen, **answer):
        return do(stage, by=by, version=_number(seen), **answer)

    return act


def _number(text):
    """What a page sent as a version; a word is no version and so never the newest."""
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else 0


def newest_version(stage):
    """The number of what was last submitted, as a page sends it along; 0 before the first."""
    return str(stage.newest or 0)


def _version(stage):
    read = _number(stage.seen)
    if not read:
        return "–"
    if read != stage.newest:
        words = _("A newer version was submitted. Open the stage and read it.")
        return format_html('{} <span class="help">{}</span>', str(read), words)
    day = date_format(localtime(stage.newest_at), "j M Y H:i")
    return format_html('{} <span class="quiet">{}</span>', str(read), day)


PLACE = [
    (gettext_lazy("Region"), lambda stage: stage.participation.regency),
    (gettext_lazy("Year"), lambda stage: str(stage.participation.cohort.year)),
    (gettext_lazy("Stage"), lambda stage: stage.definition),
]
OF_A_VERSION = {
    "columns": [*PLACE, (gettext_lazy("Version"), _version)],
    "stamp": newest_version,
}
VERIFY = deed_of(
    steps.VERIFY,
    of_the_version_read(stages.verify),
    gettext_lazy("Verify stages"),
    gettext_lazy("Verifying accepts what was submitted. There is no way back."),
    gettext_lazy("Verify"),
    gettext_lazy("Verified"),
    **OF_A_VERSION,
)
RETURN = deed_of(
    steps.RETURN,
    of_the_version_read(stages.return_for_repair),
    gettext_lazy("Return stages"),
    gettext_lazy("The region can then change the stage and submit it again."),
    gettext_lazy("Return"),
    gettext_lazy("Returned"),
    form=ReturnForm,
    offer=gettext_lazy("Return with a reason…"),
    **OF_A_VERSION,
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
STAGE_DEEDS = [VERIFY, RETURN, PUBLISH, UNPUBLISH]


def with_newest(rows):
    """The stages with the number and time of what was last submitted."""
    newest = StageVersion.objects.filter(stage=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        newest=Subquery(newest.values("number")[:1]),
        newest_at=Subquery(newest.values("submitted_at")[:1]),
    )
