import datetime as dt
import re

import pghistory.models
import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from programs.domain import queries
from programs.imports import example, example_people
from programs.models import Assignment, BimtekStage, Cohort, OutputVersion, Transition
from regencies.access import Role
from regencies.models import Agency, Membership, User
from tests import factories

ACCOUNTS = [
    "ministry@example.test",
    "expert@example.test",
    "observer.33@example.test",
    *(f"{role}.33.15@example.test" for role in ("officer", "signer", "contributor")),
    *(f"{role}.33.16@example.test" for role in ("officer", "signer", "contributor")),
]
PASSWORD = "kata sandi contoh"


@pytest.fixture(autouse=True)
def site(db, settings, tmp_path, monkeypatch):
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    return tmp_path


@pytest.fixture
def real(participation):
    """Kabupaten Grobogan in 2018, real; and its neighbour."""
    factories.make_regency("33.16", name="Blora", official_name="Kabupaten Blora")
    return participation


def statuses(code):
    stages = BimtekStage.objects.filter(
        participation__regency__code=code, participation__cohort__is_example=True
    )
    return list(stages.order_by("definition__number").values_list("status", flat=True))


def counts():
    models = (User, Membership, Agency, Assignment, Cohort, BimtekStage, OutputVersion, Transition)
    return [model.objects.count() for model in models]


def test_the_command_prints_one_account_per_role_for_two_regencies(real, monkeypatch, capsys):
    monkeypatch.setenv("DEMO_PASSWORD", "rahasia-contoh")

    call_command("load_example")

    header, *lines = capsys.readouterr().out.splitlines()
    assert re.split(" {2,}", header) == ["E-mail", "Role", "Place", "Password"]
    assert [re.split(" {2,}", line) for line in lines] == [
        ["ministry@example.test", "Ministry staff", "Indonesia", "rahasia-contoh"],
        ["expert@example.test", "Expert", "Indonesia", "rahasia-contoh"],
        ["observer.33@example.test", "Province observer", "Provinsi 33", "rahasia-contoh"],
        ["officer.33.15@example.test", "Regency officer", "Kabupaten Grobogan", "rahasia-contoh"],
        ["signer.33.15@example.test", "Signer", "Kabupaten Grobogan", "rahasia-contoh"],
        ["contributor.33.15@example.test", "Contributor", "Kabupaten Grobogan", "rahasia-contoh"],
        ["officer.33.16@example.test", "Regency officer", "Kabupaten Blora", "rahasia-contoh"],
        ["signer.33.16@example.test", "Signer", "Kabupaten Blora", "rahasia-contoh"],
        ["contributor.33.16@example.test", "Contributor", "Kabupaten Blora", "rahasia-contoh"],
    ]


def test_every_account_is_an_example_and_signs_in(real, client):
    people = example.load(PASSWORD)

    assert [person.user.email for person in people] == ACCOUNTS
    assert set(User.objects.filter(email__in=ACCOUNTS).values_list("is_example", flat=True)) == {
        True
    }
    for email in ACCOUNTS:
        assert client.login(email=email, password=PASSWORD), email


def test_the_example_cohort_shows_every_status_and_both_sides_of_time(real):
    example.load(PASSWORD)

    assert statuses("33.15") == ["verified", "returned", "draft", "draft"]
    assert statuses("33.16") == ["submitted", "draft", "draft", "draft"]
    cohort = Cohort.objects.get(slug="contoh-2026")
    assert (cohort.is_example, cohort.publication) == (True, "internal")
    assert set(cohort.participations.values_list("publication", flat=True)) == {"internal"}
    today = timezone.localdate()
    due = [day.due_on - today for day in cohort.stage_definitions.all()]
    assert due == [dt.timedelta(days=n) for n in (-60, -20, 10, 45)]
    assert BimtekStage.objects.late().filter(participation__cohort=cohort).count() == 2
    third, fourth = BimtekStage.objects.filter(
        participation__regency__code="33.15", definition__number__gte=3,
        participation__cohort=cohort,
    ).order_by("definition__number")  # fmt: skip
    assert third.sessions.get().venue == "Aula contoh"
    assert not fourth.sessions.exists()


def test_every_step_is_in_the_ledger_by_the_person_who_may_take_it(real):
    call_command("load_example")

    lines = Transition.objects.order_by("pk").values_list(
        "stage__participation__regency__code", "verb", "acting_role", "actor__email", "channel"
    )
    assert list(lines) == [
        ("33.15", "submit", "signer", "signer.33.15@example.test", "command"),
        ("33.15", "verify", "ministry", "ministry@example.test", "command"),
        ("33.15", "submit", "signer", "signer.33.15@example.test", "command"),
        ("33.15", "return", "ministry", "ministry@example.test", "command"),
        ("33.16", "submit", "signer", "signer.33.16@example.test", "command"),
    ]


def test_every_document_says_that_it_is_example_data(real):
    example.load(PASSWORD)

    versions = list(OutputVersion.objects.all())
    assert len(versions) == 4 + 2 + 1 + 4
    for version in versions:
        with version.file.open() as file:
            content = file.read()
        assert content.startswith(b"%PDF-")
        assert b"(DATA CONTOH) Tj" in content
        assert version.original_name.startswith("Contoh ")


def test_a_pdf_says_where_each_of_its_parts_begins():
    content = example.pdf(["DATA CONTOH", "Kurung (dua) dan \\"])

    table = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", content)[1])
    offsets = [int(n) for n in re.findall(rb"(\d{10}) 00000 n ", content[table:])]
    assert content[table:].startswith(b"xref\n0 7\n")
    assert [content[o : o + 7] for o in offsets] == [b"%d 0 obj" % n for n in range(1, 7)]
    assert rb"(Kurung \(dua\) dan \\) Tj" in content


def test_a_second_run_changes_nothing(real):
    example.load(PASSWORD)
    before, history = counts(), pghistory.models.Events.objects.count()

    people = example.load(PASSWORD)

    assert [person.user.email for person in people] == ACCOUNTS
    assert counts() == before
    assert pghistory.models.Events.objects.count() == history > 0


def test_real_participations_are_not_touched_and_not_counted_with_the_example(real):
    before = list(BimtekStage.objects.filter(participation=real).values())
    figures = queries.movement_figures()

    example.load(PASSWORD)

    assert list(BimtekStage.objects.filter(participation=real).values()) == before
    assert queries.movement_figures() == figures
    assert OutputVersion.objects.filter(output__stage__participation=real).count() == 0


def test_the_expert_accompanies_the_real_and_the_example_participation(real):
    example.load(PASSWORD)

    rows = Assignment.objects.values_list(
        "participation__cohort__slug", "participation__regency__code"
    )
    assert sorted(rows) == [("2018", "33.15"), ("contoh-2026", "33.15")]


def test_a_random_password_is_kept_for_the_next_start(real, site):
    first = example_people.password()

    assert example_people.password() == first
    assert len(first) >= 16
    kept = site / "demo-password"
    assert kept.read_text().strip() == first
    assert kept.stat().st_mode & 0o777 == 0o600


def test_passwords_follow_the_environment(real, monkeypatch, client):
    for word in ("kata-sandi-pertama", "kata-sandi-kedua"):
        monkeypatch.setenv("DEMO_PASSWORD", word)
        call_command("load_example")

    assert client.login(email="ministry@example.test", password="kata-sandi-kedua")
    assert not client.login(email="ministry@example.test", password="kata-sandi-pertama")


def test_outside_the_example_site_the_command_refuses(real, settings):
    settings.EXAMPLE_SITE = False
    before = counts()

    with pytest.raises(CommandError, match=r"^Example accounts are refused here"):
        call_command("load_example")

    assert counts() == before
    assert not User.objects.filter(is_example=True).exists()


@pytest.mark.parametrize("email", ACCOUNTS)
def test_outside_the_example_site_no_example_account_signs_in(real, settings, client, email):
    example.load(PASSWORD)
    assert client.login(email=email, password=PASSWORD)
    client.logout()
    settings.EXAMPLE_SITE = False

    assert not client.login(email=email, password=PASSWORD)


def test_outside_the_example_site_an_open_session_ends(real, settings, client):
    example.load(PASSWORD)
    client.login(email="ministry@example.test", password=PASSWORD)
    page = reverse("programs:workspace")
    assert client.get(page).status_code == 200
    settings.EXAMPLE_SITE = False

    answer = client.get(page)

    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={page}"


def test_a_forgotten_password_is_reset_by_the_address_alone(real, client):
    example.load(PASSWORD)

    client.post(reverse("account_reset_password"), {"email": "OFFICER.33.15@example.test"})

    assert [message.to for message in mail.outbox] == [["officer.33.15@example.test"]]


def test_a_real_account_with_an_example_address_is_left_alone(real):
    factories.make_user("signer.33.16@example.test", Role.SIGNER, regency=real.regency)

    with pytest.raises(CommandError, match=r"^signer.33.16@example.test is a real account"):
        call_command("load_example")

    assert not User.objects.filter(is_example=True).exists()


def test_without_regencies_the_command_says_what_to_run_first():
    with pytest.raises(CommandError, match=r"^Run load_reference and load_cohorts first.$"):
        call_command("load_example")


def test_without_the_real_cohort_the_command_says_what_to_run_first():
    for code in ("33.15", "33.16"):
        factories.make_regency(code)

    with pytest.raises(CommandError, match=r"^Run load_cohorts first.$"):
        call_command("load_example")

    assert counts() == [0] * 8
