"""Every address under /api/v1/."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from programs.api.cohorts import CohortViewSet
from programs.api.files import FileView
from programs.api.participations import ParticipationViewSet
from programs.api.stages import StageViewSet
from regencies.api.base import UnknownAddress
from regencies.api.entrance import Root, SchemaView
from regencies.api.places import ProvinceViewSet, RegencyViewSet

app_name = "api-v1"

router = DefaultRouter()
router.APIRootView = Root
router.include_format_suffixes = False  # "33.15" is a code, not "33" in a format called 15
router.register("provinces", ProvinceViewSet, "province")
router.register("regencies", RegencyViewSet, "regency")
router.register("cohorts", CohortViewSet, "cohort")
router.register("participations", ParticipationViewSet, "participation")
router.register("stages", StageViewSet, "stage")

urlpatterns = [
    *router.urls,
    re_path(r"^files/(?P<pk>[0-9]{1,18})/$", FileView.as_view(), name="file"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(
            url_name="api-v1:schema", template_name="programs/api_docs.html"
        ),
        name="docs",
    ),
    # Without a trailing slash Django first redirects to the address with one.
    re_path(r"^.*/$", UnknownAddress.as_view(), name="unknown"),
]
