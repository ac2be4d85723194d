"""Institutions, documents, letters, candidacies, MoUs, local bodies and commitments."""

import datetime as dt

from django.utils import timezone

from programs.domain import documents
from programs.models import (
    AssessmentCriterion,
    AssessorScore,
    BodyMember,
    Candidacy,
    Commitment,
    CommitmentSignatory,
    Document,
    Institution,
    Letter,
    LocalBody,
    Memorandum,
    Partnership,
    Pillar,
    Signatory,
)
from tests import factories

EARLY, LATE = dt.date(2018, 1, 1), dt.date(2018, 2, 1)
EXCHANGED = [
    "institution",
    "partnership",
    "letter",
    "assessmentcriterion",
    "candidacy",
    "memorandum",
    "localbody",
    "commitment",
]
DELETED = {"partnership", "assessmentcriterion"}
#: list, add, change, delete, history
ADMIN = {
    f"programs_{noun}": f"200 200 200 {200 if noun in DELETED else 403} 200"
    for noun in ["document", *EXCHANGED]
}

OWN = {("programs_document_file", "get"): 200, ("programs_document_file", "post"): 405}
OWN_ADDRESSES = {"programs_document_file": lambda rows: ([rows["programs_document"].pk], {})}
for _noun in EXCHANGED:
    OWN |= {
        (f"programs_{_noun}_import", "get"): 200,
        (f"programs_{_noun}_import", "post"): 200,
        (f"programs_{_noun}_process_import", "get"): 302,
        (f"programs_{_noun}_process_import", "post"): 302,
        (f"programs_{_noun}_export", "get"): 200,
        (f"programs_{_noun}_export", "post"): 405,
    }
    OWN_ADDRESSES[f"programs_{_noun}_export"] = lambda rows: (["csv"], {})


def make_institution(slug="kominfo", **fields):
    defaults = {"name": f"Kementerian {slug}", "abbreviation": slug.title()}
    return Institution.objects.get_or_create(slug=slug, defaults=defaults | fields)[0]


def make_document(by, title="Surat hasil seleksi", upload=None, **fields):
    return documents.store(upload or factories.pdf(), by=by, title=title, **fields)


def make_letter(**fields):
    return Letter.objects.create(**{"kind": "result", "sender": "Dirjen"} | fields)


def make_criterion(cohort, slug="infrastruktur", **fields):
    defaults = {"title": slug.title()}
    return AssessmentCriterion.objects.get_or_create(
        cohort=cohort, slug=slug, defaults=defaults | fields
    )[0]


def make_candidacy(regency, cohort, **fields):
    return Candidacy.objects.create(regency=regency, cohort=cohort, **fields)


def make_score(candidacy, criterion=None, **fields):
    criterion = criterion or make_criterion(candidacy.cohort)
    given = {"assessor": "Kelas A", "score": 80} | fields
    return AssessorScore.objects.create(candidacy=candidacy, criterion=criterion, **given)


def make_memorandum(participation, *, state="draft", **fields):
    """An MoU; a signed one with its date and both sides."""
    if state == "signed":
        fields = {"signed_on": EARLY} | fields
    row = Memorandum.objects.create(participation=participation, state=state, **fields)
    if state == "signed":
        make_signatory(row, side="ministry", office="Dirjen Aptika")
        make_signatory(row, side="region", office="Bupati")
    return row


def make_signatory(memorandum, **fields):
    given = {"side": "ministry", "office": "Dirjen Aptika"} | fields
    return Signatory.objects.create(memorandum=memorandum, **given)


def make_body(participation, **fields):
    return LocalBody.objects.create(**{"participation": participation, "kind": "team"} | fields)


def make_member(body, **fields):
    return BodyMember.objects.create(**{"body": body, "office": "Kepala Dinas"} | fields)


def make_commitment(participation, **fields):
    given = {"title": "Komitmen bersama"} | fields
    return Commitment.objects.create(participation=participation, **given)


def make_commitment_signatory(commitment, **fields):
    given = {"office": "Kepala Dinas Kesehatan"} | fields
    return CommitmentSignatory.objects.create(commitment=commitment, **given)


def a_pillar():
    defaults = {"slug": "smart-governance", "name": "Smart Governance"}
    return Pillar.objects.get_or_create(position=1, defaults=defaults)[0]


def rows(world):
    partner = make_institution()
    partnership = Partnership.objects.create(cohort=world.cohort, institution=partner)
    return {
        "programs_institution": partner,
        "programs_partnership": partnership,
        "programs_document": make_document(world.ministry),
        "programs_letter": make_letter(number_as_printed="B-1/2018"),
        "programs_assessmentcriterion": make_criterion(world.cohort),
        "programs_candidacy": make_candidacy(world.regency, world.cohort),
        "programs_memorandum": make_memorandum(world.participation),
        "programs_localbody": make_body(world.participation),
        "programs_commitment": make_commitment(world.participation),
    }


def twice(make):
    make()
    make()


def set_candidacy(world, **fields):
    row = make_candidacy(world.regency, world.cohort)
    Candidacy.objects.filter(pk=row.pk).update(**fields)


def bare_document(world, **fields):
    given = {"title": "Surat", "sha256": "0" * 64, "size": 1, "uploaded_by": world.ministry}
    Document.objects.create(**given | fields)


def its_own_amendment(world):
    row = make_memorandum(world.participation)
    Memorandum.objects.filter(pk=row.pk).update(amends=row.pk)


BREAK = {
    "programs_partnership_once_per_cohort": lambda w: twice(
        lambda: Partnership.objects.create(cohort=w.cohort, institution=make_institution())
    ),
    "programs_document_sha256_is_hex": lambda w: bare_document(w, sha256="x" * 64),
    "programs_document_not_empty": lambda w: bare_document(w, size=0),
    "programs_letter_number_once_per_sender": lambda w: twice(
        lambda: make_letter(number_as_printed="B-1")
    ),
    "programs_assessmentcriterion_slug_once": lambda w: twice(
        lambda: AssessmentCriterion.objects.create(cohort=w.cohort, slug="a", title="A")
    ),
    "programs_assessmentcriterion_weight_is_percent": lambda w: make_criterion(
        w.cohort, weight=101
    ),
    "programs_assessmentcriterion_scale_is_positive": lambda w: make_criterion(
        w.cohort, highest_score=0
    ),
    "programs_candidacy_regency_once_per_cohort": lambda w: twice(
        lambda: make_candidacy(w.regency, w.cohort)
    ),
    "programs_candidacy_dates_in_order": lambda w: make_candidacy(
        w.regency, w.cohort, assessed_from=LATE, assessed_until=EARLY
    ),
    "programs_candidacy_decision_is_dated": lambda w: set_candidacy(w, decision="selected"),
    "programs_candidacy_release_follows_decision": lambda w: set_candidacy(
        w, released_at=timezone.now()
    ),
    "programs_candidacy_struck_off_says_why": lambda w: set_candidacy(
        w, decision="struck_off", decided_at=timezone.now()
    ),
    "programs_assessorscore_once": lambda w: (
        score := make_score(make_candidacy(w.regency, w.cohort)),
        make_score(score.candidacy),
    ),
    "programs_assessorscore_not_negative": lambda w: make_score(
        make_candidacy(w.regency, w.cohort), score=-1
    ),
    "programs_memorandum_signed_has_date": lambda w: Memorandum.objects.create(
        participation=w.participation, state="signed"
    ),
    "programs_memorandum_not_its_own_amendment": its_own_amendment,
    "programs_memorandum_dates_in_order": lambda w: make_memorandum(
        w.participation, signed_on=LATE, ends_on=EARLY
    ),
    "programs_signatory_once": lambda w: (
        row := make_memorandum(w.participation),
        twice(lambda: make_signatory(row)),
    ),
    "programs_localbody_decree_once": lambda w: twice(lambda: make_body(w.participation)),
    "programs_bodymember_once": lambda w: (
        row := make_body(w.participation),
        twice(lambda: make_member(row)),
    ),
    "programs_bodymember_coordinator_has_pillar": lambda w: make_member(
        make_body(w.participation), pillar=a_pillar()
    ),
    "programs_commitmentsignatory_once": lambda w: (
        row := make_commitment(w.participation),
        twice(lambda: make_commitment_signatory(row)),
    ),
}
