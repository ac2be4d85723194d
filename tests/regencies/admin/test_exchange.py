"""Import and export of a list in the admin: preview, confirmation, and who may."""

import datetime as dt
import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse

from regencies.admin import exchange
from regencies.imports.sheets import limits
from regencies.models import Agency, Membership, User
from tests import factories
from tests.regencies.imports.workbooks import book, opened

IMPORT = "admin:regencies_agency_import"
CONFIRM = "admin:regencies_agency_process_import"
LIST = "admin:regencies_agency_changelist"
HEAD = ["regency", "name", "abbreviation"]
LISTS = {
    model: owner
    for model, owner in admin.site._registry.items()
    if isinstance(owner, exchange.ExportAdmin)
}
WIRED = [model for model, owner in LISTS.items() if isinstance(owner, exchange.ExchangeAdmin)]
LEAVING = [model for model in LISTS if model not in WIRED]


@pytest.fixture
def staff(client, ministry):
    client.force_login(ministry)
    return client


def export(model, form, query=""):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_export"
    return f"{reverse(name, args=[form])}{query}"


def send(client, *rows, head=HEAD, content=None, name="daftar.xlsx"):
    content = book(head, *rows) if content is None else content
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, content)})


def confirm(client, word):
    return client.post(reverse(CONFIRM), {"word": word})


def test_a_file_is_previewed_and_written_only_when_confirmed(staff, regency, ministry):
    factories.make_agency(regency, "Bappeda", abbreviation="Bapeda")
    page = send(staff, ["33.15", "Bappeda", "Bappeda"], ["33.15", "Dinas Kominfo", "Diskominfo"])

    assert page.context["outcome"].counts == {"new": 1, "changed": 1, "same": 0, "refused": 0}
    assert "<del>Bapeda</del> → <ins>Bappeda</ins>" in page.text
    assert Agency.objects.count() == 1

    done = confirm(staff, page.context["word"])

    assert done.url == reverse(LIST)
    assert set(Agency.objects.values_list("name", "abbreviation")) == {
        ("Bappeda", "Bappeda"),
        ("Dinas Kominfo", "Diskominfo"),
    }
    assert {(e.action_flag, e.object_repr, e.user) for e in LogEntry.objects.all()} == {
        (1, "Diskominfo", ministry),
        (2, "Bappeda", ministry),
    }
    assert all("daftar.xlsx" in entry.change_message for entry in LogEntry.objects.all())


def test_problems_are_a_table_and_cannot_be_confirmed(staff, regency):
    page = send(staff, ["33.15", "Bappeda"], ["Wakanda", ""])

    assert [(p.line, p.column) for p in page.context["outcome"].problems] == [
        (3, "Kabupaten/kota"),
        (3, "Nama"),
    ]
    assert page.context["word"] == ""
    assert reverse(CONFIRM) not in page.text
    assert "Wakanda" in page.text
    assert not Agency.objects.exists()


def test_what_stands_in_a_file_is_escaped(staff, regency):
    page = send(staff, ["<script>alert(1)</script>", "<b>x</b>"])

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_a_file_that_changes_nothing_offers_no_confirmation(staff, regency):
    factories.make_agency(regency, "Bappeda")

    page = send(staff, ["33.15", "Bappeda"], head=["regency", "name"])

    assert page.context["outcome"].counts["same"] == 1
    assert reverse(CONFIRM) not in page.text


def test_a_word_works_once_and_only_for_who_was_shown_the_preview(client, regency, ministry):
    client.force_login(ministry)
    word = send(client, ["33.15", "Bappeda", ""]).context["word"]

    client.force_login(factories.make_user("lain@test.example", "ministry"))
    assert confirm(client, word).url == reverse(IMPORT)
    assert not Agency.objects.exists()

    client.force_login(ministry)
    assert confirm(client, word).url == reverse(LIST)
    assert confirm(client, word).url == reverse(IMPORT)
    assert Agency.objects.count() == 1


@pytest.mark.parametrize("word", ["", "../../etc/passwd", "é", "x" * 5000, "\0"])
def test_a_forged_word_reads_nothing(word, staff, regency):
    send(staff, ["33.15", "Bappeda", ""])

    assert confirm(staff, word).url == reverse(IMPORT)
    assert not Agency.objects.exists()


def test_a_second_upload_takes_the_place_of_the_first(staff, regency):
    first = send(staff, ["33.15", "Bappeda", ""]).context["word"]
    send(staff, ["33.15", "Dinas Kominfo", ""])

    assert confirm(staff, first).url == reverse(IMPORT)
    assert not Agency.objects.exists()


def test_a_preview_is_forgotten_after_a_while(staff, regency):
    word = send(staff, ["33.15", "Bappeda", ""]).context["word"]
    cache.clear()

    assert confirm(staff, word).url == reverse(IMPORT)


def test_nothing_else_is_written_than_what_was_shown(staff, regency):
    agency = factories.make_agency(regency, "Bappeda", abbreviation="Bapeda")
    word = send(staff, ["33.15", "Bappeda", "Bappeda"]).context["word"]
    Agency.objects.filter(pk=agency.pk).update(abbreviation="BPD")

    page = confirm(staff, word)

    assert "<del>BPD</del> → <ins>Bappeda</ins>" in page.text
    assert Agency.objects.get().abbreviation == "BPD"
    assert confirm(staff, page.context["word"]).url == reverse(LIST)
    assert Agency.objects.get().abbreviation == "Bappeda"


def test_who_confirms_second_reads_why_the_preview_is_shown_again(staff, regency):
    rows = ["33.15", "Bappeda", ""], ["33.15", "Dinas Kominfo", ""]
    other = Client()
    other.force_login(factories.make_user("lain@test.example", "ministry"))
    other.cookies["django_language"] = "en"
    words = send(staff, *rows).context["word"], send(other, *rows).context["word"]

    assert confirm(staff, words[0]).url == reverse(LIST)
    page = confirm(other, words[1])

    assert page.context["outcome"].counts["same"] == 2
    (message,) = page.context["messages"]
    assert "after you looked at the preview" in str(message.message)
    assert Agency.objects.count() == 2


def test_a_log_that_fails_takes_the_import_with_it(staff, regency, monkeypatch):
    word = send(staff, ["33.15", "Bappeda", ""]).context["word"]

    def failing(*args, **kwargs):
        raise RuntimeError("the log is full")

    monkeypatch.setattr(LogEntry.objects, "log_actions", failing)

    with pytest.raises(RuntimeError):
        confirm(staff, word)
    assert not Agency.objects.exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\0", b"PK\x03\x04", b"a" * 6 * 1024**2])
def test_a_file_that_cannot_be_read_is_answered_with_a_page(content, staff, regency):
    page = send(staff, content=content)

    assert page.status_code == 200
    assert "errornote" in page.text


def test_a_file_over_the_limit_is_not_read(staff, regency, monkeypatch):
    monkeypatch.setattr(exchange.reading, "read", lambda content: pytest.fail("was read"))

    page = send(staff, content=b"a" * (limits.MAX_BYTES + 1))

    assert page.context["form"].errors["file"]


def test_an_export_holds_the_rows_of_the_filtered_list(staff, regency, elsewhere):
    factories.make_agency(regency, "Dinas A", active_from=dt.date(2018, 1, 2))
    factories.make_agency(elsewhere, "Dinas B")
    query = f"?regency__province__id__exact={regency.province_id}&p=1"

    filtered, _sheet = opened(staff.get(export(Agency, "xlsx", query)).content)
    searched = staff.get(export(Agency, "csv", "?q=mojokerto")).content.decode("utf-8-sig")

    assert [row[2] for row in filtered] == ["Nama", "Dinas A"]
    assert searched.splitlines()[1:] == ["35.16,Kabupaten Mojokerto,Dinas B,,,"]


def test_an_export_takes_few_queries(staff, regency, django_assert_max_num_queries):
    for number in range(30):
        factories.make_agency(regency, f"Dinas {number}")

    with django_assert_max_num_queries(12):
        staff.get(export(Agency, "xlsx"))


def test_an_export_is_a_download_that_no_cache_keeps(staff, regency):
    response = staff.get(export(Agency, "csv"))

    assert re.fullmatch(
        r'attachment; filename="agency-\d{4}-\d\d-\d\d.csv"', response["Content-Disposition"]
    )
    assert "no-store" in response["Cache-Control"]
    assert staff.get(export(Agency, "exe")).status_code == 404
    assert staff.get(export(Agency, "csv", "?password=x")).status_code == 302


@pytest.mark.parametrize("model", WIRED, ids=lambda model: model._meta.model_name)
def test_every_list_has_its_buttons_page_and_files(model, staff, db):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"

    changelist = staff.get(reverse(f"{name}_changelist"))
    page = staff.get(reverse(f"{name}_import"))

    for address in (reverse(f"{name}_import"), export(model, "xlsx"), export(model, "csv")):
        assert f'href="{address}' in changelist.text
    assert export(model, "template") in page.text
    headers = opened(staff.get(export(model, "template")).content)[0][0]
    assert headers == [column.heading for column in page.context["columns"]]
    assert "status" not in {column.column_name for column in page.context["columns"]}


@pytest.mark.parametrize("model", LEAVING, ids=lambda model: model._meta.model_name)
def test_a_list_that_only_leaves_has_no_import(model, staff, db):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"

    changelist = staff.get(reverse(f"{name}_changelist"))

    assert f'href="{export(model, "xlsx")}' in changelist.text
    assert "/import/" not in changelist.text
    assert staff.get(export(model, "template")).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse(f"{name}_import")


def test_roles_and_accounts_never_come_from_a_file():
    assert {User, Membership} <= set(LEAVING)


@pytest.mark.parametrize("model", WIRED, ids=lambda model: model._meta.model_name)
@pytest.mark.parametrize("who", ["officer", "signer", "observer", "expert", "nobody"])
def test_nobody_without_the_right_to_manage_imports_or_exports(who, model, client, request):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    client.force_login(request.getfixturevalue(who))

    for address in (reverse(f"{name}_import"), export(model, "csv"), export(model, "template")):
        assert client.get(address).status_code == 403
    for room in ("import", "process_import"):
        assert client.post(reverse(f"{name}_{room}"), {"word": "x"}).status_code == 403


def test_both_buttons_say_that_the_file_is_being_worked_on(staff, regency):
    page = send(staff, ["33.15", "Bappeda", ""])

    assert len(re.findall(r'<form method="post"[^>]* data-waiting="[^"]{20,}"', page.text)) == 2
    assert re.search(r'<script src="[^"]*admin-waiting[^"]*" defer></script>', page.text)
