"""What the database refuses about papers, candidates and agreements, whoever asks."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from programs.domain import candidacies
from programs.models import AssessmentCriterion, Candidacy, Document, Memorandum, Signatory
from tests import factories
from tests.nouns import papers


def refused(act, match):
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        act()


def deferred_refused(act, match):
    """As ``refused``, for the rules that are checked when the transaction ends."""

    def act_to_the_end():
        act()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    refused(act_to_the_end, match)


@pytest.mark.parametrize(
    "changes",
    [
        {"file": "documents/00/lain"},
        {"original_name": "lain.pdf"},
        {"content_type": "image/png"},
        {"size": 1},
        {"sha256": "0" * 64},
        {"uploaded_at": "2020-01-01T00:00:00Z"},
    ],
)
def test_a_stored_paper_never_changes(changes, ministry):
    papers.make_document(ministry)

    refused(lambda: Document.objects.update(**changes), "document_never_changes")


def test_a_stored_paper_stays_and_may_change_its_title(ministry):
    row = papers.make_document(ministry)

    refused(row.delete, "document_stays")
    assert Document.objects.update(title="Judul lain") == 1


def test_a_candidacy_stays_with_its_region_and_cohort(regency, elsewhere, cohort):
    papers.make_candidacy(regency, cohort)

    refused(lambda: Candidacy.objects.update(regency=elsewhere), "candidacy_stays")


@pytest.mark.parametrize(
    "changes",
    [{"decision": "reserve"}, {"reason": "lain"}, {"decided_by": None}],
)
def test_a_released_decision_stays(changes, regency, cohort, ministry):
    row = candidacies.decide(
        papers.make_candidacy(regency, cohort), by=ministry, decision="selected"
    )
    candidacies.release([row], by=ministry)

    refused(lambda: Candidacy.objects.update(**changes), "released_decision_is_frozen")


def test_a_score_fits_the_cohort_and_the_scale(regency, cohort):
    row = papers.make_candidacy(regency, cohort)
    other = papers.make_criterion(factories.make_cohort(2019))

    refused(lambda: papers.make_score(row, other), "score_fits_its_criterion")
    refused(lambda: papers.make_score(row, score=101), "score_fits_its_criterion")


def test_a_published_criterion_is_frozen(cohort):
    papers.make_criterion(cohort)
    cohort.definitions_published_at = timezone.now()
    cohort.save()

    refused(lambda: AssessmentCriterion.objects.update(weight=5), "criterion_is_frozen")
    refused(lambda: papers.make_criterion(cohort, "baru"), "criterion_is_frozen")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("side", ["ministry", "region"])
def test_a_signed_mou_without_one_side_does_not_survive_the_commit(side):
    participation = factories.make_participation()

    def sign_alone():
        given = {"participation": participation, "state": "signed", "signed_on": papers.EARLY}
        with transaction.atomic():
            papers.make_signatory(Memorandum.objects.create(**given), side=side)

    with pytest.raises(IntegrityError, match="signed_has_both_sides"):
        sign_alone()

    assert not Memorandum.objects.exists()


def test_a_signed_mou_with_both_sides_passes_the_end_of_the_transaction(participation):
    papers.make_memorandum(participation, state="signed")

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Memorandum.objects.get().state == "signed"


@pytest.mark.parametrize(
    "change",
    [
        lambda: Signatory.objects.filter(side="region").delete(),
        lambda: Signatory.objects.filter(side="region").update(side="ministry", name="B"),
    ],
)
def test_the_signatories_of_a_signed_mou_stay_complete(change, participation):
    papers.make_memorandum(participation, state="signed")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    deferred_refused(change, "signatories_stay_complete")
