from django.urls import path

from regencies.views import tokens

app_name = "regencies"
urlpatterns = [
    path("", tokens.account, name="account"),
    path("tokens/", tokens.token_list, name="token-list"),
    path("tokens/make/", tokens.token_make, name="token-make"),
    path("tokens/<uuid:public_id>/revoke/", tokens.token_revoke, name="token-revoke"),
]
