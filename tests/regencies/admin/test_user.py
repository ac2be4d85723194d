import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.core import mail
from django.urls import reverse
from django.utils import translation

from regencies.models import User
from tests.factories import make_agency, make_regency, make_user

ADD = reverse("admin:regencies_user_add")
NO_ROLES = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}


def page_of(user):
    return reverse("admin:regencies_user_change", args=[user.pk])


@pytest.fixture
def boss(db):
    user = make_user("boss@test.example")
    user.is_superuser = True
    user.save()
    return user


def test_a_new_account_gets_a_link_and_no_typed_password(
    client, ministry, django_capture_on_commit_callbacks
):
    client.force_login(ministry)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, {"email": "Baru@Test.Example", "name": "Sari"} | NO_ROLES)

    user = User.objects.get(email="baru@test.example")
    assert (user.name, user.is_active, user.has_usable_password()) == ("Sari", True, False)
    assert [message.to for message in mail.outbox] == [["baru@test.example"]]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_an_address_is_one_account_however_it_is_capitalised(client, ministry, officer):
    client.force_login(ministry)

    response = client.post(ADD, {"email": "OFFICER@test.example", "name": ""} | NO_ROLES)

    assert response.status_code == 200
    assert User.objects.filter(email__iexact=officer.email).count() == 1


def test_a_role_given_here_names_who_gave_it(client, ministry, nobody, regency):
    client.force_login(ministry)
    row = {
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": "signer",
        "memberships-0-regency": regency.pk,
        "memberships-0-starts_on": "2026-01-05",
    }

    response = client.post(page_of(nobody), {"email": nobody.email, "is_active": "on"} | row)

    assert response.status_code == 302
    membership = nobody.memberships.get()
    assert (membership.role, membership.regency) == ("signer", regency)
    assert membership.granted_by == ministry


def test_no_page_shows_a_password_hash(client, boss, officer):
    client.force_login(boss)

    for address in (page_of(officer), reverse("admin:regencies_user_changelist")):
        page = client.get(address).content.decode()
        assert officer.email in page
        assert officer.password not in page
        assert 'name="password"' not in page


def test_only_a_superuser_makes_superusers(client, ministry, boss, officer):
    fields = {"email": officer.email, "is_active": "on", "is_superuser": "on"} | NO_ROLES

    client.force_login(ministry)
    client.post(page_of(officer), fields)
    officer.refresh_from_db()
    assert officer.is_superuser is False

    client.force_login(boss)
    client.post(page_of(officer), fields)
    officer.refresh_from_db()
    assert officer.is_superuser is True


def test_the_ministry_cannot_take_over_a_superusers_account(client, ministry, boss):
    client.force_login(ministry)

    response = client.post(page_of(boss), {"email": ministry.email} | NO_ROLES)
    client.post(
        reverse("admin:regencies_user_changelist"),
        {"action": "send_links", "_selected_action": [boss.pk]},
    )

    assert response.status_code == 403
    boss.refresh_from_db()
    assert (boss.email, mail.outbox) == ("boss@test.example", [])


def test_nobody_switches_themselves_off_or_gives_themselves_a_role(client, boss):
    client.force_login(boss)
    row = {
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": "ministry",
        "memberships-0-starts_on": "2026-01-05",
    }

    client.post(page_of(boss), {"email": boss.email} | row)

    boss.refresh_from_db()
    assert (boss.is_active, boss.is_superuser) == (True, True)
    assert not boss.memberships.exists()


def test_an_old_address_no_longer_opens_the_account(client, ministry, officer):
    EmailAddress.objects.create(user=officer, email=officer.email, primary=True, verified=True)
    client.force_login(ministry)

    client.post(page_of(officer), {"email": "baru@test.example", "is_active": "on"} | NO_ROLES)

    officer.refresh_from_db()
    assert officer.email == "baru@test.example"
    assert not EmailAddress.objects.filter(email="officer@test.example").exists()


def test_a_link_is_sent_again_from_the_list_but_not_to_switched_off_accounts(
    client, ministry, officer, nobody
):
    User.objects.filter(pk=nobody.pk).update(is_active=False)
    client.force_login(ministry)

    client.post(
        reverse("admin:regencies_user_changelist"),
        {"action": "send_links", "_selected_action": [officer.pk, nobody.pk]},
    )

    assert [message.to for message in mail.outbox] == [[officer.email]]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    count, client, ministry, django_assert_num_queries
):
    for number in range(1, count):
        agency = make_agency(make_regency(f"33.{number:02}"))
        make_user(role="contributor", agency=agency)
    client.force_login(ministry)

    with django_assert_num_queries(13):
        response = client.get(reverse("admin:regencies_user_changelist"))

    assert len(response.context["cl"].result_list) == count


def test_the_role_filter_counts_people_not_roles(client, ministry, signer, elsewhere):
    signer.memberships.create(role="signer", regency=elsewhere, starts_on="2017-01-01")
    signer.memberships.create(role="expert", starts_on="2017-01-01", ends_on="2018-01-01")
    client.force_login(ministry)

    response = client.get(reverse("admin:regencies_user_changelist"), {"role": "signer"})

    changelist = response.context["cl"]
    assert list(changelist.result_list) == [signer]
    (roles,) = [
        spec for spec in changelist.filter_specs if getattr(spec, "parameter_name", "") == "role"
    ]
    counted = [str(choice["display"]) for choice in roles.choices(changelist)]
    assert [text.rpartition(" ")[2] for text in counted[1:]] == [
        "(0)",
        "(0)",
        "(1)",
        "(0)",
        "(0)",
        "(1)",
    ]


def warnings(response):
    said = get_messages(response.wsgi_request)
    return [str(message) for message in said if message.level_tag == "warning"]


def test_a_new_account_without_a_role_is_saved_with_a_warning(client, ministry, regency):
    client.force_login(ministry)
    role = {
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": "signer",
        "memberships-0-regency": regency.pk,
        "memberships-0-starts_on": "2026-01-05",
    }

    with_one = client.post(ADD, {"email": "budi@test.example", "name": "Budi"} | role)
    without = client.post(ADD, {"email": "sari@test.example", "name": "Sari"} | NO_ROLES)

    assert warnings(with_one) == []
    (text,) = warnings(without)
    assert "Sari" in text
    assert User.objects.get(name="Budi").memberships.count() == 1
    assert not User.objects.get(name="Sari").memberships.exists()


def test_the_list_says_which_roles_people_hold_today_and_where(
    client, boss, contributor, signer, elsewhere
):
    signer.memberships.create(role="signer", regency=elsewhere, starts_on="2017-01-01")
    signer.memberships.create(role="expert", starts_on="2017-01-01", ends_on="2018-01-01")
    idle = make_user("idle@test.example")
    client.force_login(boss)

    changelist = client.get(reverse("admin:regencies_user_changelist")).context["cl"]

    shown = changelist.model_admin
    by_email = {user.email: user for user in changelist.result_list}
    assert "is_superuser" not in changelist.list_display
    with translation.override("en"):
        said = {
            email: (str(shown.roles(user)), shown.regions(user))
            for email, user in by_email.items()
        }
    assert said[signer.email][0].count(",") == 0
    assert said[signer.email][1] == "Kabupaten Grobogan, Kabupaten Mojokerto"
    assert "Grobogan" in said[contributor.email][1]
    assert said[idle.email] == ("No role", "–")
    assert "uperuser" in said[boss.email][0]
