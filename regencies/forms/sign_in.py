"""allauth's forms in the portal's words; settings.ACCOUNT_FORMS names them.

Wrong password, unknown address, deactivated account and example account in production are
one answer: whoever guesses learns nothing.
"""

from allauth.account import forms as allauth_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WRONG = "email_password_mismatch"
WORDS = {
    WRONG: _("The e-mail address or the password is not correct."),
    "too_many_login_attempts": _(
        "There were too many wrong attempts. Wait 5 minutes, then try again."
    ),
    "enter_current_password": _("This is not your current password."),
}
PASSWORD_HINT = _(
    "At least 12 characters. Easy to remember and hard to guess: four words that have nothing "
    "to do with each other."
)


def _in_our_words(error):
    return ValidationError(WORDS.get(error.code, error.message), code=error.code)


def _ask(field, label, *, required, hint="", autocomplete=None):
    """Word a field; a label stands above it, so nothing is written inside."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)
    if autocomplete:
        field.widget.attrs["autocomplete"] = autocomplete


def _ask_email(field, **options):
    required = _("Enter your e-mail address.")
    _ask(field, _("E-mail address"), required=required, **options)
    wrong = _("Enter an e-mail address in the correct format, like name@example.go.id.")
    # Django's own validator has a message of its own and would win over the field's.
    for validator in field.validators:
        if getattr(validator, "code", "") == "invalid":
            field.validators.remove(validator)
            field.validators.append(type(validator)(message=wrong))


def _ask_new_password(form):
    first, second = form.fields["password1"], form.fields["password2"]
    _ask(first, _("New password"), required=_("Enter a new password."), hint=PASSWORD_HINT)
    _ask(second, _("New password again"), required=_("Enter the new password once more."), hint="")


class SamePasswordTwice:
    """Says at the second field that the two differ, and at no other place."""

    def clean(self):
        cleaned = super(allauth_forms.PasswordVerificationMixin, self).clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two new passwords are not the same."))
        return cleaned


class SignInForm(allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_email(self.fields["login"], autocomplete="username")
        _ask(self.fields["password"], _("Password"), required=_("Enter your password."))

    def clean(self):
        try:
            cleaned = super().clean()
        except ValidationError as error:
            raise _in_our_words(error) from error
        if self.user and not self.user.may_sign_in:
            raise ValidationError(WORDS[WRONG], code=WRONG)
        return cleaned


class AskResetForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hint = _("The address you sign in with.")
        _ask_email(self.fields["email"], hint=hint)

    def clean_email(self):
        email = super().clean_email()
        self.users = [user for user in self.users if user.may_sign_in]
        return email


class NewPasswordForm(SamePasswordTwice, allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_new_password(self)


class ChangePasswordForm(SamePasswordTwice, allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        current = self.fields["oldpassword"]
        _ask(current, _("Current password"), required=_("Enter your current password."))
        _ask_new_password(self)

    def clean_oldpassword(self):
        try:
            return super().clean_oldpassword()
        except ValidationError as error:
            raise _in_our_words(error) from error
