"""Documents of a stage: upload, download, take back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programs.domain import outputs, steps
from programs.exports.files import file_response
from programs.forms.stage import UploadForm
from programs.models import Output, OutputVersion
from regencies.errors import RuleError

UNPROCESSABLE, CONFLICT = 422, 409


def upload(request, pk):
    """One output: its versions, and the form for the next one."""
    output = get_object_or_404(_outputs_in_sight(request), pk=pk)
    if not steps.holds_right(request.user, steps.EDIT, output.stage):
        raise PermissionDenied
    if request.method != "POST":
        if reason := steps.refusal(steps.EDIT, output.stage, by=request.user):
            messages.info(request, reason)
            return redirect(output.stage)
        return _upload_page(request, output, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, output, form, status=UNPROCESSABLE)
    try:
        given = form.cleaned_data
        version = outputs.attach(output, by=request.user, upload=given["file"], note=given["note"])
    except RuleError as error:
        form.add_error("file" if "file" in error.fields else None, str(error))
        status = UNPROCESSABLE if error.fields else CONFLICT
        return _upload_page(request, output, form, status=status)
    messages.success(request, _("“%s” is uploaded.") % version.original_name)
    return redirect(output.stage)


@require_safe
def download(request, pk):
    """The file as an attachment, to those who may see its stage; never shown inline."""
    version = get_object_or_404(OutputVersion.objects.visible_to(request.user), pk=pk)
    return file_response(version)


@require_POST
def remove(request, pk):
    version = get_object_or_404(
        OutputVersion.objects.visible_to(request.user).select_related("output__stage"), pk=pk
    )
    try:
        outputs.remove(version, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%s” is removed.") % version.original_name)
    return redirect(version.output.stage)


def _outputs_in_sight(request):
    return Output.objects.visible_to(request.user).select_related(
        "requirement",
        "stage__definition",
        "stage__participation__regency__province",
        "stage__participation__cohort__program",
    )


def _upload_page(request, output, form, status=200):
    versions = output.versions.select_related("uploaded_by").order_by("-number")
    context = {"section": "work", "output": output, "form": form, "versions": versions}
    return render(request, "programs/output_upload.html", context, status=status)
