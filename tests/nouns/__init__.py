"""What the tests that walk over every noun need to know of each: one module per area.

A module may give ``ADMIN`` (a model's five admin pages and what the ministry gets),
``rows(world)`` (one row of each of these models), ``OWN`` and ``OWN_ADDRESSES`` (other admin
routes, as in ``tests/roles/test_admin.py``) and ``BREAK`` (a named constraint, and how to trip
it), beside the functions that make its rows. ``world`` has one valid region, participation and
stage, and people.
"""

from importlib import import_module
from pkgutil import iter_modules

AREAS = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]


def gathered(name):
    """The dicts called ``name`` of all areas, as one; a key given twice is a mistake."""
    found = {}
    for area in AREAS:
        new = getattr(area, name, {})
        assert not found.keys() & new.keys(), (
            f"{area.__name__} repeats {found.keys() & new.keys()}"
        )
        found |= new
    return found


def rows_of_every_area(world):
    """One row of each model that an area speaks for, by its admin name."""
    rows = {}
    for area in AREAS:
        if hasattr(area, "rows"):
            rows |= area.rows(world)
    return rows
