"""The account page: who am I here, and the tokens with which programs call in my name."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from regencies.domain import tokens
from regencies.errors import RuleError
from regencies.forms.token import TokenForm

UNPROCESSABLE = 422


@require_safe
def account(request):
    """The person's name, roles, and the way to password and tokens."""
    held = request.user.memberships.in_force().select_related("province", "regency", "agency")
    context = {"memberships": held, "section": "account"}
    return render(request, "regencies/account.html", context)


@require_safe
def token_list(request):
    return render(
        request,
        "regencies/token_list.html",
        {"tokens": tokens.tokens_of(request.user), "now": timezone.now(), "section": "account"},
    )


@never_cache
def token_make(request):
    """The answer to the form is the only page that ever shows the token: it is stored nowhere.

    So there is no redirect; a repeated POST makes no second token, for its name is taken.
    """
    form = TokenForm(request.POST or None)
    if form.is_valid():
        try:
            token, value = tokens.make(by=request.user, **form.cleaned_data)
        except RuleError as error:
            for name in error.fields or [None]:
                form.add_error(name, str(error))
        else:
            context = {"token": token, "value": value, "section": "account"}
            return render(request, "regencies/token_made.html", context)
    context = {"form": form, "section": "account"}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "regencies/token_make.html", context, status=status)


def token_revoke(request, public_id):
    token = get_object_or_404(tokens.tokens_of(request.user), public_id=public_id)
    if request.method != "POST":
        context = {"token": token, "section": "account"}
        return render(request, "regencies/token_revoke.html", context)
    tokens.revoke(token, by=request.user)
    messages.success(request, _("The token “%s” is revoked.") % token.name)
    return redirect("regencies:token-list")
