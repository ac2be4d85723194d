"""Awards, evaluations and recommendations: their rows, admin pages and constraints."""

import datetime as dt
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from programs.domain import schemes
from programs.models import (
    Award,
    AwardCategory,
    AwardEvent,
    ComponentScore,
    Evaluation,
    EvaluationComponent,
    EvaluationRound,
    EvaluationScheme,
    Institution,
    Pillar,
    PillarScore,
    Recommendation,
    Scorer,
)
from regencies.access import Role
from tests import factories

WEIGHTS = (("Baseline", 10), ("Output", 20), ("Outcome", 30), ("Impact", 20), ("Quick Win", 20))
#: Kota Kediri 2022, as published beside its index of 3.31
KEDIRI = ("3.60", "3.21", "3.23", "3.07", "3.65")
EARLY, LATE = dt.date(2018, 1, 1), dt.date(2018, 2, 1)


def make_institution(slug="kominfo", name="Kementerian Komunikasi dan Informatika"):
    return Institution.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_event(name="Penghargaan 2018", **fields):
    given = {"held_on": dt.date(2018, 12, 14), "organiser": make_institution()} | fields
    return AwardEvent.objects.get_or_create(name=name, defaults=given)[0]


def make_category(event=None, name="Masterplan terbaik", **fields):
    event = event or make_event()
    return AwardCategory.objects.get_or_create(event=event, name=name, defaults=fields)[0]


def make_award(regency=None, category=None, **fields):
    given = {"awarding_body": make_institution()} | fields
    return Award.objects.create(
        category=category or make_category(),
        regency=regency or factories.make_regency(),
        **given,
    )


def make_scheme(slug="2021", weights=WEIGHTS, **fields):
    """A scheme in draft, its five components weighing 100."""
    scheme = EvaluationScheme.objects.create(slug=slug, name=f"Pedoman {slug}", **fields)
    for position, (name, weight) in enumerate(weights, 1):
        EvaluationComponent.objects.create(
            scheme=scheme,
            position=position,
            slug=name.lower().replace(" ", "-"),
            name=name,
            weight=weight,
        )
    return scheme


def make_published_scheme(slug="2021", weights=WEIGHTS):
    found = EvaluationScheme.objects.filter(slug=slug).first()
    by = factories.make_user(role=Role.MINISTRY)
    return found or schemes.publish(make_scheme(slug, weights), by=by)


def make_round(year=2022, scheme=None, **fields):
    given = {"scheme": scheme or make_published_scheme()} | fields
    return EvaluationRound.objects.get_or_create(year=year, phase="once", defaults=given)[0]


def make_evaluation(regency=None, held=None, **fields):
    return Evaluation.objects.create(
        regency=regency or factories.make_regency(), round=held or make_round(), **fields
    )


def score(evaluation, *scores, scorer=Scorer.FINAL):
    """Scores for the first components of the round's scheme, in order."""
    for part, number in zip(evaluation.round.scheme.components.all(), scores, strict=False):
        ComponentScore.objects.create(
            evaluation=evaluation, component=part, scorer=scorer, score=Decimal(number)
        )


def make_pillar(position=1, name="Smart Governance"):
    slug = name.lower().replace(" ", "-")
    given = {"position": position, "name": name}
    return Pillar.objects.get_or_create(slug=slug, defaults=given)[0]


def make_recommendation(evaluation=None, position=1, **fields):
    given = {"text": "Lengkapi data dukung."} | fields
    return Recommendation.objects.create(
        evaluation=evaluation or make_evaluation(), position=position, **given
    )


def rows(world):
    held = make_round()
    evaluation = make_evaluation(world.regency, held)
    return {
        "programs_awardevent": make_event(),
        "programs_awardcategory": make_category(),
        "programs_award": make_award(world.regency),
        "programs_evaluationscheme": make_scheme("lain"),
        "programs_evaluationround": held,
        "programs_evaluation": evaluation,
        "programs_recommendation": make_recommendation(evaluation),
    }


ADMIN = {
    "programs_awardevent": "200 200 200 403 200",
    "programs_awardcategory": "200 200 200 200 200",
    "programs_award": "200 200 200 200 200",
    "programs_evaluationscheme": "200 200 200 200 200",
    "programs_evaluationround": "200 200 200 403 200",
    "programs_evaluation": "200 200 200 403 200",
    "programs_recommendation": "200 200 200 200 200",
}

OWN = {
    ("programs_awardevent_recipients", "get"): 200,
    ("programs_awardevent_recipients", "post"): 200,
    ("programs_awardevent_take_back", "get"): 302,
    ("programs_awardevent_take_back", "post"): 302,
    ("programs_evaluationscheme_copy", "get"): 200,
    ("programs_evaluationscheme_copy", "post"): 200,
}

OWN_ADDRESSES = {
    "programs_awardevent_recipients": lambda found: ([found["programs_awardevent"].pk], {}),
    "programs_awardevent_take_back": lambda found: ([found["programs_awardevent"].pk], {}),
    "programs_evaluationscheme_copy": lambda found: ([found["programs_evaluationscheme"].pk], {}),
}

for _noun in ADMIN:
    OWN |= {
        (f"{_noun}_import", "get"): 200,
        (f"{_noun}_import", "post"): 200,
        (f"{_noun}_process_import", "get"): 302,
        (f"{_noun}_process_import", "post"): 302,
        (f"{_noun}_export", "get"): 200,
        (f"{_noun}_export", "post"): 405,
    }
    OWN_ADDRESSES[f"{_noun}_export"] = lambda found: (["csv"], {})


def twice(make):
    make()
    make()


def event_twice(world):
    twice(lambda: AwardEvent.objects.create(name="Expo", held_on=EARLY))


def half_closed(world):
    Recommendation.objects.filter(pk=make_recommendation().pk).update(closed_at=timezone.now())


def pillar_score(world, number="3"):
    PillarScore.objects.create(
        evaluation=Evaluation.objects.first() or make_evaluation(),
        pillar=make_pillar(),
        score=Decimal(number),
    )


def component_twice(world):
    EvaluationComponent.objects.create(scheme=make_scheme(), slug="output", name="Lagi", weight=1)


def score_twice(world):
    evaluation = make_evaluation()
    twice(lambda: score(evaluation, "3"))


def evaluation_twice(world):
    held = make_round()
    twice(lambda: make_evaluation(held=held))


BREAK = {
    "programs_awardevent_once": event_twice,
    "programs_awardcategory_once": lambda w: twice(
        lambda: AwardCategory.objects.create(event=make_event(), name="Sama")
    ),
    "programs_award_once": lambda w: twice(make_award),
    "programs_award_has_awarding_body": lambda w: make_award(awarding_body=None),
    "programs_evaluationscheme_scale_is_positive": lambda w: make_scheme(
        highest_score=0, weights=()
    ),
    "programs_evaluationcomponent_slug_once": component_twice,
    "programs_evaluationcomponent_weight_is_percent": lambda w: make_scheme(
        weights=[("Baseline", 101)]
    ),
    "programs_evaluationround_once": lambda w: twice(
        lambda: EvaluationRound.objects.create(
            year=2022, phase="I", scheme=EvaluationScheme.objects.first() or make_scheme()
        )
    ),
    "programs_evaluationround_year_since_2017": lambda w: make_round(2016),
    "programs_evaluationround_dates_in_order": lambda w: make_round(starts_on=LATE, ends_on=EARLY),
    "programs_evaluation_regency_once_per_round": evaluation_twice,
    "programs_evaluation_index_not_negative": lambda w: make_evaluation(
        published_index=Decimal(-1)
    ),
    "programs_componentscore_once": score_twice,
    "programs_componentscore_not_negative": lambda w: score(make_evaluation(), "-1"),
    "programs_pillarscore_once": lambda w: twice(lambda: pillar_score(w)),
    "programs_pillarscore_not_negative": lambda w: pillar_score(w, "-1"),
    "programs_recommendation_position_once": lambda w: twice(
        lambda: make_recommendation(Evaluation.objects.first() or make_evaluation())
    ),
    "programs_recommendation_closing_is_signed": half_closed,
}


def page_of(row):
    """The address of a row's page in the admin."""
    return reverse(f"admin:programs_{row._meta.model_name}_change", args=[row.pk])


def list_of(model):
    return reverse(f"admin:programs_{model._meta.model_name}_changelist")


def adding(model):
    return reverse(f"admin:programs_{model._meta.model_name}_add")
