from regencies.models.agency import Agency
from regencies.models.area import Area
from regencies.models.membership import Membership
from regencies.models.office import OfficeTerm
from regencies.models.province import Province
from regencies.models.regency import FormerCode, Kind, Regency, RegencyAlias
from regencies.models.token import ApiToken, TokenScope
from regencies.models.user import User

__all__ = [
    "Agency",
    "ApiToken",
    "Area",
    "FormerCode",
    "Kind",
    "Membership",
    "OfficeTerm",
    "Province",
    "Regency",
    "RegencyAlias",
    "TokenScope",
    "User",
]
