from madang.ground.models.account import Account
from madang.ground.models.audit import AuditEntry, AuditSeal
from madang.ground.models.place import ClockShift, Place, PlaceName, PlaceSettings
from madang.ground.models.stored import RateWindow, SearchText, StoredFile

__all__ = [
    "Account",
    "AuditEntry",
    "AuditSeal",
    "ClockShift",
    "Place",
    "PlaceName",
    "PlaceSettings",
    "RateWindow",
    "SearchText",
    "StoredFile",
]
