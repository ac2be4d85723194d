from django.urls import path, re_path

from programs.views import matrix, outputs, participations, public, stages, workspace

app_name = "programs"
urlpatterns = [
    path("", public.start, name="start"),
    path("about/", public.about, name="about"),
    path("cohorts/<slug:slug>/", public.cohort_detail, name="cohort-detail"),
    path("cohorts/<slug:slug>/matrix/", matrix.cohort_matrix, name="cohort-matrix"),
    path("regencies/", public.regency_list, name="regency-list"),
    re_path(
        r"^regencies/(?P<code>[0-9]{2}(?:\.[0-9]{2})?)/$",
        public.regency_detail,
        name="regency-detail",
    ),
    path("workspace/", workspace.workspace, name="workspace"),
    path("participations/<int:pk>/", participations.detail, name="participation-detail"),
    path("stages/<int:pk>/", stages.detail, name="stage-detail"),
    path("stages/<int:pk>/edit/", stages.edit, name="stage-edit"),
    path("stages/<int:pk>/check/", stages.check, name="stage-check"),
    path("stages/<int:pk>/submit/", stages.submit, name="stage-submit"),
    path("stages/<int:pk>/submitted/", stages.submitted, name="stage-submitted"),
    path("stages/<int:pk>/withdraw/", stages.withdraw, name="stage-withdraw"),
    path("outputs/<int:pk>/", outputs.upload, name="output-upload"),
    path("files/<int:pk>/", outputs.download, name="output-file"),
    path("files/<int:pk>/remove/", outputs.remove, name="output-remove"),
]
