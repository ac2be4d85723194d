"""Signing in: by e-mail, by invitation only, and never as an example account in production."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from regencies.access import Right, holds


class PortalBackend(AuthenticationBackend):
    """allauth's e-mail login; what a person may do comes from memberships alone."""

    def user_can_authenticate(self, user):
        return user.may_sign_in

    def get_user(self, user_id):
        user = super().get_user(user_id)
        return user if user and user.may_sign_in else None

    def has_perm(self, user_obj, perm, obj=None):
        """The admin's doors open for those who manage; each ``ModelAdmin`` narrows further."""
        return user_obj.is_active and holds(user_obj, Right.MANAGE)

    def has_module_perms(self, user_obj, app_label):
        return self.has_perm(user_obj, app_label)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the ministry or a regency's officer, not by visitors."""

    def is_open_for_signup(self, request):
        return False
