"""What everybody may read: the movement, its cohorts, and each region's part in it."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from programs.domain import queries
from programs.forms.search import RegencySearchForm
from programs.models import Participation
from regencies.models import Regency

PER_PAGE = 50


@require_safe
@login_not_required
def start(request):
    context = {
        "section": "home",
        "figures": queries.movement_figures(),
        "founding": queries.movement_figures(last=2019),
        "cohorts": queries.public_cohorts(),
        "search": RegencySearchForm(),
    }
    return render(request, "programs/start.html", context)


@require_safe
@login_not_required
def about(request):
    return render(request, "programs/about.html")


@require_safe
@login_not_required
def cohort_detail(request, slug):
    cohort = get_object_or_404(queries.public_cohorts(), slug=slug)
    rows = Participation.objects.published().filter(cohort=cohort).with_place()
    participations = queries.with_stages(rows).order_by("regency__province__code", "regency__code")
    context = {"section": "home", "cohort": cohort, "participations": participations}
    return render(request, "programs/cohort_detail.html", context)


@require_safe
@login_not_required
def regency_detail(request, code):
    regency = get_object_or_404(Regency.objects.with_place(), code=code)
    rows = regency.participations.published().with_place().prefetch_related("sources")
    context = {
        "section": "regencies",
        "regency": regency,
        "former_codes": regency.former_codes.all(),
        "participations": queries.with_stages(rows).order_by("cohort__year"),
    }
    return render(request, "programs/regency_detail.html", context)


@require_safe
@login_not_required
def regency_list(request):
    """Regions by any spelling, those of the movement first."""
    form = RegencySearchForm(request.GET or None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    rows = queries.find_regencies(query).order_by("-cohort_count", "code")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"section": "regencies", "form": form, "query": query, "page": page}
    return render(request, "programs/regency_list.html", context)
