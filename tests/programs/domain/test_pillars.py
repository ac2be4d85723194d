import pytest
from django.utils import translation

from programs.domain import pillars
from programs.models import PillarAlias
from regencies.errors import RuleError
from tests.nouns import plans

SIX = (
    "Smart Governance, Smart Branding, Smart Economy, Smart Living, Smart Society, "
    "Smart Environment"
)


@pytest.fixture
def six(db):
    return {pillar.slug: pillar for pillar in plans.make_pillars()}


@pytest.mark.parametrize(
    "text",
    [
        "Smart Environment",
        "smart-environment",
        "SMART  ENVIRONMENT",
        "environment",
        "lingkungan cerdas",
    ],
)
def test_a_pillar_is_known_by_name_short_name_and_other_words(text, six):
    plans.make_alias(six["environment"], "Lingkungan Cerdas")

    assert pillars.resolve(text) == six["environment"]


@pytest.mark.parametrize(
    "text", ["Smart Mobility", "smart people", "Smart Infrastructure", "", "–"]
)
def test_a_seventh_pillar_is_refused_with_the_six_named(text, six):
    with translation.override("en"), pytest.raises(RuleError) as refusal:
        pillars.resolve(text)

    assert str(refusal.value) == f"“{text}” is no pillar. The six are: {SIX}."
    assert refusal.value.fields == ("pillar",)


def test_words_loaded_once_answer_without_a_query(six, django_assert_num_queries):
    known = pillars.words()

    with django_assert_num_queries(0):
        assert pillars.resolve("Smart Living", known) == six["living"]


@pytest.mark.parametrize("name", ["smart living", "Economy", "Lingkungan-Cerdas", "–"])
def test_a_word_that_is_taken_or_empty_becomes_no_alias(name, six):
    plans.make_alias(six["environment"], "Lingkungan Cerdas")

    with pytest.raises(RuleError):
        pillars.check_alias(PillarAlias(pillar=six["society"], name=name))


def test_an_alias_keeps_its_own_key(six):
    alias = plans.make_alias(six["environment"], "Lingkungan Cerdas")

    assert pillars.check_alias(alias) == "lingkungancerdas"
