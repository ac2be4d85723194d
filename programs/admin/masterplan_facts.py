"""What the pages of a masterplan tell of it: books, initiatives, silent agencies, costs."""

from collections import defaultdict
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.domain import masterplans
from programs.domain.initiatives import totals
from programs.models import FundSource


def book_figures(plan):
    """For the list: how many of the books and mandatory sections asked for are there."""
    words = _("%(books)s of %(books_asked)s, sections %(sections)s of %(sections_asked)s")
    return words % {
        "books": plan.books_there,
        "books_asked": plan.books_asked,
        "sections": plan.sections_there,
        "sections_asked": plan.sections_asked,
    }


def initiative_figures(plan):
    counts = {"all": plan.initiatives_there, "quick": plan.quick_wins}
    return _("%(all)s, quick wins %(quick)s") % counts


def books(plan):
    """Each book that the cohort asks for: open it, or enter it, and what it lacks."""
    states = masterplans.books(plan)
    if not states:
        return _("The cohort asks for no book yet.")
    return _listed(_book_line(plan, state) for state in states)


def _book_line(plan, state):
    if state.book:
        address = reverse("admin:programs_book_change", args=[state.book.pk])
        lacks = ", ".join(section.title for section in state.missing)
        words = _("lacks: %s") % lacks if lacks else _("complete")
    else:
        query = urlencode({"masterplan": plan.pk, "definition": state.definition.pk})
        address = f"{reverse('admin:programs_book_add')}?{query}"
        words = _("not on record, enter it")
    return format_html('<a href="{}">{}</a>: {}', address, state.definition, words)


def initiatives(plan):
    """How many, how many of them incomplete, and the ways to them."""
    incomplete = plan.initiatives.incomplete().count()
    listed = f"{reverse('admin:programs_initiative_changelist')}?plan={plan.pk}"
    lines = [
        format_html('<a href="{}">{}</a>', listed, initiative_figures(plan)),
        format_html(
            '<a href="{}&complete=no">{}</a>',
            listed,
            ngettext("%s is not complete", "%s are not complete", incomplete) % incomplete,
        ),
        format_html(
            '<a href="{}?masterplan={}">{}</a>',
            reverse("admin:programs_initiative_add"),
            plan.pk,
            _("Add an initiative"),
        ),
    ]
    return _listed(lines)


def silent_agencies(plan):
    """ "Setiap OPD satu inovasi": who still owes one."""
    silent = list(masterplans.agencies_without_initiative(plan))
    if silent and plan.participation is None:
        return _listed(f"{agency.name} ({agency.regency})" for agency in silent)
    if silent:
        return _listed(agency.name for agency in silent)
    if masterplans.agencies(plan).exists():
        return _("None: every agency leads an initiative.")
    return _("No agency of this region is on record yet.")


def costs(plan):
    """The planned and spent rupiah of each year, by source of funds, over all pillars."""
    sums = defaultdict(lambda: [Decimal(0), Decimal(0), 0])
    for total in totals(plan.initiatives.all()):
        line = sums[total.year, total.fund_source]
        line[0] += total.planned
        line[1] += total.realised
        line[2] += total.unestimated
    if not sums:
        return _("No year is planned.")
    return _listed(_cost_line(year, fund, *line) for (year, fund), line in sorted(sums.items()))


def _cost_line(year, fund, planned, realised, unestimated):
    text = _("%(year)s %(fund)s: planned %(planned)s, spent %(realised)s") % {
        "year": year,
        "fund": FundSource(fund).label,
        "planned": rupiah(planned),
        "realised": rupiah(realised),
    }
    if unestimated:
        text += _(" (%s not estimated)") % unestimated
    return text


def rupiah(amount):
    """Rp 250.000.000, with cents only where there are some."""
    places = 0 if amount == amount.to_integral_value() else 2
    return f"Rp {number_format(amount, places, force_grouping=True)}"


def _listed(lines):
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html('<ul class="portal-plain">{}</ul>', items)
