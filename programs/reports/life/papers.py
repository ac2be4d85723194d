"""From the assessment to the last Bimtek, and what was signed on the way."""

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from programs.models import (
    AssessorScore,
    BodyMember,
    Candidacy,
    CommitmentSignatory,
    Letter,
    LetterKind,
    Output,
    Participation,
)
from programs.reports.life.section import Add, Section, own, with_parts

OF_THE_SELECTION = (LetterKind.INVITATION, LetterKind.RESULT, LetterKind.OTHER)


def candidacy(participation: Participation) -> Section:
    """How the region came into the cohort, with the assessors' scores and the letters."""
    place = {"regency": participation.regency_id, "cohort": participation.cohort_id}
    scores = AssessorScore.objects.select_related("criterion")
    rows = list(
        Candidacy.objects.filter(**place)
        .select_related("regency", "cohort", "letter", "decided_by", "released_by")
        .prefetch_related(Prefetch("scores", scores))
    )
    letters = list(
        Letter.objects.filter(
            Q(regency=participation.regency_id) | Q(regency=None),
            cohort=participation.cohort_id,
            kind__in=OF_THE_SELECTION,
        ).order_by("dated_on", "pk")
    )
    return Section(
        "candidacy",
        _("Candidacy"),
        rows,
        _("No candidacy is on record: how the region was chosen is not known here."),
        _("The ministry enters invitation, scores, decision and result letter."),
        [  # a region is a candidate of a cohort once
            *([] if rows else [Add(_("Add the candidacy"), "candidacy", place)]),
            Add(_("Add a letter"), "letter", place | {"kind": LetterKind.RESULT.value}),
        ],
        [*with_parts(rows, "scores"), *letters],
        {"letters": letters},
    )


def memoranda(participation: Participation) -> Section:
    rows = list(
        participation.memoranda.select_related("amends", "document").prefetch_related(
            "signatories"
        )
    )
    return Section(
        "memoranda",
        _("MoU"),
        rows,
        _("No MoU is on record."),
        _("The ministry and the region sign it; the ministry enters what is printed on it."),
        [Add(_("Add an MoU"), "memorandum", own(participation))],
        with_parts(rows, "signatories"),
    )


def bodies(participation: Participation) -> Section:
    members = BodyMember.objects.select_related("agency", "pillar")
    rows = list(
        participation.bodies.select_related("document").prefetch_related(
            Prefetch("members", members)
        )
    )
    return Section(
        "bodies",
        _("Local bodies"),
        rows,
        _("Neither Dewan Smart City nor Tim Pelaksana is on record."),
        _("The region sets them up by decree and hands the decree over."),
        [Add(_("Add a local body"), "localbody", own(participation))],
        with_parts(rows, "members"),
    )


def stages(participation: Participation) -> Section:
    """The stages in order, each with its sessions, and its outputs with their newest file."""
    outputs = Output.objects.select_related("requirement").prefetch_related("versions")
    rows = list(
        participation.stages.select_related("definition").prefetch_related(
            "sessions", Prefetch("outputs", outputs)
        )
    )
    for stage in rows:
        stage.is_without_files = not any(output.latest for output in stage.outputs.all())
    return Section(
        "stages",
        _("Bimtek I to IV"),
        rows,
        _("No stage is open yet."),
        _("The ministry opens the stages of the whole cohort at once, from the cohort's page."),
        records=with_parts(rows, "sessions"),
    )


def commitments(participation: Participation) -> Section:
    signatories = CommitmentSignatory.objects.select_related("agency")
    rows = list(
        participation.commitments.select_related("document").prefetch_related(
            Prefetch("signatories", signatories)
        )
    )
    return Section(
        "commitments",
        _("Commitment"),
        rows,
        _("No signed commitment is on record."),
        _("The region's leaders sign it on the last day of Bimtek IV and hand it over."),
        [Add(_("Add a commitment"), "commitment", own(participation))],
        with_parts(rows, "signatories"),
    )
