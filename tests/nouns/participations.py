"""The participation's own routes, and a whole life: ``number`` rows of every kind."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType

from programs.models import (
    ComponentScore,
    FollowUp,
    LegalInstrument,
    PillarScore,
    Statement,
    SupportingAgency,
)
from regencies.access import Role
from tests import factories
from tests.nouns import honours, papers, plans

OWN = {
    ("programs_participation_life", "get"): 200,
    ("programs_participation_life", "post"): 405,
}
OWN_ADDRESSES = {
    "programs_participation_life": lambda rows: ([rows["programs_participation"].pk], {}),
}


def live(participation, number, by):
    """``number`` rows of every kind that a participation's life is made of."""
    _come_into_it(participation, number)
    _sign(participation, number, by)
    for index in range(number):
        _plan(participation, number, index, by)
        _be_honoured(participation, number, index, by)
    for index in range(number):
        participation.sources.add(factories.make_source(f"https://example.org/{index}"))
        _say(participation, index)


def _come_into_it(participation, number):
    place = participation.regency, participation.cohort
    candidacy = papers.make_candidacy(*place, letter=papers.make_letter(cohort=place[1]))
    for index in range(number):
        papers.make_score(candidacy, papers.make_criterion(place[1], f"k{index}"))
        papers.make_letter(cohort=place[1], regency=place[0], number_as_printed=f"B.{index}")


def _sign(participation, number, by):
    for index in range(number):
        agency = factories.make_agency(participation.regency, f"Dinas {index}")
        paper = papers.make_document(by, f"Naskah {index}", regency=participation.regency)
        before = participation.memoranda.first()
        papers.make_memorandum(
            participation,
            state="signed",
            number_as_printed=f"N{index}",
            document=paper,
            amends=before,
        )
        body = papers.make_body(participation, decree_number=f"SK {index}", document=paper)
        commitment = papers.make_commitment(participation, document=paper)
        for seat in range(number):
            papers.make_member(body, office=f"Kepala {seat}", agency=agency)
            papers.make_commitment_signatory(commitment, office=f"Camat {seat}", agency=agency)
    for stage in participation.stages.all()[:number]:
        factories.make_submitted(stage)


def _plan(participation, number, index, by):
    plan = plans.make_plan(participation, index + 1)
    paper = participation.commitments.first().document
    definition = participation.cohort.books.filter(number=index + 1).first()
    definition = definition or plans.make_definition(participation.cohort, index + 1, "Bab 1")
    plans.make_book(plan, definition, document=paper)
    LegalInstrument.objects.create(masterplan=plan, form="perbup", number_as_printed=f"{index}")
    agency = factories.make_agency(participation.regency, f"Dinas {index}")
    helper = factories.make_agency(participation.regency, f"Badan {index}")
    officer = factories.make_user(role=Role.OFFICER, regency=participation.regency)
    for count in range(number):
        initiative = plans.make_initiative(
            plan, f"Program {count}", lead_agency=agency, is_quick_win=count == 0
        )
        SupportingAgency.objects.create(initiative=initiative, agency=helper)
        for year in range(number):
            plans.make_year(initiative, 2018 + year)
            plans.make_claim(initiative, officer, 40 + year)


def _be_honoured(participation, number, index, by):
    region = participation.regency
    event = honours.make_event(f"Penghargaan {index}")
    honours.make_award(region, honours.make_category(event, pillar=plans.make_pillar()))
    held = honours.make_round(2020 + index)
    evaluation = honours.make_evaluation(region, held, letter=papers.make_letter())
    for part in held.scheme.components.all():
        for scorer in ("self", "final"):
            ComponentScore.objects.create(
                evaluation=evaluation, component=part, scorer=scorer, score=3
            )
    PillarScore.objects.create(evaluation=evaluation, pillar=plans.make_pillar(), score=3)
    for position in range(1, number + 1):
        advice = honours.make_recommendation(
            evaluation, position, agency=factories.make_agency(region, f"Dinas {index}")
        )
        for _again in range(number):
            FollowUp.objects.create(
                recommendation=advice,
                text="Dilengkapi.",
                reported_by=by,
                reported_at=dt.datetime(2021, 1, 1, tzinfo=dt.UTC),
            )


def _say(participation, index):
    source = factories.make_source(f"https://example.org/{index}")
    records = [participation, participation.memoranda.first(), participation.commitments.first()]
    for record in records:
        Statement.objects.create(
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            field="" if record is participation else "signed_on",
            source=source,
            stated=f"2018-05-{10 + index}",
        )
