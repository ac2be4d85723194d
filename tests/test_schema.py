"""docs/schema.md and docs/schema.svg say what the models say."""

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import translation

from programs.exports import schema
from programs.exports.schema import layout, nouns, page
from programs.exports.schema.groups import EVERYWHERE, GROUPS
from programs.models import BimtekStage, Participation
from regencies.models import ApiToken, FormerCode, User

DOCS = Path(__file__).resolve().parent.parent / "docs"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def documents():
    return schema.drawn()


@pytest.fixture(scope="module")
def plan():
    return layout.lay_out(nouns.read())


@pytest.mark.parametrize("name", ["schema.md", "schema.svg"])
def test_the_document_is_up_to_date(name, documents):
    assert (DOCS / name).read_text() == documents[name], "run manage.py draw_schema"


def test_every_model_belongs_to_a_group():
    homeless = [
        model.__name__ for model in nouns.own_models() if not nouns.group_of(model.__module__)
    ]
    assert homeless == []


def test_every_module_stands_in_one_group_and_holds_a_model():
    listed = [module for modules in GROUPS.values() for module in modules]

    assert sorted(listed) == sorted({model.__module__ for model in nouns.own_models()})


def test_a_model_without_a_group_is_refused_by_its_module():
    stray = type("Stray", (), {"__module__": "programs.models.stray"})

    with pytest.raises(nouns.UngroupedError, match=r"programs\.models\.stray$"):
        nouns.read([Participation, stray])


def test_nouns_have_names_of_their_own_and_say_what_they_are():
    read = nouns.read()

    assert len({noun.name for noun in read}) == len(read)
    assert [noun.name for noun in read if not noun.sentence] == []
    assert {noun.name for noun in read} >= EVERYWHERE


def test_history_and_automatic_tables_are_not_drawn():
    tables = {
        model.__name__
        for label in nouns.APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    }
    columns = {column.name for noun in nouns.read() for column in noun.columns}
    drawn = {noun.name for noun in nouns.read()}

    assert {"ParticipationEvent", "Participation_sources"} <= tables - drawn
    assert {name for name in columns if name.startswith("pgh_")} == set()
    assert {name for name in drawn if "_" in name} == set()


@pytest.mark.parametrize(
    ("docstring", "sentence"),
    [
        ("A place. It has a code.", "A place."),
        ("A code such as\n    33.15 of a place.\n\n    More.", "A code such as 33.15 of a place."),
        ("A line. ``at`` is its time.", "A line."),
        ("No full stop", "No full stop"),
        ("Thing(id, name)", ""),
        (None, ""),
    ],
)
def test_a_noun_is_told_by_the_first_sentence(docstring, sentence):
    assert nouns.first_sentence(type("Thing", (), {"__doc__": docstring})) == sentence


def test_a_noun_in_words_names_its_constraints_triggers_and_history():
    former_code, participation = nouns.read([FormerCode, Participation])

    assert page.in_words(former_code) == (
        "- **FormerCode**: A Kemendagri code a regency had before a change, such as Papua's split "
        "of 2022. Constraints: `regencies_formercode_code_once`."
    )
    assert page.in_words(participation).endswith("Triggers: `participation_stays`. Row history.")


def test_a_diagram_tells_keys_empty_fields_and_relations():
    read = nouns.read([FormerCode, ApiToken, User])

    assert page.diagram(read[:1], [*read, *nouns.read([Participation])]).splitlines() == [
        "```mermaid",
        "erDiagram",
        "  FormerCode {",
        "    int id PK",
        "    Regency regency FK",
        "    text(5) code",
        '    date until "nullable"',
        "  }",
        "```",
    ]
    assert '  User ||--o{ ApiToken : ""' in page.diagram(read[1:], read).splitlines()


def test_relations_show_how_many_and_whether_at_all():
    lines = page.diagram(nouns.read([Participation]), nouns.read()).splitlines()

    assert [line for line in lines if " : " in line] == [
        '  Regency ||--o{ Participation : ""',
        '  Cohort ||--o{ Participation : ""',
        '  Participation |o--o{ Participation : ""',
        '  Area |o--o{ Participation : ""',
        '  Source }o--o{ Participation : ""',
    ]


def test_two_references_alike_are_one_line():
    lines = page.diagram(nouns.read([BimtekStage]), nouns.read()).splitlines()

    assert lines.count('    User submitted_by FK "nullable"') == 1
    assert lines.count('    User verified_by FK "nullable"') == 1
    assert lines.count('  User |o--o{ BimtekStage : ""') == 1


def test_the_overview_holds_every_noun_and_no_arrow_to_what_most_name(documents):
    overview = documents["schema.md"].split("```")[1].splitlines()
    arrows = [line.split(" --> ") for line in overview if " --> " in line]

    assert [noun.name for noun in nouns.read() if f"    {noun.name}" not in overview] == []
    assert ["  Output", "BimtekStage"] in arrows
    assert [source for source, target in arrows if target == "Regency"] == [
        "  FormerCode", "  RegencyAlias", "  Area", "  Agency",
    ]  # fmt: skip


def test_the_picture_names_every_noun_and_reference_once(documents):
    words = [text.text for text in ET.fromstring(documents["schema.svg"]).iter(f"{SVG}text")]
    read = nouns.read()
    references = [layout.row_text(column) for noun in read for column in noun.references(read)]

    assert "replaced_by? → Participation" in references
    for text in {noun.name for noun in read} | set(references):
        expected = references.count(text) or 1
        assert words.count(text) == expected + (text in GROUPS), text


def test_the_picture_needs_nothing_from_elsewhere(documents):
    tree = ET.fromstring(documents["schema.svg"])

    assert {element.tag.removeprefix(SVG) for element in tree.iter()} == {
        "svg", "title", "rect", "text", "polyline", "circle", "path", "g",
    }  # fmt: skip
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert attributes & {"href", "src", "style", "class"} == set()
    assert "url(" not in documents["schema.svg"]


def test_no_box_meets_another_and_all_are_on_the_paper(plan):
    for stack in plan.stacks:
        for upper, lower in pairwise(stack.boxes):
            assert upper.y + upper.height < lower.y
    last = plan.stacks[-1]
    assert last.x + last.width < plan.width
    assert max(box.y + box.height for stack in plan.stacks for box in stack.boxes) < plan.height


def test_lanes_run_between_the_boxes_each_on_its_own(plan):
    edge = 0
    for stack in plan.stacks:
        lanes = list(stack.lanes.values())
        assert stack.targets() <= set(stack.lanes)
        assert edge < min(lanes, default=stack.x)
        assert max(lanes, default=edge) < stack.x - layout.LANE
        assert len(set(lanes)) == len(lanes)
        edge = stack.x + stack.width
    assert max(plan.levels.values()) < min(panel.y for s in plan.stacks for panel in s.panels)


def test_the_documents_are_the_same_in_every_language_and_every_time(documents):
    with translation.override("id"):
        in_indonesian = schema.drawn()
    with translation.override("en"):
        assert schema.drawn() == in_indonesian == documents


def test_the_command_writes_once_and_then_has_nothing_to_do(tmp_path, capsys, documents):
    call_command("draw_schema", folder=tmp_path)
    call_command("draw_schema", folder=tmp_path)

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == documents
    assert capsys.readouterr().out.splitlines() == [
        "Written: schema.md, schema.svg",
        "The schema is up to date.",
    ]


def test_a_check_refuses_an_old_document_and_leaves_it(tmp_path):
    call_command("draw_schema", folder=tmp_path)
    (tmp_path / "schema.md").write_text("old")

    with pytest.raises(CommandError, match=r"^Out of date: schema\.md\."):
        call_command("draw_schema", check=True, folder=tmp_path)

    assert (tmp_path / "schema.md").read_text() == "old"
