"""The lists of accounts and roles; they only leave.

An account opens the portal and a role opens rows: each is given on its own page, where the
person who gives it sees to whom, and where nobody's own role can be touched. A spreadsheet
passed around before it is imported is no door we want.
"""

from regencies.imports.sheets.columns import Moment
from regencies.imports.sheets.references import Place, Reference
from regencies.imports.sheets.sheet import Sheet
from regencies.models import Membership, User


class UserSheet(Sheet):
    date_joined = Moment()
    last_login = Moment()

    class Meta:
        model = User
        fields = [
            "email", "name", "is_active", "is_superuser", "is_example", "date_joined",
            "last_login",
        ]  # fmt: skip
        import_id_fields = ["email"]


class MembershipSheet(Sheet):
    user = Reference(by=("email",))
    # An agency has no name that is its own in the country: its region stands before it.
    regency_of_agency = Place("agency__regency")
    granted_by = Reference(by=("email",))

    class Meta:
        model = Membership
        fields = [
            "user", "role", "province", "regency", "regency_of_agency", "agency", "starts_on",
            "ends_on", "granted_by",
        ]  # fmt: skip
        import_id_fields = ["user", "role", "province", "regency", "agency", "starts_on"]
